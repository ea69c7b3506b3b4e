//! A file of people into the base: chosen, matched, checked, sent, and taken back.

use super::failure::{FailureNotice, sentence};
use super::import_check::CheckPanel;
use super::import_columns::ColumnsPanel;
use super::import_file::{FileDrop, FilePanel};
use super::import_origin::OriginPanel;
use super::import_past::PastImports;
use crate::components::{Button, Glyph, Icon, Look, Meter, Notice, Skeleton, Tone};
use crate::format;
use crate::state::base::Base;
use crate::state::import_desk::{ImportDesk, Phase, Trouble};
use crate::state::imports::ImportsState;
use crate::text::{Text, words};
use domain::api::{ErrorCode, Role};
use domain::intake::Import;
use leptos::prelude::*;

/// A file of people into the base.
#[component]
pub(super) fn ImportPage() -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    Effect::new(move |_| {
        document().set_title(&format!("{} · {}", t.get().import.title, t.get().product))
    });
    let workspace = untrack(|| base.session.member()).map(|member| member.workspace);
    let may = move || base.session.may(Role::Marketer);
    let past = ImportsState::open(base.session);
    let body = workspace.map(|workspace| {
        let desk = ImportDesk::open(base.session, workspace);
        move || match may() {
            true => view! { <Wizard desk past /> }.into_any(),
            false => {
                view! { <Notice tone=Tone::Calm text=t.line(|t| t.import.may_not) /> }.into_any()
            }
        }
    });
    view! {
        <nav class="crumbs"><a href="/leads" data-test="back"><Icon glyph=Glyph::Back />{move || t.get().leads}</a></nav>
        <div class="page-head">
            <h1>{move || t.get().import.title}</h1>
            <p class="page-note">{move || t.get().import.note}</p>
        </div>
        {body}
        <PastImports past />
    }
}

#[component]
fn Wizard(desk: ImportDesk, past: ImportsState) -> impl IntoView {
    let t = words();
    // While rows are sent only the figures change.
    let stage = Memo::new(move |_| match desk.phase.get() {
        Phase::Choosing => 0_u8,
        Phase::Reading(_) => 1,
        Phase::Ready => 2,
        Phase::Sending(..) => 3,
        Phase::Done(_) => 4,
    });
    Effect::new(move |_| {
        if stage.get() == 4 {
            past.load();
        }
    });
    let body = move || match stage.get() {
        0 => view! { <Choose desk /> }.into_any(),
        1 => view! { <Reading desk /> }.into_any(),
        2 => view! { <Ready desk /> }.into_any(),
        3 => view! { <Sending desk /> }.into_any(),
        _ => match desk.phase.get_untracked() {
            Phase::Done(import) => view! { <Done desk past import=*import /> }.into_any(),
            _ => ().into_any(),
        },
    };
    view! {
        {move || desk.trouble.get().map(|trouble| view! { <Notice tone=Tone::Bad text=Signal::derive(move || said(t.get(), &trouble)) /> })}
        <div class="import" data-test="import">{body}</div>
    }
}

/// Why it does not go on, in a sentence with a next step.
fn said(text: &'static Text, trouble: &Trouble) -> String {
    match trouble {
        Trouble::File(unreadable) => (text.import.unreadable)(
            unreadable.code,
            unreadable.row.map(|row| row.saturating_add(1)),
        ),
        Trouble::Worker => text.import.worker_gone.to_owned(),
        Trouble::Call(failure) if failure.code() == Some(ErrorCode::NotFound) => {
            text.import.gone.to_owned()
        }
        Trouble::Call(failure) => sentence(text, failure),
    }
}

#[component]
fn Choose(desk: ImportDesk) -> impl IntoView {
    let t = words();
    view! {
        {move || desk.kept.get().map(|kept| view! {
            <Notice tone=Tone::Care text=Signal::derive(move || (t.get().import.kept)(&kept.name))>
                <button type="button" class="button is-small" data-test="import-let-go" on:click=move |_| desk.let_go()>{move || t.get().import.let_go}</button>
            </Notice>
        })}
        <FileDrop desk />
    }
}

#[component]
fn Reading(desk: ImportDesk) -> impl IntoView {
    let t = words();
    let rows = move || match desk.phase.get() {
        Phase::Reading(rows) => rows,
        _ => 0,
    };
    view! {
        <section class="panel">
            <p role="status">{move || (t.get().import.reading)(&format::number(t.lang(), rows().into()))}</p>
            <Skeleton lines=5 />
        </section>
    }
}

#[component]
fn Ready(desk: ImportDesk) -> impl IntoView {
    let t = words();
    let good = move || desk.summary.with(|summary| summary.good);
    let label = move || (t.get().import.send)(&format::number(t.lang(), good().into()));
    view! {
        <FilePanel desk />
        <ColumnsPanel desk />
        <OriginPanel desk />
        <CheckPanel desk />
        <div class="import-deeds">
            <Button label=t.line(|t| t.import.another_file) name="import-clear" look=Look::Quiet press=move |()| desk.clear() />
            <Button label=Signal::derive(label) name="import-send" look=Look::Main disabled=Signal::derive(move || !desk.may_send()) press=move |()| desk.send() />
        </div>
    }
}

#[component]
fn Sending(desk: ImportDesk) -> impl IntoView {
    let t = words();
    let at = move || match desk.phase.get() {
        Phase::Sending(done, of) => (u64::from(done), u64::from(of)),
        _ => (0, 1),
    };
    let text = move || {
        let (done, of) = at();
        let number = |count| format::number(t.lang(), count);
        (t.get().import.sending)(&number(done), &number(of))
    };
    view! {
        <section class="panel import-sending" data-test="import-sending">
            <Meter done=Signal::derive(move || at().0) total=Signal::derive(move || at().1) text=Signal::derive(text) />
            <p class="muted">{move || t.get().import.stay}</p>
        </section>
    }
}

#[component]
fn Done(desk: ImportDesk, past: ImportsState, import: Import) -> impl IntoView {
    let t = words();
    let refused = desk.refused.get_untracked();
    let id = import.id;
    let (done, opened) = (u64::from(import.done), u64::from(import.opened));
    let text = move || {
        let number = |count| format::number(t.lang(), count);
        (t.get().import.done)(&number(done), &number(opened))
    };
    let none = refused.is_empty();
    let rows = refused.into_iter().map(|row| {
        let code = row.code.clone();
        view! { <tr><td>{row.row}</td><td>{row.field.clone()}</td><td>{move || (t.get().profile.why)(&code)}</td></tr> }
    });
    let rows = rows.collect_view();
    view! {
        <section class="panel import-done" data-test="import-done">
            <h2>{import.name}</h2>
            <p data-test="import-said">{text}</p>
            {(!none).then(|| view! {
                <p>{move || t.get().import.refused}</p>
                <table class="plain-table"><thead><tr><th>{move || t.get().import.row}</th><th>{move || t.get().import.field}</th><th>{move || t.get().import.reason}</th></tr></thead><tbody>{rows}</tbody></table>
            })}
            <div class="import-deeds">
                <Button label=t.line(|t| t.import.undo) name="import-undo" look=Look::Quiet press=move |()| { past.undo(id); desk.clear() } />
                <Button label=t.line(|t| t.import.another_file) name="import-again" press=move |()| desk.clear() />
                <a class="button is-main" href="/leads" data-test="import-leads">{move || t.get().to_leads}</a>
            </div>
        </section>
        {move || past.failure.get().map(|failure| view! { <FailureNotice failure again=move |()| past.load() /> })}
    }
}
