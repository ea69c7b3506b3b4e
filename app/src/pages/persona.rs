//! One persona: its card, to be read and printed; and the desk where it is written.

use super::address;
use super::failure::{FailureNotice, sentence};
use super::persona_card::CardView;
use super::persona_form::PersonaForm;
use crate::api::Failure;
use crate::components::{
    Button, Dialog, EmptyState, Glyph, Icon, Look, Menu, Notice, Skeleton, Tone, name_in,
};
use crate::state::base::Base;
use crate::state::persona_desk::PersonaDesk;
use crate::state::toasts::Toasts;
use crate::text::words;
use domain::api::{ErrorCode, Role};
use domain::id::PersonaId;
use domain::persona::{Colour, Persona};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};

/// The path of one that is not saved yet.
const NEW: &str = "new";

/// How a colour is named in a class.
pub(super) const fn colour_name(colour: Colour) -> &'static str {
    match colour {
        Colour::Blue => "blue",
        Colour::Green => "green",
        Colour::Amber => "amber",
        Colour::Red => "red",
        Colour::Violet => "violet",
        Colour::Teal => "teal",
        Colour::Pink => "pink",
        Colour::Grey => "grey",
    }
}

/// One persona, by the id in the path, or a new one.
#[component]
pub(super) fn PersonaPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    move || {
        let id = id.get();
        match (id.as_str(), id.parse::<PersonaId>()) {
            (NEW, _) => view! { <Desk id=None /> }.into_any(),
            (_, Ok(id)) => view! { <Desk id=Some(id) /> }.into_any(),
            (_, Err(_)) => view! { <NoPersona /> }.into_any(),
        }
    }
}

#[component]
fn NoPersona() -> impl IntoView {
    let t = words();
    view! {
        <EmptyState title=t.line(|t| t.personas.no_such) text=t.line(|t| t.personas.no_such_text)>
            <a class="button" href="/personas">{move || t.get().personas.title}</a>
        </EmptyState>
    }
}

#[component]
fn Desk(id: Option<PersonaId>) -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    let desk = PersonaDesk::open(id, base.session);
    let (asked, ask) = address::part("edit");
    let is_new = id.is_none();
    let may = Signal::derive(move || base.session.may(Role::Marketer));
    let writing = Memo::new(move |_| may.get() && (is_new || asked.get().is_some()));
    let name = move || desk.form.with(|form| name_in(t.lang(), &form.name));
    let title = move || match name() {
        name if name.is_empty() => t.get().personas.new.to_owned(),
        name => name,
    };
    Effect::new(move |_| document().set_title(&format!("{} · {}", title(), t.get().product)));
    let gone = Memo::new(move |_| {
        let code = desk
            .failure
            .with(|failure| failure.as_ref().and_then(Failure::code));
        code == Some(ErrorCode::NotFound)
    });
    let body = move || match (desk.ready.get(), writing.get()) {
        (false, _) => view! { <Skeleton lines=8 /> }.into_any(),
        (true, true) => view! { <PersonaForm desk /> }.into_any(),
        (true, false) => view! { <CardView desk /> }.into_any(),
    };
    let failed = move || {
        let failure = desk.failure.get().filter(|_| !gone.get())?;
        Some(match desk.ready.get_untracked() {
            true => {
                let text = move || match &failure {
                    Failure::Field(error) => (t.get().profile.why)(&error.code).to_owned(),
                    failure => sentence(t.get(), failure),
                };
                view! { <Notice tone=Tone::Bad text=Signal::derive(text) /> }.into_any()
            }
            false => view! { <FailureNotice failure again=move |()| desk.read() /> }.into_any(),
        })
    };
    view! {
        <nav class="crumbs"><a href="/personas" data-test="back"><Icon glyph=Glyph::Back />{move || t.get().personas.title}</a></nav>
        <Show when=move || !gone.get() fallback=|| view! { <NoPersona /> }>
            <div class="page-head persona-head">
                <h1 data-test="persona-name">{title}</h1>
                <div class="page-tools">
                    <Tools desk may writing=writing.into() is_new write=Callback::new(move |on: bool| ask.set(on.then(|| "1".to_owned()))) />
                </div>
            </div>
            {failed}
            {body}
        </Show>
        <Contested desk />
    }
}

#[component]
fn Tools(
    desk: PersonaDesk,
    may: Signal<bool>,
    writing: Signal<bool>,
    is_new: bool,
    write: Callback<bool>,
) -> impl IntoView {
    let t = words();
    let toasts = expect_context::<Toasts>();
    let (navigate, away) = (use_navigate(), use_navigate());
    let asks = RwSignal::new(false);
    let saved = Callback::new(move |saved: Persona| {
        let name = name_in(t.lang(), &saved.name);
        toasts.done(move |t| (t.frame.saved)(&name));
        match is_new {
            true => navigate(&format!("/personas/{}", saved.id), Default::default()),
            false => write.run(false),
        }
    });
    let removed = Callback::new(move |()| {
        toasts.done(|t| t.personas.removed.to_owned());
        away("/personas", Default::default());
    });
    let items =
        Signal::derive(move || vec![("remove".to_owned(), t.get().personas.remove.to_owned())]);
    let can_save = move || desk.is_changed() && desk.wrong().is_empty() && !desk.busy.get();
    let leave = move |()| {
        desk.discard();
        write.run(false);
    };
    let print = move |()| {
        // A browser that cannot print says so itself.
        let _ = window().print();
    };
    let buttons = move || {
        match (may.get(), writing.get()) {
        (true, true) => view! {
            {(!is_new).then(|| view! { <Button label=t.line(|t| t.frame.cancel) name="persona-cancel" look=Look::Quiet press=leave /> })}
            <Button label=t.line(|t| t.frame.save) name="persona-save" look=Look::Main disabled=Signal::derive(move || !can_save()) press=move |()| desk.save(move |persona| saved.run(persona)) />
        }
        .into_any(),
        (may, _) => view! {
            {(may && !is_new).then(|| view! { <Menu label=t.line(|t| t.segments.more) name="persona-more" items choose=move |_| asks.set(true) /> })}
            <Button label=t.line(|t| t.personas.print) name="persona-print" glyph=Glyph::Print press=print />
            {may.then(|| view! { <Button label=t.line(|t| t.frame.edit) name="persona-edit" look=Look::Main key="e" press=move |()| write.run(true) /> })}
        }
        .into_any(),
    }
    };
    view! {
        {buttons}
        {move || asks.get().then(|| view! {
            <Dialog title=t.line(|t| t.personas.remove_question) name="persona-remove" close=move |()| asks.set(false)>
                <p>{move || t.get().personas.remove_text}</p>
                <div class="dialog-actions">
                    <Button label=t.line(|t| t.frame.cancel) name="persona-keep" look=Look::Quiet press=move |()| asks.set(false) />
                    <Button label=t.line(|t| t.personas.remove) name="persona-remove-now" look=Look::Bad press=move |()| { asks.set(false); desk.remove(move || removed.run(())) } />
                </div>
            </Dialog>
        })}
    }
}

/// The choice between two versions, while there are two.
#[component]
fn Contested(desk: PersonaDesk) -> impl IntoView {
    let t = words();
    let lines = move |theirs: &Persona, mine: &Persona| {
        let text = t.get().personas;
        let name = |persona: &Persona| format!("{} · {}", persona.name.zh, persona.name.en);
        let mut all = vec![
            (t.get().segments.name.to_owned(), name(theirs), name(mine)),
            (
                text.summary.to_owned(),
                theirs.summary.clone(),
                mine.summary.clone(),
            ),
        ];
        for group in domain::persona::Group::ALL {
            let entries = |persona: &Persona| {
                let entries = persona.groups.get(&group).into_iter().flatten();
                let lines = entries.map(|entry| format!("{} {}", entry.label, entry.text));
                lines.collect::<Vec<_>>().join("\n")
            };
            all.push((
                (text.group)(group).to_owned(),
                entries(theirs),
                entries(mine),
            ));
        }
        let notes = |persona: &Persona| {
            let notes = persona.evidence.iter().map(|note| note.text.clone());
            notes.collect::<Vec<_>>().join("\n")
        };
        all.push((text.evidence.to_owned(), notes(theirs), notes(mine)));
        all.retain(|(_, theirs, mine)| theirs != mine);
        all.into_iter()
            .map(|(label, theirs, mine)| view! { <tr><th scope="row">{label}</th><td>{theirs}</td><td>{mine}</td></tr> })
            .collect_view()
    };
    move || {
        desk.theirs.get().map(|theirs| {
            let rows = move || desk.form.with(|mine| lines(&theirs, mine));
            view! {
                <Dialog title=t.line(|t| t.profile.conflict) name="persona-conflict" close=move |()| desk.theirs.set(None)>
                    <p>{move || t.get().segments.conflict_text}</p>
                    <div class="difference-table merge-table"><table>
                        <thead><tr><th></th><th scope="col">{move || t.get().segments.theirs}</th><th scope="col">{move || t.get().segments.mine}</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table></div>
                    <div class="dialog-actions">
                        <Button label=t.line(|t| t.segments.take_theirs) name="persona-theirs" press=move |()| desk.take_theirs() />
                        <Button label=t.line(|t| t.segments.keep_mine) name="persona-mine" look=Look::Main press=move |()| desk.keep_mine() />
                    </div>
                </Dialog>
            }
        })
    }
}
