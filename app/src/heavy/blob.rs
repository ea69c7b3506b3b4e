//! A file that a person chose, read a piece at a time: it may be larger than what one likes to hold.

use super::limit::CHUNK_BYTES;
use js_sys::Uint8Array;
use std::io::{Error, ErrorKind, Read, Result, Seek, SeekFrom};
use web_sys::{Blob, FileReaderSync};

/// See the module.
pub(super) struct BlobFile {
    blob: Blob,
    reader: FileReaderSync,
    length: u64,
    at: u64,
    /// The piece read last, and where it begins.
    piece: Vec<u8>,
    piece_at: u64,
}

impl BlobFile {
    /// The file, at its beginning; `None` outside of a worker.
    pub(super) fn new(blob: Blob) -> Option<BlobFile> {
        let length = blob.size() as u64;
        Some(BlobFile {
            blob,
            reader: FileReaderSync::new().ok()?,
            length,
            at: 0,
            piece: Vec::new(),
            piece_at: 0,
        })
    }

    /// What of the piece stands behind the place.
    fn rest(&self) -> &[u8] {
        let skip = self.at.checked_sub(self.piece_at);
        let skip = skip.and_then(|skip| usize::try_from(skip).ok());
        let rest = skip.and_then(|skip| self.piece.get(skip..));
        rest.unwrap_or_default()
    }

    fn load(&mut self) -> Result<()> {
        let gone = |_| Error::from(ErrorKind::NotFound);
        let end = self.at.saturating_add(CHUNK_BYTES as u64);
        let part = self
            .blob
            .slice_with_f64_and_f64(self.at as f64, end.min(self.length) as f64)
            .map_err(gone)?;
        let buffer = self.reader.read_as_array_buffer(&part).map_err(gone)?;
        self.piece = Uint8Array::new(&buffer).to_vec();
        self.piece_at = self.at;
        Ok(())
    }
}

impl Read for BlobFile {
    fn read(&mut self, place: &mut [u8]) -> Result<usize> {
        if self.at < self.length && self.rest().is_empty() {
            self.load()?;
        }
        let read = self.rest().read(place)?;
        self.at = self.at.saturating_add(read as u64);
        Ok(read)
    }
}

impl Seek for BlobFile {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = place.ok_or(Error::from(ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}
