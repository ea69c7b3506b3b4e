//! Whether the visitor moved to another page, when the URL of a document changes.
//!
//! Not in scope: noticing the change (that is `js/loader.js`), or what the URL says.

/// Whether going from `previous` to `url` shows another page. A mere anchor (`#prices`) does not; the
/// fragments that routers use (`#/prices`, `#!prices`) do. `previous` is empty for the first page.
pub(crate) fn is_another(previous: &[u8], url: &[u8]) -> bool {
    without_anchor(previous) != without_anchor(url)
}

/// The URL up to its fragment, or whole when the fragment is a route.
fn without_anchor(url: &[u8]) -> &[u8] {
    let at = url
        .iter()
        .position(|byte| *byte == b'#')
        .unwrap_or(url.len());
    match url.split_at_checked(at) {
        Some((_, [_, b'/' | b'!', ..])) | None => url,
        Some((page, _)) => page,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_another_when_its_url_differs_beyond_an_anchor() {
        for (previous, url, expect) in [
            ("", "https://a.com/", true),
            ("https://a.com/", "https://a.com/", false),
            ("https://a.com/", "https://a.com/prices", true),
            ("https://a.com/", "https://a.com/?page=2", true),
            ("https://a.com/", "https://a.com/#prices", false),
            ("https://a.com/#prices", "https://a.com/#", false),
            ("https://a.com/#prices", "https://a.com/team#prices", true),
            ("https://a.com/", "https://a.com/#/prices", true),
            ("https://a.com/#/prices", "https://a.com/#/team", true),
            ("https://a.com/#!prices", "https://a.com/#!team", true),
        ] {
            assert_eq!(
                is_another(previous.as_bytes(), url.as_bytes()),
                expect,
                "{previous} → {url}"
            );
        }
    }
}
