//! What a site's tag must know of this deployment: where the public doors stand, and the script's hash.

use super::files;
use crate::error::Failure;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::api::TagSource;
use sha2::{Digest, Sha384};
use std::cell::RefCell;
use worker::{Env, Url};

thread_local! {
    /// The script's hash, once computed: a deployment never changes its script.
    static INTEGRITY: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What the tags are made of, as seen from a request to this address.
pub(super) async fn source(url: &Url, env: &Env) -> Result<TagSource, Failure> {
    Ok(TagSource {
        public_origin: public_origin(url, env)?,
        integrity: integrity(env).await,
    })
}

/// The origin of the public doors: the public host, with the scheme and the port of this request.
pub(super) fn public_origin(url: &Url, env: &Env) -> Result<String, Failure> {
    let host = env.var("PUBLIC_HOST")?.to_string();
    Ok(origin(url.scheme(), &host, url.port()))
}

fn origin(scheme: &str, host: &str, port: Option<u16>) -> String {
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    format!("{scheme}://{host}{port}")
}

/// The script's hash, as the attribute `integrity` has it (W3C SRI §3.1). A script that cannot be read has none.
async fn integrity(env: &Env) -> Option<String> {
    if let Some(known) = INTEGRITY.with_borrow(Clone::clone) {
        return Some(known);
    }
    match files::tracker(env).await {
        Ok(script) => {
            let integrity = format!("sha384-{}", STANDARD.encode(Sha384::digest(script?)));
            INTEGRITY.set(Some(integrity.clone()));
            Some(integrity)
        }
        Err(error) => {
            worker::console_error!("the tracker's script: {error}");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_doors_stand_beside_the_workspace() {
        for (scheme, host, port, expect) in [
            ("http", "127.0.0.1", Some(8787), "http://127.0.0.1:8787"),
            ("https", "t.a.cn", None, "https://t.a.cn"),
        ] {
            assert_eq!(origin(scheme, host, port), expect);
        }
    }
}
