//! What a person chose for this browser: language and theme. Kept in local storage.
//!
//! `boot.js` reads the same keys before the first paint.

use domain::api::Lang;
use gloo::storage::{LocalStorage, Storage};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

const LANG_KEY: &str = "trellis.lang";
const THEME_KEY: &str = "trellis.theme";

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Every theme, in the order of the switch.
    pub(crate) const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// The value of the `data-theme` attribute.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

/// The tag of a language, for `<html lang>` and Intl.
pub(crate) const fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    }
}

/// Language and theme.
#[derive(Clone, Copy)]
pub(crate) struct Prefs {
    lang: RwSignal<Lang>,
    theme: RwSignal<Theme>,
}

impl Prefs {
    /// Reads what was chosen, else what the browser prefers, and keeps `<html>` in step.
    pub(crate) fn start() -> Prefs {
        let lang = LocalStorage::get(LANG_KEY).unwrap_or_else(|_| preferred());
        let theme = LocalStorage::get(THEME_KEY).unwrap_or_default();
        let prefs = Prefs {
            lang: RwSignal::new(lang),
            theme: RwSignal::new(theme),
        };
        Effect::new(move |_| set_on_html("lang", tag(prefs.lang.get())));
        Effect::new(move |_| set_on_html("data-theme", prefs.theme.get().name()));
        prefs
    }

    /// The language.
    pub(crate) fn lang(self) -> Signal<Lang> {
        self.lang.into()
    }

    /// The theme.
    pub(crate) fn theme(self) -> Signal<Theme> {
        self.theme.into()
    }

    /// Chooses a language. A browser that keeps nothing forgets it with the page.
    pub(crate) fn choose_lang(self, lang: Lang) {
        let _ = LocalStorage::set(LANG_KEY, lang);
        self.lang.set(lang);
    }

    /// Takes the account's language, unless this browser has a choice of its own.
    pub(crate) fn offer_lang(self, lang: Lang) {
        if LocalStorage::get::<Lang>(LANG_KEY).is_err() {
            self.lang.set(lang);
        }
    }

    /// Chooses a theme.
    pub(crate) fn choose_theme(self, theme: Theme) {
        let _ = LocalStorage::set(THEME_KEY, theme);
        self.theme.set(theme);
    }
}

fn preferred() -> Lang {
    let tag = window().navigator().language().unwrap_or_default();
    if tag.to_ascii_lowercase().starts_with("zh") {
        Lang::Zh
    } else {
        Lang::En
    }
}

fn set_on_html(name: &str, value: &str) {
    if let Some(html) = document().document_element() {
        // Both names are valid attribute names, so this cannot fail.
        let _ = html.set_attribute(name, value);
    }
}
