//! What the screens before the sign-in share: their frame, the token in the fragment, fields that are checked.

use crate::api::Failure;
use crate::components::{LangSwitch, Placard, ThemeSwitch};
use crate::state::prefs::{Prefs, tag};
use crate::state::rules_form::Why;
use crate::text::{Word, Words, words};
use domain::api::{ErrorCode, Lang, Password};
use domain::identity::Email;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// The switches of language and theme.
#[component]
pub(super) fn Switches() -> impl IntoView {
    let prefs = expect_context::<Prefs>();
    view! {
        <LangSwitch lang=prefs.lang() choose=move |lang| prefs.choose_lang(lang) />
        <ThemeSwitch theme=prefs.theme() choose=move |theme| prefs.choose_theme(theme) />
    }
}

/// The frame of the screens before the sign-in.
#[component]
pub(super) fn Gate(
    /// The heading.
    title: Word,
    /// The form.
    children: Children,
) -> impl IntoView {
    let t = words();
    Effect::new(move |_| {
        document().set_title(&format!("{} · {}", title(t.get()), t.get().product))
    });
    view! {
        <Placard title=Signal::derive(move || title(t.get()).to_owned()) switches=view! { <Switches /> }.into_any()>
            {children()}
        </Placard>
    }
}

/// Takes the token, and the language that one is greeted in, out of the fragment `#token=…&lang=…` and the fragment out of the address bar and the history.
pub(super) fn take_token() -> Option<(String, Option<Lang>)> {
    let location = window().location();
    let hash = location.hash().ok()?;
    let token = read_part(&hash, "token=")?;
    let lang = read_part(&hash, "lang=");
    let lang = [Lang::Zh, Lang::En]
        .into_iter()
        .find(|known| lang.as_deref() == Some(tag(*known)));
    let path = location.pathname().unwrap_or_default();
    if let Ok(history) = window().history() {
        // Should the browser refuse, the token stays visible and works all the same.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    }
    Some((token, lang))
}

fn read_part(hash: &str, name: &str) -> Option<String> {
    let token = hash
        .strip_prefix('#')?
        .split('&')
        .find_map(|part| part.strip_prefix(name))?;
    Some(token.to_owned()).filter(|token| !token.is_empty())
}

/// A typed value and why it is wrong.
#[derive(Clone, Copy)]
pub(super) struct Typed {
    pub(super) value: RwSignal<String>,
    wrong: RwSignal<Option<Word>>,
    refused: RwSignal<Option<Why>>,
    t: Words,
}

impl Typed {
    pub(super) fn new() -> Typed {
        let typed = Typed {
            value: RwSignal::new(String::new()),
            wrong: RwSignal::new(None),
            refused: RwSignal::new(None),
            t: words(),
        };
        // What was wrong may be right as soon as something else is typed.
        Effect::new(move |_| {
            typed.value.track();
            typed.wrong.set(None);
            typed.refused.set(None);
        });
        typed
    }

    /// Why it is wrong, in words.
    pub(super) fn why(self) -> Signal<Option<String>> {
        Signal::derive(move || {
            let text = self.t.get();
            let refused = || self.refused.get().map(|why| (text.why_wrong)(why));
            self.wrong
                .get()
                .map(|wrong| wrong(text).to_owned())
                .or_else(refused)
        })
    }

    /// What is typed, trimmed.
    pub(super) fn text(self) -> String {
        self.value.get_untracked().trim().to_owned()
    }

    /// Says why it was refused.
    pub(super) fn refuse(self, why: Word) {
        let _ = self.wrong.try_set(Some(why));
    }

    fn hold(self, holds: bool, why: Word) -> bool {
        self.wrong.set((!holds).then_some(why));
        holds
    }

    /// Holds it to what the API would hold it to.
    pub(super) fn must(self, holds: bool, why: Why) -> bool {
        self.refused.set((!holds).then_some(why));
        holds
    }

    pub(super) fn is_email(self) -> bool {
        self.hold(Email::parse(&self.text()).is_some(), |t| t.not_an_email)
    }

    pub(super) fn is_there(self) -> bool {
        self.hold(!self.text().is_empty(), |t| t.must_not_be_empty)
    }

    pub(super) fn is_password(self) -> bool {
        self.hold(Password(self.value.get_untracked()).is_acceptable(), |t| {
            t.password_hint
        })
    }
}

/// Shows a refusal at its field; the rest of the failures is returned.
pub(super) fn place(failure: Failure, fields: &[(&str, Typed)]) -> Option<Failure> {
    let field = fields
        .iter()
        .find(|(name, _)| failure.field() == Some(name));
    match (field, &failure) {
        (Some((_, typed)), Failure::Refused(ErrorCode::Invalid, _)) => {
            typed.wrong.set(Some(|t| t.field_refused));
            None
        }
        (Some((name, typed)), Failure::Field(error)) => {
            typed.refused.set(Some(Why::read(&error.code, name)));
            None
        }
        _ => Some(failure),
    }
}

#[cfg(test)]
mod tests {
    use super::read_part;

    #[test]
    fn the_token_is_read_from_the_fragment() {
        let check = |hash, token: Option<&str>| {
            assert_eq!(read_part(hash, "token=").as_deref(), token, "{hash}");
        };
        check("#token=abc", Some("abc"));
        check("#x=1&token=a-b_c", Some("a-b_c"));
        check("#token=", None);
        check("#", None);
        check("", None);
    }
}
