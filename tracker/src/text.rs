//! Text in a buffer of fixed size: the tracker has no heap.
//!
//! In scope: writing to its end, and cutting it back. What does not fit is refused whole and
//! remembered. Not in scope: JSON (`domain::wire`).

use core::fmt;

/// Text at the start of a buffer.
pub(crate) struct Text<'a> {
    /// The buffer.
    bytes: &'a mut [u8],
    /// How much of it is text: whole characters in UTF-8.
    len: usize,
    /// Whether something was refused since the text was last cut back.
    over: bool,
}

impl<'a> Text<'a> {
    /// An empty text that may take the whole buffer.
    pub(crate) fn on(bytes: &'a mut [u8]) -> Text<'a> {
        Text {
            bytes,
            len: 0,
            over: false,
        }
    }

    /// The text.
    pub(crate) fn as_str(&self) -> &str {
        // SAFETY: only `write_str` and `took` move `len`. The first adds a whole `str`; the second
        // what `TextEncoder.encodeInto` wrote, which is whole characters in UTF-8.
        unsafe { core::str::from_utf8_unchecked(self.as_bytes()) }
    }

    /// The text in bytes.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    /// The bytes that are free, for something to write to; then call [`Text::took`].
    pub(crate) fn rest(&mut self) -> &mut [u8] {
        self.bytes.get_mut(self.len..).unwrap_or_default()
    }

    /// Adds the first bytes of [`Text::rest`], which hold whole characters; negative means none.
    /// Answers whether there was something to take, be it empty.
    pub(crate) fn took(&mut self, bytes: i32) -> bool {
        let Ok(taken) = usize::try_from(bytes) else {
            return false;
        };
        self.len = self.len.saturating_add(taken).min(self.bytes.len());
        true
    }

    /// How many bytes are free.
    pub(crate) fn room(&self) -> usize {
        self.bytes.len().saturating_sub(self.len)
    }

    /// Whether something was refused since the text was last cut back.
    pub(crate) fn is_over(&self) -> bool {
        self.over
    }

    /// Cuts the text back to what it was when it had `len` bytes.
    pub(crate) fn cut(&mut self, len: usize) {
        self.len = self.len.min(len);
        self.over = false;
    }
}

impl fmt::Write for Text<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.len.saturating_add(text.len());
        match self.bytes.get_mut(self.len..end) {
            Some(bytes) if !self.over => {
                for (byte, from) in bytes.iter_mut().zip(text.bytes()) {
                    *byte = from;
                }
                self.len = end;
                Ok(())
            }
            _ => {
                self.over = true;
                Err(fmt::Error)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::fmt::Write;

    #[test]
    fn what_does_not_fit_is_refused_whole_and_remembered() {
        let mut bytes = [0; 8];
        let mut text = Text::on(&mut bytes);
        assert!(text.write_str("线索").is_ok());
        assert!(text.write_char('线').is_err());
        assert!(text.write_str("a").is_err(), "nothing follows a gap");
        assert!(text.is_over());
        assert_eq!(text.as_str(), "线索");
        text.cut(3);
        assert!(text.write_str("abcde").is_ok());
        assert_eq!(text.as_str(), "线abcde");
        assert!(!text.is_over());
    }

    #[test]
    fn a_reader_fills_the_rest() {
        let mut bytes = [0; 4];
        let mut text = Text::on(&mut bytes);
        for (answer, expect) in [(-1, false), (0, true), (3, true), (9, true)] {
            text.rest().fill(b'x');
            assert_eq!(text.took(answer), expect);
        }
        assert_eq!(text.as_str(), "xxxx");
    }
}
