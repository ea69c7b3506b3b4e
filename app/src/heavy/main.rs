//! Starts the worker for heavy work. Elsewhere than in a browser it does nothing.

fn main() {
    #[cfg(target_arch = "wasm32")]
    app::heavy::start();
}
