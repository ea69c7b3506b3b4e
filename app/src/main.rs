//! Starts the app in the browser. Elsewhere it does nothing: the crate is built there for its tests.

fn main() {
    #[cfg(target_arch = "wasm32")]
    app::start();
}
