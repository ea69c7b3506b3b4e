//! WeChat's side of an official account: it signs, encrypts, and pushes what a follower does.

use crate::http::Answer;
use crate::now_ms;
use crate::server::Server;
use aes::Aes256;
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockEncryptMut, KeyIvInit};
use domain::id::Ms;
use sha1::{Digest, Sha1};

/// As it stands in every request.
const NONCE: &str = "486451";
/// WeChat's padding is to so many bytes.
const BLOCK_BYTES: usize = 32;

/// An official account, as WeChat knows it.
#[derive(Clone, Copy, Debug)]
pub struct Official<'a> {
    /// Below the public origin, where it pushes to.
    pub path: &'a str,
    /// The AppID.
    pub app_id: &'a str,
    /// The token.
    pub token: &'a str,
    /// The EncodingAESKey, when it encrypts.
    pub aes_key: Option<&'a str>,
}

impl Official<'_> {
    /// What WeChat asks when the address is entered.
    pub fn tries(&self, server: &Server, echo: &str) -> Answer {
        let url = format!(
            "{}?{}&echostr={echo}",
            server.public(self.path),
            self.signed(now_ms())
        );
        server.ask("GET", &url, &[], None)
    }

    /// Pushes a message of these elements that a follower caused at a time.
    pub fn pushes(&self, server: &Server, openid: &str, at: Ms, elements: &str) -> Answer {
        let message = format!(
            "<xml><ToUserName><![CDATA[gh_larkmeter]]></ToUserName><FromUserName><![CDATA[{openid}]]></FromUserName>\
             <CreateTime>{}</CreateTime>{elements}</xml>",
            at / 1_000
        );
        self.sends(server, &message)
    }

    /// Sends a message as it is.
    pub fn sends(&self, server: &Server, message: &str) -> Answer {
        let (mut query, mut body) = (self.signed(now_ms()), message.to_owned());
        if let Some(key) = self.aes_key {
            let encrypted = encrypt(key, self.app_id, message);
            let at = (now_ms() / 1_000).to_string();
            query = self.signed(now_ms());
            let signature = sign(&[self.token, &at, NONCE, &encrypted]);
            query = format!("{query}&encrypt_type=aes&msg_signature={signature}");
            body = format!("<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>");
        }
        let url = format!("{}?{query}", server.public(self.path));
        server.ask(
            "POST",
            &url,
            &[("content-type", "text/xml")],
            Some(body.as_bytes()),
        )
    }

    fn signed(&self, at: Ms) -> String {
        let at = (at / 1_000).to_string();
        let signature = sign(&[self.token, &at, NONCE]);
        format!("signature={signature}&timestamp={at}&nonce={NONCE}")
    }
}

fn sign(parts: &[&str]) -> String {
    let mut parts = parts.to_vec();
    parts.sort_unstable();
    let digest = Sha1::digest(parts.concat());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn encrypt(key: &str, app_id: &str, message: &str) -> String {
    let loose = GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(base64::engine::DecodePaddingMode::Indifferent);
    let base64 = GeneralPurpose::new(&STANDARD, loose);
    let key = base64.decode(key).expect("a key");
    let mut plain = vec![7; 16];
    let length = u32::try_from(message.len()).expect("a short message");
    plain.extend(length.to_be_bytes());
    plain.extend(message.bytes().chain(app_id.bytes()));
    let padding = BLOCK_BYTES - plain.len() % BLOCK_BYTES;
    let byte = u8::try_from(padding).expect("a small number");
    plain.resize(plain.len() + padding, byte);
    let cipher = cbc::Encryptor::<Aes256>::new_from_slices(&key, &key[..16]).expect("a key");
    let length = plain.len();
    let sealed = cipher.encrypt_padded_mut::<NoPadding>(&mut plain, length);
    base64.encode(sealed.expect("whole blocks"))
}
