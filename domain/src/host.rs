//! A host's name in the one form it is compared in.
//!
//! Not here: whose it is (that is [`crate::account`]) and what it is on the web ([`crate::channel::sites`]).

use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};

/// A host's name is at most this long in its ASCII form, in bytes (RFC 1035 §2.3.4, less the dot of the root).
pub const BYTES_MAX: usize = 253;

/// The name in lower case, with its international labels in Unicode: `EXAMPLE.com`, `ｅｘａｍｐｌｅ。com` and `example.com` are
/// one, `xn--fsqu00a.xn--fiqs8s` and `例子.中国` too (UTS #46, without deviations). `None` when it is not one, or has no dot.
pub fn parse(text: &str) -> Option<String> {
    // A character of Unicode becomes a few of ASCII; what is longer than this as written is longer than any name.
    if text.len() > BYTES_MAX.saturating_mul(4) {
        return None;
    }
    let rules = Uts46::new();
    let ascii = rules
        .to_ascii(
            text.as_bytes(),
            AsciiDenyList::STD3,
            Hyphens::CheckFirstLast,
            DnsLength::Verify,
        )
        .ok()?;
    let (unicode, read) = rules.to_unicode(
        ascii.as_bytes(),
        AsciiDenyList::STD3,
        Hyphens::CheckFirstLast,
    );
    (read.is_ok() && unicode.contains('.')).then(|| unicode.into_owned())
}

/// A host, and then what it lies below, from the nearest up.
pub(crate) fn endings(host: &str) -> impl Iterator<Item = &str> {
    std::iter::once(host).chain(
        host.match_indices('.')
            .filter_map(|(dot, _)| host.get(dot.saturating_add(1)..)),
    )
}

/// Whether a name is an address in numbers: its last label is a number (the URL standard's "ends in a number").
pub fn is_number(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or(host);
    !last.is_empty() && last.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_form() {
        let check = |text: &str, expect: Option<&str>| {
            assert_eq!(parse(text).as_deref(), expect, "{text:?}");
        };
        check("Example.COM", Some("example.com"));
        check("ｅｘａｍｐｌｅ。ｃｏｍ", Some("example.com"));
        check("xn--fsqu00a.xn--fiqs8s", Some("例子.中国"));
        check("例子.中国", Some("例子.中国"));
        check("XN--FSQU00A.中国", Some("例子.中国"));
        check("Bücher.de", Some("bücher.de"));
        check("bu\u{308}cher.de", Some("bücher.de"));
        check("straße.de", Some("straße.de"));
        check("1.2.3.4", Some("1.2.3.4"));
        for bad in [
            "",
            ".",
            "a",
            "a..b",
            ".a.b",
            "a.b.",
            "a_b.cn",
            "a b.cn",
            "[1.2.3.4]",
            "-a.cn",
            "xn--a.cn",
            "a\u{202e}b.cn",
            "a/b.cn",
            "😀\u{200d}.cn",
        ] {
            check(bad, None);
        }
        check(&format!("{}.cn", "a".repeat(64)), None);
        check(&"a.".repeat(5_000), None);
    }

    #[test]
    fn a_name_that_ends_in_a_number_is_an_address() {
        for (host, expect) in [
            ("1.2.3.4", true),
            ("a.1", true),
            ("a1.b2", false),
            ("", false),
        ] {
            assert_eq!(is_number(host), expect, "{host}");
        }
    }
}
