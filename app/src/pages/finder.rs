//! The finder over any page: what is found of the base, the pages, and what can be done from anywhere.

use super::scoring::PAGES;
use super::shell::PLACES;
use crate::components::{Glyph, Hit, HitGroup, Palette};
use crate::state::finder::Finder;
use crate::state::prefs::{Prefs, Theme};
use crate::state::session::Session;
use crate::text::{Word, Words, words};
use domain::api::{Lang, Role};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// Something that can be done from anywhere: its id, its sign, what it is called, and who may.
const DEEDS: [(&str, Glyph, Word, Role); 10] = [
    ("/leads?new=1", Glyph::Plus, |t| t.frame.new_lead, Role::Sdr),
    (
        "/segments/new",
        Glyph::Plus,
        |t| t.segments.new,
        Role::Marketer,
    ),
    ("/import", Glyph::File, |t| t.import.title, Role::Marketer),
    (
        "/suggestions",
        Glyph::Leads,
        |t| t.suggestions.title,
        Role::Viewer,
    ),
    (
        "/personas",
        Glyph::Person,
        |t| t.personas.title,
        Role::Viewer,
    ),
    ("do:keys", Glyph::Form, |t| t.frame.keys_title, Role::Viewer),
    (
        "do:lang",
        Glyph::Page,
        |t| t.frame.other_language,
        Role::Viewer,
    ),
    (
        "do:light",
        Glyph::Sun,
        |t| t.frame.theme_light,
        Role::Viewer,
    ),
    ("do:dark", Glyph::Moon, |t| t.frame.theme_dark, Role::Viewer),
    (
        "do:system",
        Glyph::System,
        |t| t.frame.theme_system,
        Role::Viewer,
    ),
];

/// The finder.
#[component]
pub(super) fn FinderOverlay(
    session: Session,
    /// Whether it is there.
    open: RwSignal<bool>,
    /// Whether the keys are shown.
    keys: RwSignal<bool>,
) -> impl IntoView {
    let t = words();
    let prefs = expect_context::<Prefs>();
    let navigate = use_navigate();
    let finder = Finder::new(session);
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| {
        let text = typed.get();
        if open.get() {
            finder.look(&text);
        } else if !text.is_empty() {
            typed.set(String::new());
        }
    });
    let groups = Memo::new(move |_| Found(found(t, session, finder, &typed.get())));
    let choose = move |id: String| {
        open.set(false);
        match id.strip_prefix("do:") {
            None => navigate(&id, Default::default()),
            Some("keys") => keys.set(true),
            Some("lang") => prefs.choose_lang(match prefs.lang().get_untracked() {
                Lang::Zh => Lang::En,
                Lang::En => Lang::Zh,
            }),
            Some("light") => prefs.choose_theme(Theme::Light),
            Some("dark") => prefs.choose_theme(Theme::Dark),
            Some(_) => prefs.choose_theme(Theme::System),
        }
    };
    let choose = Callback::new(choose);
    move || {
        open.get().then(|| {
            view! {
                <Palette groups=Signal::derive(move || groups.get().0) typed busy=finder.busy choose close=move |()| open.set(false) />
            }
        })
    }
}

/// What is found, compared as it is read.
#[derive(Clone)]
struct Found(Vec<HitGroup>);

impl PartialEq for Found {
    fn eq(&self, other: &Found) -> bool {
        let hits = |found: &Found| {
            let groups = found.0.iter();
            groups.map(|group| group.hits.clone()).collect::<Vec<_>>()
        };
        hits(self) == hits(other)
    }
}

fn found(t: Words, session: Session, finder: Finder, typed: &str) -> Vec<HitGroup> {
    let wanted = typed.trim().to_lowercase();
    let has = |name: &str| {
        let name = name.to_lowercase();
        wanted.split_whitespace().all(|word| name.contains(word))
    };
    let hit = |id: String, glyph, title: &str, note: String| Hit {
        id,
        glyph,
        title: title.to_owned(),
        note,
    };
    let leads = finder.leads.get().into_iter().map(|row| {
        let note = row
            .company
            .clone()
            .or_else(|| row.email.clone().filter(|_| row.name.is_some()));
        hit(
            format!("/leads/{}", row.id),
            Glyph::Person,
            row.label(),
            note.unwrap_or_default(),
        )
    });
    let companies = finder.companies.get().into_iter().map(|account| {
        hit(
            format!("/companies/{}", account.id),
            Glyph::Companies,
            &account.name,
            String::new(),
        )
    });
    let places = PLACES.iter().filter(|place| has((place.label)(t.get())));
    let places = places.map(|place| {
        let note = format!("g {}", place.letter);
        hit(
            place.href.to_owned(),
            place.glyph,
            (place.label)(t.get()),
            note,
        )
    });
    // The first of the pages on scoring is a place already.
    let more = PAGES
        .iter()
        .skip(1)
        .filter(|(.., label)| has(label(t.get())));
    let more = more.map(|(href, _, label)| {
        hit(
            (*href).to_owned(),
            Glyph::Rules,
            label(t.get()),
            String::new(),
        )
    });
    // A section of the settings comes up once something is typed; the settings themselves stand among the places.
    let sections = super::settings::sections(session);
    let sections = sections
        .filter(|(href, label)| !wanted.is_empty() && *href != "/settings" && has(label(t.get())));
    let sections = sections.map(|(href, label)| {
        let note = t.get().settings.to_owned();
        hit(href.to_owned(), Glyph::Settings, label(t.get()), note)
    });
    let places = places.chain(more).chain(sections);
    let deeds = DEEDS
        .iter()
        .filter(|(_, _, label, least)| session.may(*least) && has(label(t.get())));
    let deeds = deeds
        .map(|(id, glyph, label, _)| hit((*id).to_owned(), *glyph, label(t.get()), String::new()));
    let group = |title: Word, hits: Vec<Hit>| HitGroup { title, hits };
    let people = group(|t| t.frame.people, leads.collect());
    let companies = group(|t| t.companies.title, companies.collect());
    let places = group(|t| t.frame.pages, places.collect());
    let deeds = group(|t| t.frame.actions, deeds.collect());
    if wanted.is_empty() {
        vec![places, deeds, people]
    } else {
        vec![people, companies, places, deeds]
    }
}
