//! What only a person can tell: who may be one person, whose a contact is, of which company somebody is. One after the other,
//! with the reason and what would come of it.

use super::address;
use super::failure::{FailureNotice, sentence};
use super::lead_merge::said;
use super::merge_table::MergeTable;
use crate::api::Failure;
use crate::components::{
    Avatar, Badge, Button, EmptyState, Glyph, Look, Naming, Notice, Skeleton, Tone,
};
use crate::format;
use crate::state::base::Base;
use crate::state::clock::Clock;
use crate::state::lead_terms::LeadTerms;
use crate::state::suggestions::SuggestionsState;
use crate::state::toasts::Toasts;
use crate::text::{Text, words};
use domain::api::{Role, SuggestionRow};
use domain::id::Ms;
use domain::lead::LeadRow;
use domain::suggestion::{Suggested, Why};
use leptos::prelude::*;

/// What the screen has at hand.
#[derive(Clone, Copy)]
struct Held {
    state: SuggestionsState,
    naming: Naming,
    now: Signal<Ms>,
    editable: Signal<bool>,
}

/// What only a person can tell.
#[component]
pub(super) fn SuggestionsPage() -> impl IntoView {
    let t = words();
    let base = expect_context::<Base>();
    let toasts = expect_context::<Toasts>();
    let told = Callback::new(move |failed: Failure| toasts.failed(move |text| said(text, &failed)));
    let state = SuggestionsState::open(base.session, toasts, told);
    let terms = LeadTerms::read(base.session);
    let held = Held {
        state,
        naming: Naming {
            ladder: terms.ladder.into(),
            members: terms.members.into(),
            schema: terms.schema.into(),
            segments: terms.segments.into(),
        },
        now: expect_context::<Clock>().signal(),
        editable: Signal::derive(move || base.session.may(Role::Sdr)),
    };
    address::keep(
        "at",
        move || state.chosen.get(),
        move |id| state.chosen.set(id),
        |id| id.map(|id| id.to_string()),
        |text| text.parse().ok().map(Some),
    );
    Effect::new(move |_| {
        document().set_title(&format!(
            "{} · {}",
            t.get().suggestions.title,
            t.get().product
        ))
    });
    let count = move || {
        let known = state.rows.with(Option::is_some);
        known.then(|| format::number(t.lang(), state.total.get()))
    };
    let is_empty = Memo::new(move |_| state.rows.with(|rows| rows.as_ref().map(Vec::is_empty)));
    let body = move || {
        match is_empty.get() {
        None if state.failure.with(Option::is_some) => ().into_any(),
        None => view! { <Skeleton lines=8 /> }.into_any(),
        Some(true) => view! {
            <EmptyState title=t.line(|t| t.suggestions.none) text=t.line(|t| t.suggestions.none_text)>
                <a class="button" href="/leads">{move || t.get().to_leads}</a>
            </EmptyState>
        }
        .into_any(),
        Some(false) => view! { <Both held /> }.into_any(),
    }
    };
    view! {
        <div class="page-head">
            <h1>{move || t.get().suggestions.title}<span class="count" data-test="suggestion-count">{count}</span></h1>
            <p class="page-note">{move || t.get().suggestions.note}</p>
        </div>
        {move || state.failure.get().map(|failure| view! { <FailureNotice failure again=move |()| state.load() /> })}
        {body}
    }
}

/// The list, and the one that is looked at.
#[component]
fn Both(held: Held) -> impl IntoView {
    let t = words();
    let state = held.state;
    let rows = move || state.rows.get().unwrap_or_default();
    let at_hand = Memo::new(move |_| state.at_hand());
    let chosen = Memo::new(move |_| at_hand.with(|row| row.as_ref().map(|row| row.id)));
    // Where somebody walks through the list, the next one is gone to.
    Effect::new(move |before: Option<Option<uuid::Uuid>>| {
        let now = chosen.get();
        if before.is_some_and(|before| before != now)
            && let Some(id) = now
        {
            request_animation_frame(move || go_to(&id.to_string()));
        }
        now
    });
    let more = move || state.next.with(Option::is_some);
    view! {
        <div class="suggestions" data-test="suggestions">
            <ul class="suggestion-list">
                <For each=rows key=|row| row.id let(row)>
                    <Line row state chosen=chosen.into() />
                </For>
                {move || more().then(|| view! { <li><button type="button" class="button is-small" on:click=move |_| state.more()>{move || t.get().load_more}</button></li> })}
            </ul>
            <div class="suggestion-pane panel">
                {move || at_hand.get().map(|row| view! { <Pane row held /> })}
            </div>
        </div>
    }
}

/// Goes to a row of the list, unless something is typed elsewhere.
fn go_to(id: &str) {
    use wasm_bindgen::JsCast;
    let found = document()
        .query_selector(&format!(".suggestion-row[data-id='{id}']"))
        .ok()
        .flatten();
    if let Some(found) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        // What cannot be focused leaves the focus where it is.
        let _ = found.focus();
    }
}

#[component]
fn Line(
    row: SuggestionRow,
    state: SuggestionsState,
    chosen: Signal<Option<uuid::Uuid>>,
) -> impl IntoView {
    let t = words();
    let id = row.id;
    let names = row.leads.iter().map(|lead| lead.label().to_owned());
    let names = names.collect::<Vec<_>>();
    let (what, why) = (row.suggestion.what, row.suggestion.why);
    let kind = move || kind_of(t.get(), &what);
    view! {
        <li>
            <button type="button" class="suggestion-row" data-step="" data-test="suggestion" data-id=id.to_string() aria-current=move || (chosen.get() == Some(id)).then_some("true")
                on:focus=move |_| state.chosen.set(Some(id)) on:click=move |_| state.chosen.set(Some(id))>
                <b>{names.join(" · ")}</b>
                <span>{kind}</span>
                <span class="muted">{move || (t.get().suggestions.why)(&why)}</span>
            </button>
        </li>
    }
}

fn kind_of(text: &'static Text, what: &Suggested) -> &'static str {
    match what {
        Suggested::SamePerson(..) => text.today.same_person,
        Suggested::OwnKey(..) => text.today.own_key,
        Suggested::Member(..) => text.today.member,
    }
}

#[component]
fn Pane(row: SuggestionRow, held: Held) -> impl IntoView {
    let t = words();
    let state = held.state;
    let (what, why, id) = (
        row.suggestion.what.clone(),
        row.suggestion.why.clone(),
        row.id,
    );
    let is_pair = matches!(what, Suggested::SamePerson(..));
    if is_pair && let Some((one, other)) = in_order(&row.leads) {
        state.merge.look(one, other);
    }
    let named = what.clone();
    let title = move || kind_of(t.get(), &named);
    let made_at = row.suggestion.at;
    let accepted = StoredValue::new(row.clone());
    let accept = move |()| accepted.with_value(|row| state.accept(row));
    let swap = move |()| {
        if let Some((one, other)) = state.merge.pair.get_untracked() {
            state.merge.look(other, one);
        }
    };
    let ready = move || !state.busy.get() && (!is_pair || state.merge.found.with(Option::is_some));
    view! {
        <header>
            <div><h2 data-test="suggestion-title">{title}</h2>
                <p class="suggestion-why"><Reason why /><span class="muted">{move || format::moment(t.lang(), made_at)}</span></p></div>
            {move || held.editable.get().then(|| view! {
                <div class="suggestion-deeds">
                    {is_pair.then(|| view! { <Button label=t.line(|t| t.suggestions.swap) name="suggestion-swap" look=Look::Quiet key="s" press=swap /> })}
                    <Button label=t.line(|t| t.today.dismiss) name="suggestion-dismiss" key="d" press=move |()| state.dismiss(id) />
                    <Button label=Signal::derive(move || if is_pair { t.get().profile.merge_now } else { t.get().suggestions.accept }.to_owned()) name="suggestion-accept" look=Look::Main key="m"
                        disabled=Signal::derive(move || !ready()) press=accept />
                </div>
            })}
        </header>
        {match is_pair {
            true => view! { <Pair held /> }.into_any(),
            false => view! { <Single what leads=row.leads.clone() /> }.into_any(),
        }}
        <ul class="suggestion-whom">{row.leads.into_iter().map(|lead| view! { <Whom lead /> }).collect_view()}</ul>
    }
}

#[component]
fn Reason(why: Why) -> impl IntoView {
    let t = words();
    view! { <Badge text=Signal::derive(move || (t.get().suggestions.why)(&why).to_owned()) /> }
}

/// Who would stay, and who would be merged into it: the older record stays, unless somebody says otherwise.
fn in_order(leads: &[LeadRow]) -> Option<(domain::id::LeadId, domain::id::LeadId)> {
    let mut leads: Vec<&LeadRow> = leads.iter().collect();
    leads.sort_by_key(|lead| (lead.created_at, lead.id));
    Some((leads.first()?.id, leads.get(1)?.id))
}

/// Two records and what would come of them.
#[component]
fn Pair(held: Held) -> impl IntoView {
    let t = words();
    let merge = held.state.merge;
    move || {
        if let Some(failure) = merge.failure.get() {
            let text = move || sentence(t.get(), &failure);
            return view! { <Notice tone=Tone::Bad text=Signal::derive(text) /> }.into_any();
        }
        match merge.found.get() {
            Some(found) => {
                view! { <MergeTable found naming=held.naming now=held.now /> }.into_any()
            }
            None => view! { <Skeleton lines=5 /> }.into_any(),
        }
    }
}

/// A key or a company that may be somebody's.
#[component]
fn Single(what: Suggested, leads: Vec<LeadRow>) -> impl IntoView {
    let t = words();
    let account = match &what {
        Suggested::Member(_, account) => Some(account.to_string()),
        Suggested::SamePerson(..) | Suggested::OwnKey(..) => None,
    };
    let company = leads.first().and_then(|lead| lead.company.clone());
    let key = match what {
        Suggested::OwnKey(_, key) => Some((key.kind(), key.value().to_owned())),
        Suggested::SamePerson(..) | Suggested::Member(..) => None,
    };
    view! {
        <dl class="facts">
            {key.map(|(kind, value)| view! { <div><dt>{move || (t.get().profile.key_kind)(kind)}</dt><dd>{value}</dd></div> })}
            {account.map(|account| view! { <div><dt>{move || t.get().companies.one}</dt><dd><a href=format!("/companies/{account}")>{move || company.clone().unwrap_or_else(|| t.get().companies.one.to_owned())}</a></dd></div> })}
        </dl>
    }
}

#[component]
fn Whom(lead: LeadRow) -> impl IntoView {
    let company = lead.company.clone();
    view! {
        <li><a href=format!("/leads/{}", lead.id)>
            <Avatar name=lead.label().to_owned() small=true />
            <b>{lead.label().to_owned()}</b>{company.map(|company| view! { <span class="muted">{company}</span> })}
            <crate::components::Icon glyph=Glyph::Out />
        </a></li>
    }
}
