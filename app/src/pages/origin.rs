//! Where the public doors are: the sample site and the tracker live on another host than the workspace.

use crate::state::prefs::tag;
use domain::api::Lang;
use domain::id::SiteKey;
use leptos::prelude::window;

/// The origin of the public doors. On one's own machine it is the same port on 127.0.0.1; elsewhere the app cannot
/// know it.
pub(super) fn public_origin() -> Option<String> {
    let location = window().location();
    of(
        &location.protocol().ok()?,
        &location.hostname().ok()?,
        &location.port().ok()?,
    )
}

fn of(protocol: &str, hostname: &str, port: &str) -> Option<String> {
    let colon = if port.is_empty() { "" } else { ":" };
    matches!(hostname, "localhost" | "127.0.0.1")
        .then(|| format!("{protocol}//127.0.0.1{colon}{port}"))
}

/// The sample site in a language.
pub(super) fn demo_url(origin: &str, lang: Lang) -> String {
    if tag(lang).starts_with("zh") {
        format!("{origin}/demo/zh/")
    } else {
        format!("{origin}/demo/")
    }
}

/// The tag that a company's pages carry. Where the origin is not known, a name stands for it.
pub(super) fn snippet(origin: Option<&str>, key: &SiteKey) -> String {
    let origin = origin.unwrap_or("https://PUBLIC-HOST");
    format!(r#"<script defer src="{origin}/t.js" data-site="{key}"></script>"#)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_doors_are_known_on_ones_own_machine_only() {
        assert_eq!(
            of("http:", "localhost", "8787").as_deref(),
            Some("http://127.0.0.1:8787")
        );
        assert_eq!(of("https:", "app.example.com", ""), None);
    }

    #[test]
    fn the_tag_names_the_site() {
        let key = SiteKey("main.demo".into());
        assert_eq!(
            snippet(Some("http://127.0.0.1:1"), &key),
            r#"<script defer src="http://127.0.0.1:1/t.js" data-site="main.demo"></script>"#
        );
        assert!(snippet(None, &key).contains("https://PUBLIC-HOST/t.js"));
    }
}
