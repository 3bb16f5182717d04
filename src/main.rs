//! The entry of the page: shows it where there is a window. In a worker the same wasm runs without one.

fn main() {
    #[cfg(target_arch = "wasm32")]
    if web_sys::window().is_some() {
        interleave::page::show();
    }
}
