//! Secrets, and the hashes they are stored as.

use crate::error::StoreError;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A new secret of 256 bits, as text for a cookie or a link.
pub(crate) fn secret() -> Result<String, StoreError> {
    let mut bytes = [0_u8; 32];
    fill(&mut bytes)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// Sixteen random bytes.
pub(crate) fn bytes16() -> Result<[u8; 16], StoreError> {
    let mut bytes = [0_u8; 16];
    fill(&mut bytes)?;
    Ok(bytes)
}

/// A new id.
pub(crate) fn uuid() -> Result<Uuid, StoreError> {
    Ok(uuid::Builder::from_random_bytes(bytes16()?).into_uuid())
}

/// What is stored of a secret: it has 256 bits, so a plain hash is enough.
pub(crate) fn hash(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret.as_bytes()))
}

/// Whether two texts are the same, in a time that does not tell where they differ.
pub(crate) fn same(a: &str, b: &str) -> bool {
    hash(a) == hash(b)
}

fn fill(bytes: &mut [u8]) -> Result<(), StoreError> {
    getrandom::fill(bytes).map_err(|error| StoreError::Platform(error.to_string()))
}
