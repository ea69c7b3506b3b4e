//! Referrer spam: hosts that programs name as a referrer or a source, only to be seen in reports.

use super::sites::endings;

include!(concat!(env!("OUT_DIR"), "/spam.rs"));

/// Whether a host, or one above it, is one of them.
pub fn is_spam(host: &str) -> bool {
    endings(host).any(|part| HOSTS.binary_search(&part).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_spam_with_all_that_lies_below_it() {
        assert!(HOSTS.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(HOSTS.len() > 2_000, "{} hosts", HOSTS.len());
        for (host, expect) in [
            ("semalt.com", true),
            ("www.semalt.com", true),
            ("a.b.semalt.com", true),
            ("notsemalt.com", false),
            ("semalt.com.example.org", false),
            ("baidu.com", false),
            ("com", false),
            ("", false),
        ] {
            assert_eq!(is_spam(host), expect, "{host}");
        }
    }
}
