//! The entry of the page. Workers have a wasm of their own, `lane.rs`.

fn main() {
    #[cfg(target_arch = "wasm32")]
    interleave::page::show();
}
