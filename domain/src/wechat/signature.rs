//! The signature of a request: the SHA-1 of the token and what the query says, each in its place in the alphabet.
//!
//! Without encryption it says nothing about the body: who overhears a query could send another body with it for
//! [`limit::SIGNED_MS`]. That is the protocol; an account that encrypts has a signature of the message besides.

use super::{Account, Refusal, limit};
use crate::id::Ms;
use sha1::{Digest, Sha1};
use std::hint::black_box;

/// What a query says of its signature.
pub(super) struct Signed {
    /// Of the query.
    signature: String,
    /// When it was signed, in seconds.
    pub(super) timestamp: String,
    /// Chance.
    pub(super) nonce: String,
    /// Of the encrypted message.
    pub(super) message: Option<String>,
    /// What is to be answered when an address is tried out.
    pub(super) echo: Option<String>,
}

impl Signed {
    /// Reads a query.
    pub(super) fn of(query: &str) -> Result<Signed, Refusal> {
        let pairs: Vec<(String, String)> =
            serde_urlencoded::from_str(query).map_err(|_| Refusal::Unsigned)?;
        let find = |name: &str| {
            let mut named = pairs.iter().filter(|(key, _)| key == name);
            let (_, value) = named.next()?;
            (named.next().is_none() && value.len() <= 1_024).then(|| value.clone())
        };
        let require = |name| find(name).ok_or(Refusal::Unsigned);
        Ok(Signed {
            signature: require("signature")?,
            timestamp: require("timestamp")?,
            nonce: require("nonce")?,
            message: find("msg_signature"),
            echo: find("echostr"),
        })
    }

    /// Whether it was signed with the account's token, lately.
    pub(super) fn check(&self, account: &Account, now: Ms) -> Result<(), Refusal> {
        let parts = [account.token, &self.timestamp, &self.nonce];
        if account.token.is_empty() || !is_signed(&self.signature, &parts) {
            return Err(Refusal::WrongSignature);
        }
        let at: u32 = super::number(&self.timestamp)?;
        let at = Ms::from(at).saturating_mul(1_000);
        if now.saturating_sub(at).saturating_abs() > limit::SIGNED_MS {
            return Err(Refusal::Stale);
        }
        Ok(())
    }
}

/// Whether `signature` is that of the parts.
pub(super) fn is_signed(signature: &str, parts: &[&str]) -> bool {
    same(signature.as_bytes(), sign(parts).as_bytes())
}

/// The signature of the parts: in order, one behind the other, hashed, in lower-case hexadecimal.
pub(super) fn sign(parts: &[&str]) -> String {
    let mut parts = parts.to_vec();
    parts.sort_unstable();
    let mut digest = Sha1::new();
    for part in parts {
        digest.update(part.as_bytes());
    }
    let digest = digest.finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether both are the same, in a time that does not tell where they differ.
fn same(one: &[u8], other: &[u8]) -> bool {
    let differ = |(a, b): (&u8, &u8)| black_box(a ^ b);
    let differing = one
        .iter()
        .zip(other)
        .map(differ)
        .fold(0, |all, bits| all | bits);
    one.len() == other.len() && black_box(differing) == 0
}
