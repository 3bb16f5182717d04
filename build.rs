//! Assembles the additions, `src/run/counter.wat`, and nothing else: once for each kind of memory.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

/// The lanes' additions.
const COUNTER: &str = "src/run/counter.wat";
/// What each kind of memory is called, and what a module wants of it.
const MEMORIES: [(&str, &str); 2] = [("own", "0"), ("shared", "1 1 shared")];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={COUNTER}");
    let (text, out) = (fs::read_to_string(COUNTER)?, env::var("OUT_DIR")?);
    for (name, memory) in MEMORIES {
        let bytes = wat::parse_str(text.replace("MEMORY", memory))?;
        fs::write(Path::new(&out).join(format!("counter-{name}.wasm")), bytes)?;
    }
    Ok(())
}
