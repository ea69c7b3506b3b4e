//! The settings: their sections beside the one that is open, and the first of data: the tracked websites, what they send, and
//! the sample company.

use super::sample::SamplePanel;
use super::sites::SitesPanel;
use crate::components::keep_current_in_view;
use crate::state::base::Base;
use crate::state::session::Session;
use crate::text::{Text, Word, words};
use domain::api::Role;
use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;

/// A section: where it is, what it is called, and who may see it.
struct Section {
    href: &'static str,
    label: Word,
    least: Role,
}

const fn section(href: &'static str, label: Word, least: Role) -> Section {
    Section { href, label, least }
}

/// The sections, in groups.
const GROUPS: [(Word, &[Section]); 4] = [
    (
        |t| t.own.yours,
        &[section(
            "/settings/account",
            |t| t.own.account,
            Role::Partner,
        )],
    ),
    (
        |t| t.own.workspace,
        &[
            section("/settings/workspace", |t| t.own.general, Role::Viewer),
            section("/settings/team", |t| t.own.team, Role::Viewer),
            section("/settings/tokens", |t| t.own.tokens, Role::Owner),
            section("/settings/hours", |t| t.own.hours, Role::Viewer),
        ],
    ),
    (
        |t| t.own.data,
        &[
            section("/settings", |t| t.own.sites, Role::Viewer),
            section("/settings/fields", |t| t.own.fields, Role::Viewer),
            section("/settings/events", |t| t.dictionary.title, Role::Viewer),
            section("/settings/refusals", |t| t.refusals, Role::Viewer),
        ],
    ),
    (
        |t| t.own.records,
        &[
            section("/settings/audit", |t| t.own.log, Role::Owner),
            section("/settings/files", |t| t.own.files, Role::Marketer),
        ],
    ),
];

/// The sections that a member may see: where each is, and what it is called.
pub(super) fn sections(session: Session) -> impl Iterator<Item = (&'static str, Word)> {
    let all = GROUPS.iter().flat_map(|(_, sections)| sections.iter());
    all.filter(move |section| session.may(section.least))
        .map(|section| (section.href, section.label))
}

/// The settings around the section that is open.
#[component]
pub(super) fn SettingsFrame() -> impl IntoView {
    let t = words();
    let session = expect_context::<Session>();
    let group = move |(label, sections): &'static (Word, &'static [Section])| {
        let shown = move || {
            let own = sections.iter().filter(|section| session.may(section.least));
            own.map(|section| view! { <SectionLink section /> })
                .collect_view()
        };
        let is_empty = move || !sections.iter().any(|section| session.may(section.least));
        view! {
            <div class="settings-group" class:is-empty=is_empty>
                <h2>{move || label(t.get())}</h2>
                {shown}
            </div>
        }
    };
    let row = NodeRef::new();
    keep_current_in_view(row, use_location().pathname);
    view! {
        <div class="settings-frame">
            <nav class="settings-nav" node_ref=row aria-label=move || t.get().own.sections data-test="settings-nav">
                {GROUPS.iter().map(group).collect_view()}
            </nav>
            <div class="settings-open"><Outlet /></div>
        </div>
    }
}

#[component]
fn SectionLink(section: &'static Section) -> impl IntoView {
    let t = words();
    let location = use_location();
    let current = move || {
        let path = location.pathname.get();
        let is_here = match section.href {
            "/settings" => path == "/settings" || path.starts_with("/settings/sites/"),
            "/settings/team" => path == "/team" || path == "/settings/team",
            href => path == href,
        };
        is_here.then_some("page")
    };
    view! {
        <a class="settings-link" href=section.href aria-current=current data-test=format!("to{}", section.href.replace('/', "-"))>
            {move || (section.label)(t.get())}
        </a>
    }
}

/// The head of a section: what it is called, and a sentence. The window is called so too.
#[component]
pub(super) fn SectionHead(
    /// What it is called.
    title: Word,
    /// What it is for.
    note: Word,
    /// What can be done.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let t = words();
    Effect::new(move |_| {
        let text: &Text = t.get();
        document().set_title(&format!("{} · {}", title(text), text.product));
    });
    view! {
        <div class="page-head">
            <h1>{move || title(t.get())}</h1>
            {children.map(|children| view! { <div class="page-tools">{children()}</div> })}
            <p class="page-note">{move || note(t.get())}</p>
        </div>
    }
}

/// The first section: the websites, and where to read on about what they send.
#[component]
pub(super) fn SettingsPage() -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    Effect::new(move |_| {
        document().set_title(&format!("{} · {}", t.get().own.sites, t.get().product))
    });
    view! {
        <div class="page-head"><h1>{move || t.get().own.sites}</h1></div>
        <div class="settings">
            <SitesPanel session=base.session />
            <DictionaryPanel />
            <section class="panel refusals" data-test="to-refusals">
                <header><h2>{move || t.get().refusals}</h2><a class="button is-small" href="/settings/refusals" data-test="open-refusals">{move || t.get().refused.open_screen}</a></header>
                <p class="muted">{move || t.get().refused.note}</p>
            </section>
            <SamplePanel session=base.session />
        </div>
    }
}

/// The way to the dictionary.
#[component]
fn DictionaryPanel() -> impl IntoView {
    let t = words();
    view! {
        <section class="panel dictionary-way">
            <header>
                <h2>{move || t.get().dictionary.title}</h2>
                <a class="button is-small" href="/settings/events" data-test="to-dictionary">{move || t.get().dictionary.open}</a>
            </header>
            <p class="muted">{move || t.get().dictionary.panel_note}</p>
        </section>
    }
}
