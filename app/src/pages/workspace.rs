//! What holds of the whole workspace: its name, the language of invitations, the currency.

use super::failure::{FailureNotice, sentence};
use super::gate::{Typed, place};
use super::settings::SectionHead;
use crate::api::Failure;
use crate::components::{
    Button, Dialog, Field, LangSwitch, Look, Notice, SelectSearch, Skeleton, Tone,
};
use crate::format;
use crate::state::session::Session;
use crate::state::toasts::Toasts;
use crate::text::{self, Text, words};
use domain::api::{
    ErrorCode, Lang, ReadCalendar, ReadWorkspace, Role, SaveWorkspace, WorkspaceFacts,
};
use domain::currency;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What holds of the whole workspace.
#[component]
pub(super) fn WorkspacePage() -> impl IntoView {
    let session = expect_context::<Session>();
    let known = RwSignal::new(None::<Result<WorkspaceFacts, Failure>>);
    let read = move || {
        known.set(None);
        spawn_local(async move {
            let reply = session.call(&ReadWorkspace {}).await;
            let _ = known.try_set(Some(reply));
        });
    };
    read();
    view! {
        <SectionHead title=|t| t.own.general note=|t| t.records.workspace_note />
        <div class="settings">
            <section class="panel workspace-facts" data-test="workspace">
                {move || match known.get() {
                    None => view! { <Skeleton lines=3 /> }.into_any(),
                    Some(Err(failure)) => view! { <FailureNotice failure again=move |()| read() /> }.into_any(),
                    Some(Ok(facts)) => view! { <FactsForm session facts /> }.into_any(),
                }}
            </section>
            <ZonePanel session />
        </div>
    }
}

#[component]
fn FactsForm(session: Session, facts: WorkspaceFacts) -> impl IntoView {
    let t = words();
    let toasts = expect_context::<Toasts>();
    let owner = untrack(|| session.may(Role::Owner));
    let (name, lang) = (Typed::new(), RwSignal::new(facts.lang));
    let chosen = RwSignal::new(facts.currency.clone());
    let saved = RwSignal::new(facts.clone());
    let theirs = RwSignal::new(None::<WorkspaceFacts>);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    name.value.set(facts.name);
    let show = move |facts: WorkspaceFacts| {
        name.value.set(facts.name.clone());
        lang.set(facts.lang);
        chosen.set(facts.currency.clone());
        saved.set(facts);
    };
    let save = move || {
        busy.set(true);
        failure.set(None);
        let call = SaveWorkspace {
            expected_version: saved.with_untracked(|saved| saved.version),
            name: name.text(),
            lang: lang.get_untracked(),
            currency: chosen.get_untracked(),
        };
        spawn_local(async move {
            let reply = session.call(&call).await;
            let _ = busy.try_set(false);
            match reply {
                Ok(facts) => {
                    show(facts);
                    toasts.done(|t| t.records.saved.to_owned());
                    session.ask_again().await;
                }
                Err(Failure::Refused(ErrorCode::Conflict, error)) => {
                    let current = error.current.and_then(|c| serde_json::from_value(c).ok());
                    let _ = theirs.try_set(current);
                }
                Err(refused) => {
                    let _ = failure.try_set(place(refused, &[("name", name)]));
                }
            }
        });
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() && name.is_there() {
            save();
        }
    };
    let same = move || {
        saved.with(|saved| {
            saved.name == name.value.get().trim()
                && saved.lang == lang.get()
                && saved.currency == chosen.get()
        })
    };
    let choose = move |ids: Vec<String>| {
        if let Some(id) = ids.into_iter().next() {
            chosen.set(id);
        }
    };
    let offers = Signal::derive(move || {
        let named = |code: &'static str| (code.to_owned(), currency_name(t.get(), t.lang(), code));
        currency::all().map(named).collect::<Vec<_>>()
    });
    view! {
        <form class="workspace-form" on:submit=submit novalidate>
            <fieldset disabled=!owner class="workspace-fields">
                <Field label=Signal::derive(move || t.get().records.company) name="workspace-name" autocomplete="organization" value=name.value wrong=name.why()
                    hint=Signal::derive(move || Some(t.get().records.company_note)) />
                <div class="field">
                    <span class="field-label">{move || t.get().records.lang}</span>
                    <LangSwitch lang choose=move |chosen| lang.set(chosen) />
                    <span class="field-note">{move || t.get().records.lang_note}</span>
                </div>
                <div>
                    <SelectSearch label=t.line(|t| t.records.currency) name="workspace-currency" options=offers
                        chosen=Signal::derive(move || vec![chosen.get()])
                        choose />
                    <span class="field-note">{move || t.get().records.currency_note}</span>
                </div>
                {owner.then(|| view! {
                    <div><button type="submit" class="button is-main" disabled=move || busy.get() || same() data-test="workspace-save">{move || t.get().records.save}</button></div>
                })}
            </fieldset>
            {(!owner).then(|| view! { <p class="muted">{move || t.get().records.owner_only}</p> })}
            {move || failure.get().map(|failure| view! { <Notice tone=Tone::Bad text=Signal::derive(move || sentence(t.get(), &failure)) /> })}
        </form>
        {move || theirs.get().map(|facts| {
            let mine = WorkspaceFacts { version: facts.version, name: name.text(), lang: lang.get_untracked(), currency: chosen.get_untracked() };
            let taken = facts.clone();
            let version = facts.version;
            let keep = move |()| {
                theirs.set(None);
                saved.update(|saved| saved.version = version);
                save();
            };
            let take = move |()| {
                theirs.set(None);
                show(taken.clone());
            };
            view! { <Contested theirs=facts mine take keep close=move |()| theirs.set(None) /> }
        })}
    }
}

/// Both versions, and the choice.
#[component]
fn Contested(
    theirs: WorkspaceFacts,
    mine: WorkspaceFacts,
    #[prop(into)] take: Callback<()>,
    #[prop(into)] keep: Callback<()>,
    #[prop(into)] close: Callback<()>,
) -> impl IntoView {
    let t = words();
    let rows = move || {
        let text = t.get();
        let own = |facts: &WorkspaceFacts| {
            [
                (text.records.company, facts.name.clone()),
                (text.records.lang, text::of(facts.lang).own_name.to_owned()),
                (text.records.currency, facts.currency.clone()),
            ]
        };
        let pairs = own(&theirs).into_iter().zip(own(&mine));
        let differing = pairs.filter(|((_, theirs), (_, mine))| theirs != mine);
        let rows = differing.map(|((label, theirs), (_, mine))| {
            view! { <tr><th scope="row">{label}</th><td>{theirs}</td><td>{mine}</td></tr> }
        });
        rows.collect_view()
    };
    view! {
        <Dialog title=t.line(|t| t.records.conflict) name="workspace-conflict" close>
            <p>{move || t.get().records.conflict_text}</p>
            <div class="difference-table">
                <table>
                    <thead><tr><th></th><th scope="col">{move || t.get().records.theirs}</th><th scope="col">{move || t.get().records.mine}</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <div class="dialog-actions">
                <Button label=t.line(|t| t.records.take_theirs) name="workspace-theirs" press=move |()| take.run(()) />
                <Button label=t.line(|t| t.records.keep_mine) name="workspace-mine" look=Look::Main press=move |()| keep.run(()) />
            </div>
        </Dialog>
    }
}

/// The zone that working hours are in, with the way there.
#[component]
fn ZonePanel(session: Session) -> impl IntoView {
    let t = words();
    let zone = RwSignal::new(None::<String>);
    spawn_local(async move {
        if let Ok(calendar) = session.call(&ReadCalendar {}).await {
            let _ = zone.try_set(Some(calendar.zone));
        }
    });
    view! {
        <section class="panel workspace-zone" data-test="workspace-zone">
            <header>
                <h2>{move || t.get().records.zone}</h2>
                <a class="button is-small" href="/settings/hours">{move || t.get().own.hours}</a>
            </header>
            <p><b>{move || zone.get()}</b></p>
            <p class="muted">{move || t.get().records.zone_note}</p>
        </section>
    }
}

/// A currency as one reads it: its letters, its name, and how many digits its smallest unit takes.
fn currency_name(text: &Text, lang: Lang, code: &str) -> String {
    let digits = currency::digits(code).unwrap_or_default();
    let name = format::currency_name(lang, code);
    format!("{code} · {name} · {}", (text.records.digits)(digits))
}
