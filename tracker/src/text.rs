//! Text in a buffer of fixed size: the tracker has no heap.
//!
//! In scope: writing to its end, and cutting it back. What does not fit is refused, and that is
//! remembered. Not in scope: JSON ([`crate::event`], `domain::wire`).

/// Bytes at the start of a buffer.
pub(crate) struct Text<'a> {
    /// The buffer.
    bytes: &'a mut [u8],
    /// How much of it is written.
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

    /// What is written.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    /// Adds bytes; once one is refused, so are those that follow it.
    pub(crate) fn put(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match self.bytes.get_mut(self.len) {
                Some(place) if !self.over => {
                    *place = *byte;
                    self.len = self.len.saturating_add(1);
                }
                _ => self.over = true,
            }
        }
    }

    /// How many bytes are written.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Whether something was refused, or fewer than `bytes` are free.
    pub(crate) fn lacks(&self, bytes: usize) -> bool {
        self.over || self.bytes.len().saturating_sub(self.len) < bytes
    }

    /// Cuts the text back to what it was when it had `len` bytes.
    pub(crate) fn cut(&mut self, len: usize) {
        self.len = self.len.min(len);
        self.over = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_refused_and_remembered() {
        let mut bytes = [0; 4];
        let mut text = Text::on(&mut bytes);
        text.put(b"abc");
        assert!(!text.lacks(1));
        assert!(text.lacks(2));
        text.put(b"de");
        assert!(text.lacks(0));
        text.cut(1);
        text.put(b"xy");
        assert_eq!(text.as_bytes(), b"axy");
        assert_eq!(text.len(), 3);
        assert!(!text.lacks(1), "what was cut away does not count");
    }
}
