//! `cargo xtask`, see `args::USAGE`.
use xtask::setup::Need;
fn main() {
    let r = xtask::process::end_all_on_signal();
    if let Err(e) = r { eprintln!("{e}"); }
    let project = match xtask::project::Project::find() { Ok(p) => p, Err(e) => { eprintln!("{e}"); std::process::exit(1) } };
    match xtask::setup::ensure(&project, &Need::ALL) {
        Ok(tools) => println!("{tools:#?}"),
        Err(error) => { eprintln!("\nerror: {error}"); std::process::exit(1) }
    }
}
