//! The encryption of messages: AES-256 in CBC mode, the first half of the key as its initial vector.
//!
//! Inside stand 16 random bytes, the length of the message in 4 bytes (network order), the message, and the AppID it is
//! for; padded as PKCS#7 says, to blocks of 32 bytes and not of the cipher's 16.

use super::Refusal;
use aes::Aes256;
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockDecryptMut, KeyIvInit};

/// A key has 43 characters and not 44, and its last bits are anything.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);
const KEY_CHARS: usize = 43;
const RANDOM_BYTES: usize = 16;
const BLOCK_BYTES: usize = 32;

/// Whether a text is a key: an EncodingAESKey is letters and digits.
pub fn is_aes_key(text: &str) -> bool {
    text.len() == KEY_CHARS && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// The message in `text`, which was encrypted with that key for that account.
pub(super) fn decrypt(key: &str, app_id: &str, text: &str) -> Result<String, Refusal> {
    let plain = decrypted(key, text).ok_or(Refusal::Undecryptable)?;
    let (message, whose) = parts(&plain).ok_or(Refusal::Undecryptable)?;
    if whose != app_id.as_bytes() {
        return Err(Refusal::OtherAccount);
    }
    String::from_utf8(message.to_vec()).map_err(|_| Refusal::Malformed)
}

fn decrypted(key: &str, text: &str) -> Option<Vec<u8>> {
    if key.len() != KEY_CHARS {
        return None;
    }
    let key = BASE64.decode(key).ok()?;
    let initial = key.get(..RANDOM_BYTES)?;
    let mut bytes = BASE64.decode(text).ok()?;
    if !bytes.len().is_multiple_of(BLOCK_BYTES) {
        return None;
    }
    let cipher = cbc::Decryptor::<Aes256>::new_from_slices(&key, initial).ok()?;
    cipher.decrypt_padded_mut::<NoPadding>(&mut bytes).ok()?;
    let padding = *bytes.last()?;
    let length = bytes.len().checked_sub(usize::from(padding))?;
    let is_padded = (1..=BLOCK_BYTES).contains(&usize::from(padding))
        && bytes.get(length..)?.iter().all(|byte| *byte == padding);
    bytes.truncate(length);
    is_padded.then_some(bytes)
}

/// The message, and whom it is for.
fn parts(plain: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = plain.get(RANDOM_BYTES..)?.split_first_chunk()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    rest.split_at_checked(length)
}

/// What WeChat does, for tests.
#[cfg(test)]
pub(super) fn encrypt(key: &str, app_id: &str, message: &str) -> String {
    use cbc::cipher::BlockEncryptMut;
    let mut plain = b"sixteen at random"[..RANDOM_BYTES].to_vec();
    plain.extend(u32::try_from(message.len()).unwrap().to_be_bytes());
    plain.extend(message.bytes().chain(app_id.bytes()));
    let padding = BLOCK_BYTES - plain.len() % BLOCK_BYTES;
    plain.resize(plain.len() + padding, u8::try_from(padding).unwrap());
    let key = BASE64.decode(key).unwrap();
    let cipher = cbc::Encryptor::<Aes256>::new_from_slices(&key, &key[..RANDOM_BYTES]).unwrap();
    let length = plain.len();
    let bytes = cipher
        .encrypt_padded_mut::<NoPadding>(&mut plain, length)
        .unwrap();
    BASE64.encode(bytes)
}
