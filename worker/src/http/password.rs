//! Passwords: argon2id with the parameters that OWASP's password storage cheat sheet gives as its first choice.

use crate::error::Failure;
use crate::store::random;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::api::{ErrorCode, Password};

/// 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

/// A hash that no password has: compared when an address is unknown, so that the answer takes as long.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The hash to store.
pub(super) fn hash(password: &Password) -> Result<String, Failure> {
    let salt = SaltString::encode_b64(&random::bytes16()?).map_err(broken)?;
    Ok(hasher()?
        .hash_password(password.0.as_bytes(), &salt)
        .map_err(broken)?
        .to_string())
}

/// Whether it is the password of that hash. Takes as long when there is none.
pub(super) fn matches(password: &Password, hash: Option<&str>) -> Result<bool, Failure> {
    let parsed = PasswordHash::new(hash.unwrap_or(NOBODYS)).map_err(broken)?;
    let right = hasher()?
        .verify_password(password.0.as_bytes(), &parsed)
        .is_ok();
    Ok(right && hash.is_some())
}

fn hasher() -> Result<Argon2<'static>, Failure> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(broken)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn broken(error: impl std::fmt::Display) -> Failure {
    Failure::new(ErrorCode::Internal, format!("password hashing: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobodys_hash_is_one_that_can_be_compared() {
        assert!(PasswordHash::new(NOBODYS).is_ok());
    }
}
