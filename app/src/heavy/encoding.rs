//! Which encoding a text file is in, and its text, a chunk at a time.
//!
//! A mark at the beginning says it; else zero bytes tell UTF-16, and the whole file is tried as UTF-8 and as GB18030
//! (which has GBK in it). Text that reads as GB18030 by accident, as accented Latin letters do, has few of the usual
//! Chinese letters and many Latin ones behind their first byte: it is read as windows-1252.

use super::limit::{CHUNK_BYTES, SAMPLE_BYTES};
use super::unreadable::{Unreadable, UnreadableCode};
use encoding_rs::{
    CoderResult, Decoder, DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252,
};
use std::io::{Read, Seek, SeekFrom};

/// A text file in an encoding, from its beginning.
pub(super) struct Decoded<R> {
    file: R,
    decoder: Decoder,
    chunk: Vec<u8>,
    read: u64,
    is_over: bool,
}

/// Tells the encoding; the file is at its beginning afterwards.
pub(super) fn tell(file: &mut (impl Read + Seek)) -> Result<&'static Encoding, Unreadable> {
    file.seek(SeekFrom::Start(0))?;
    let mut sample = Vec::new();
    let most = u64::try_from(SAMPLE_BYTES).unwrap_or(u64::MAX);
    file.by_ref().take(most).read_to_end(&mut sample)?;
    let told = Encoding::for_bom(&sample)
        .map(|(encoding, _)| encoding)
        .or_else(|| by_zeros(&sample));
    let encoding = match told {
        Some(encoding) => encoding,
        None => by_trial(file)?,
    };
    file.seek(SeekFrom::Start(0))?;
    Ok(encoding)
}

/// UTF-16 has a zero beside each Latin letter, digit and comma; other texts have none.
fn by_zeros(sample: &[u8]) -> Option<&'static Encoding> {
    let zeros = |skip: usize| {
        let bytes = sample.iter().skip(skip).step_by(2);
        bytes.filter(|byte| **byte == 0).count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let few = sample.len() / 200;
    match () {
        () if odd > few && odd / 4 > even => Some(UTF_16LE),
        () if even > few && even / 4 > odd => Some(UTF_16BE),
        () => None,
    }
}

fn by_trial(file: &mut (impl Read + Seek)) -> Result<&'static Encoding, Unreadable> {
    if is_whole(UTF_8, file)? {
        return Ok(UTF_8);
    }
    let is_gb = is_whole(GB18030, file)?;
    file.seek(SeekFrom::Start(0))?;
    let pairs = Pairs::count(file)?;
    match () {
        () if is_gb && pairs.are_chinese() => Ok(GB18030),
        () if pairs.are_latin() => Ok(WINDOWS_1252),
        () => Err(UnreadableCode::UnknownEncoding.into()),
    }
}

/// Whether the whole file can be read in an encoding.
fn is_whole(
    encoding: &'static Encoding,
    file: &mut (impl Read + Seek),
) -> Result<bool, Unreadable> {
    file.seek(SeekFrom::Start(0))?;
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut chunk = vec![0; CHUNK_BYTES];
    let mut text = String::with_capacity(CHUNK_BYTES);
    loop {
        let length = file.read(&mut chunk)?;
        let mut rest = chunk.get(..length).unwrap_or_default();
        loop {
            text.clear();
            let last = length == 0;
            let (result, read) =
                decoder.decode_to_string_without_replacement(rest, &mut text, last);
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => rest = rest.get(read..).unwrap_or_default(),
                DecoderResult::Malformed(..) => return Ok(false),
            }
        }
        if length == 0 {
            return Ok(true);
        }
    }
}

/// Bytes beyond ASCII, in pairs as GBK has them.
#[derive(Default)]
struct Pairs {
    /// Pairs in the area of the 3,755 most usual Chinese letters, and of Chinese punctuation.
    usual: u64,
    /// Others.
    other: u64,
    /// Bytes that windows-1252 has no letter for.
    no_latin: u64,
}

impl Pairs {
    fn count(file: &mut impl Read) -> Result<Pairs, Unreadable> {
        let mut pairs = Pairs::default();
        let mut chunk = vec![0; CHUNK_BYTES];
        let mut first: Option<u8> = None;
        loop {
            let length = file.read(&mut chunk)?;
            if length == 0 {
                return Ok(pairs);
            }
            for byte in chunk.get(..length).unwrap_or_default() {
                first = pairs.see(first, *byte);
            }
        }
    }

    /// Sees a byte behind the first half of a pair or none; the first half that now waits for its other.
    fn see(&mut self, first: Option<u8>, byte: u8) -> Option<u8> {
        if matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d) {
            self.no_latin = self.no_latin.saturating_add(1);
        }
        match first {
            None => (byte >= 0x80).then_some(byte),
            Some(0xa1 | 0xa3 | 0xb0..=0xd7) if byte >= 0xa1 => {
                self.usual = self.usual.saturating_add(1);
                None
            }
            Some(_) => {
                self.other = self.other.saturating_add(1);
                None
            }
        }
    }

    fn are_chinese(&self) -> bool {
        self.usual >= self.other
    }

    fn are_latin(&self) -> bool {
        self.no_latin == 0 && self.other > self.usual
    }
}

impl<R: Read> Decoded<R> {
    /// The text of a file that is at its beginning.
    pub(super) fn new(file: R, encoding: &'static Encoding) -> Decoded<R> {
        Decoded {
            file,
            decoder: encoding.new_decoder_with_bom_removal(),
            chunk: vec![0; CHUNK_BYTES],
            read: 0,
            is_over: false,
        }
    }

    /// How much of the file was read, in bytes.
    pub(super) fn bytes_read(&self) -> u64 {
        self.read
    }

    /// Adds more of the text; false when there is none. What the encoding has no letter for is U+FFFD.
    pub(super) fn more(&mut self, text: &mut String) -> Result<bool, Unreadable> {
        if self.is_over {
            return Ok(false);
        }
        let length = self.file.read(&mut self.chunk)?;
        self.is_over = length == 0;
        self.read = self.read.saturating_add(length as u64);
        let mut rest = self.chunk.get(..length).unwrap_or_default();
        loop {
            let room = self.decoder.max_utf8_buffer_length(rest.len());
            text.reserve(room.unwrap_or(CHUNK_BYTES));
            let (result, read, _) = self.decoder.decode_to_string(rest, text, self.is_over);
            match result {
                CoderResult::InputEmpty => return Ok(true),
                CoderResult::OutputFull => rest = rest.get(read..).unwrap_or_default(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    const TEXT: &str =
        "姓名,公司,手机\r\n李伟,云格科技有限公司,13800138000\r\n欧阳娜娜,“启衡”,021-5555\r\n";

    fn utf_16(text: &str, byte: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(byte).collect()
    }

    fn check(bytes: &[u8], encoding: &'static Encoding, text: &str) {
        let mut file = Cursor::new(bytes);
        assert_eq!(tell(&mut file), Ok(encoding), "{}", encoding.name());
        let mut decoded = Decoded::new(file, encoding);
        let mut found = String::new();
        while decoded.more(&mut found).unwrap() {}
        assert_eq!(found, text);
        assert_eq!(decoded.bytes_read(), bytes.len() as u64);
    }

    #[test]
    fn an_encoding_is_told_with_a_mark_and_without() {
        let (gbk, ..) = encoding_rs::GBK.encode(TEXT);
        let (gb18030, ..) = GB18030.encode("生僻字 𠮷,公司名称\n");
        check(TEXT.as_bytes(), UTF_8, TEXT);
        check(format!("\u{feff}{TEXT}").as_bytes(), UTF_8, TEXT);
        check(&gbk, GB18030, TEXT);
        check(&gb18030, GB18030, "生僻字 𠮷,公司名称\n");
        check(&utf_16(TEXT, u16::to_le_bytes), UTF_16LE, TEXT);
        check(&utf_16(TEXT, u16::to_be_bytes), UTF_16BE, TEXT);
        let marked = format!("\u{feff}{TEXT}");
        check(&utf_16(&marked, u16::to_le_bytes), UTF_16LE, TEXT);
        check(&utf_16(&marked, u16::to_be_bytes), UTF_16BE, TEXT);
        let latin = "Name;Ort\nMüller;Köln\nLefèvre;Besançon\n";
        let (bytes, ..) = WINDOWS_1252.encode(latin);
        check(&bytes, WINDOWS_1252, latin);
        check(b"name,email\n", UTF_8, "name,email\n");
        check(b"", UTF_8, "");
    }

    #[test]
    fn chinese_far_behind_the_first_chunk_is_found() {
        let mut text = "a,b\n".repeat(CHUNK_BYTES / 2);
        text.push_str("李伟,云格科技\n");
        let (gbk, ..) = encoding_rs::GBK.encode(&text);
        check(&gbk, GB18030, &text);
        check(text.as_bytes(), UTF_8, &text);
    }

    #[test]
    fn what_is_no_text_is_said_to_be_none() {
        let mut file = Cursor::new([0xff_u8, 0x81, 0x20, 0x8d, 0xff, 0xff]);
        let code = tell(&mut file).map_err(|unreadable| unreadable.code);
        assert_eq!(code, Err(UnreadableCode::UnknownEncoding));
    }
}
