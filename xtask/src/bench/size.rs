//! Sizes of files as they travel: raw, gzip -9 and brotli -11.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::grouped;

/// Bytes of one file, or of several together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Size {
    /// As it is.
    pub(super) raw_bytes: u64,
    /// With gzip at its best level.
    pub(super) gzip_bytes: u64,
    /// With brotli at its best level.
    pub(super) brotli_bytes: u64,
}

impl Size {
    fn of(bytes: &[u8]) -> Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes)?;
        let mut packed = Vec::new();
        brotli::BrotliCompress(
            &mut &*bytes,
            &mut packed,
            &BrotliEncoderParams {
                quality: 11,
                ..Default::default()
            },
        )?;
        Ok(Self {
            raw_bytes: bytes.len() as u64,
            gzip_bytes: gzip.finish()?.len() as u64,
            brotli_bytes: packed.len() as u64,
        })
    }

    fn plus(self, other: Self) -> Self {
        Self {
            raw_bytes: self.raw_bytes + other.raw_bytes,
            gzip_bytes: self.gzip_bytes + other.gzip_bytes,
            brotli_bytes: self.brotli_bytes + other.brotli_bytes,
        }
    }
}

/// Prints a table of the files of a folder and returns their total: each travels by itself.
pub(super) fn print_table(folder: &Path, files: &[String]) -> Result<Size> {
    println!(
        "  {:<44} {:>11} {:>11} {:>11}",
        "file", "raw", "gzip -9", "brotli -11"
    );
    let mut total = Size::default();
    for file in files {
        let path = folder.join(file);
        let bytes =
            fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        let size = Size::of(&bytes)?;
        print_line(file, size);
        total = total.plus(size);
    }
    print_line("total", total);
    Ok(total)
}

fn print_line(name: &str, size: Size) {
    let [raw, gzip, brotli] = [size.raw_bytes, size.gzip_bytes, size.brotli_bytes].map(grouped);
    println!("  {name:<44} {raw:>11} {gzip:>11} {brotli:>11}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_repeats_packs_small_and_all_of_it_counts() {
        let size = Size::of("trellis ".repeat(100).as_bytes()).unwrap();
        assert_eq!(size.raw_bytes, 800);
        assert!((1..100).contains(&size.gzip_bytes), "{size:?}");
        assert!((1..100).contains(&size.brotli_bytes), "{size:?}");
        assert_eq!(size.plus(size).raw_bytes, 1_600);
    }
}
