//! What ties a lead to others: the company and the part in its decision, the tags, and what it is found by.

use super::lead::Held;
use crate::components::{Badge, Button, Glyph, Icon, SelectSearch, Tone, name_in, tag_name};
use crate::state::field_text::read_key;
use crate::state::finder::Finder;
use crate::state::lead_desk::Edit;
use crate::text::words;
use domain::account::{BuyingRole, Choice};
use domain::contact::{Key, Strength};
use domain::id::AccountId;
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What ties a lead to others.
#[component]
pub(super) fn Ties(held: Held) -> impl IntoView {
    view! {
        <Keys held />
        {move || held.editable.get().then(|| view! { <Company held /> })}
        <Tags held />
    }
}

/// What the person is found by.
#[component]
fn Keys(held: Held) -> impl IntoView {
    let t = words();
    let (typed, wrong) = (RwSignal::new(String::new()), RwSignal::new(None));
    let keys = Memo::new(move |_| {
        let detail = held.profile.detail;
        detail.with(|detail| {
            let detail = detail.as_ref();
            detail.map(|detail| detail.keys.clone()).unwrap_or_default()
        })
    });
    let add = move || {
        let text = typed.get_untracked();
        match read_key(&text) {
            Ok(key) => {
                typed.set(String::new());
                let edit = Edit {
                    keys: vec![key],
                    ..Edit::default()
                };
                held.desk.save(held.desk.seq(), edit, move |saved| {
                    if !saved {
                        let _ = typed.try_set(text);
                    }
                });
            }
            Err(code) => wrong.set(Some(code)),
        }
    };
    let drop_key = move |key: Key| {
        let edit = Edit {
            dropped: vec![key],
            ..Edit::default()
        };
        held.desk.save(held.desk.seq(), edit, |_| ());
    };
    let line = move |(key, strength): (Key, Strength)| {
        let (kind, value) = (key.kind(), key.value().to_owned());
        let label = value.clone();
        let is_typed = matches!(key, Key::Email(_) | Key::Phone(_));
        view! {
            <div data-test="lead-key"><dt>{move || (t.get().profile.key_kind)(kind)}</dt>
                <dd class="lead-key"><span title=value.clone()>{value.clone()}</span>
                    {(strength == Strength::Claimed).then(|| view! { <Badge tone=Tone::Care text=t.line(|t| t.profile.claimed) /> })}
                    {move || (is_typed && held.editable.get()).then(|| {
                        let (key, label) = (key.clone(), label.clone());
                        view! { <button type="button" class="icon-button" aria-label=(t.get().frame.take_out)(&label) on:click=move |_| drop_key(key.clone())><Icon glyph=Glyph::Cross /></button> }
                    })}
                </dd></div>
        }
    };
    view! {
        <h3>{move || t.get().profile.contacts}</h3>
        <dl class="facts">{move || keys.get().into_iter().map(line).collect_view()}</dl>
        {move || held.editable.get().then(|| view! {
            <form class="lead-key-add" on:submit=move |event| { event.prevent_default(); add() }>
                <input class="input" type="text" autocomplete="off" data-test="key-input" aria-label=move || t.get().profile.add_contact placeholder=move || t.get().profile.contact_hint prop:value=typed
                    on:input:target=move |event| { typed.set(event.target().value()); wrong.set(None) } />
                <Button label=t.line(|t| t.profile.add) name="key-add" press=move |()| add() />
            </form>
            {move || wrong.get().map(|code| view! { <p class="field-note is-bad" role="alert">{(t.get().profile.why)(code)}</p> })}
        })}
    }
}

/// The company, and the part in its decision.
#[component]
fn Company(held: Held) -> impl IntoView {
    let t = words();
    let finder = Finder::new(held.desk.session);
    let account = Memo::new(move |_| {
        let detail = held.profile.detail;
        detail.with(|detail| {
            detail
                .as_ref()
                .and_then(|detail| detail.row.account.clone())
        })
    });
    let role = Memo::new(move |_| {
        let detail = held.profile.detail;
        detail.with(|detail| detail.as_ref().and_then(|detail| detail.row.role))
    });
    let options = Signal::derive(move || {
        let found = finder.companies.get().into_iter().chain(account.get());
        let named: BTreeMap<String, String> = found
            .map(|account| (account.id.to_string(), account.name))
            .collect();
        named.into_iter().collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || {
        let id = account.get().map(|account| account.id.to_string());
        id.into_iter().collect::<Vec<_>>()
    });
    let choose = move |ids: Vec<String>| {
        let id = ids.first().and_then(|id| id.parse::<AccountId>().ok());
        let edit = Edit {
            account: id.map(Choice::Is),
            ..Edit::default()
        };
        held.desk.save(held.desk.seq(), edit, |_| ());
    };
    let choose_role = move |text: String| {
        let role = BuyingRole::from_name(&text);
        let edit = Edit {
            role: Some(role.map_or(Choice::Nothing, Choice::Is)),
            ..Edit::default()
        };
        held.desk.save(held.desk.seq(), edit, |_| ());
    };
    let roles = BuyingRole::ALL.iter().map(|one| {
        let one = *one;
        view! { <option value=one.name() selected=move || role.get() == Some(one)>{move || (t.get().companies.role)(one)}</option> }
    });
    view! {
        <div class="lead-company">
            <SelectSearch label=t.line(|t| t.companies.one) name="lead-company" options chosen choose search=Callback::new(move |text: String| finder.look(&text)) />
            <label class="field"><span class="field-label">{move || t.get().profile.buying_role}</span>
                <select class="input" data-test="lead-role" on:change:target=move |event| choose_role(event.target().value())>
                    <option value="" selected=move || role.get().is_none()>{move || t.get().profile.no_role}</option>
                    {roles.collect_view()}
                </select></label>
        </div>
    }
}

/// The tags: those that people put on, and those that segments did.
#[component]
fn Tags(held: Held) -> impl IntoView {
    let t = words();
    let detail = held.profile.detail;
    let tags = Memo::new(move |_| {
        detail.with(|detail| {
            let detail = detail.as_ref();
            detail
                .map(|detail| detail.row.tags.clone())
                .unwrap_or_default()
        })
    });
    let ruled = Memo::new(move |_| {
        detail.with(|detail| {
            let detail = detail.as_ref();
            detail
                .map(|detail| detail.ruled.keys().cloned().collect::<BTreeSet<_>>())
                .unwrap_or_default()
        })
    });
    let own = move || {
        let ruled = ruled.get();
        let mut tags = tags.get();
        tags.retain(|tag| !ruled.contains(tag));
        tags
    };
    let options = Signal::derive(move || {
        let lang = t.lang();
        held.terms.schema.with(|schema| {
            let open = schema
                .tags()
                .filter(|(group, tag)| !group.retired && !tag.retired);
            open.map(|(_, tag)| (tag.id.clone(), name_in(lang, &tag.name)))
                .collect::<Vec<_>>()
        })
    });
    let chosen = Signal::derive(move || own().into_iter().collect::<Vec<_>>());
    let choose = move |ids: Vec<String>| {
        let (now, then) = (untrack(own), ids.into_iter().collect::<BTreeSet<_>>());
        let edit = Edit {
            tagged: then.difference(&now).cloned().collect(),
            untagged: now.difference(&then).cloned().collect(),
            ..Edit::default()
        };
        held.desk.save(held.desk.seq(), edit, |_| ());
    };
    let marks = move || {
        let shown = match held.editable.get() {
            true => ruled.get(),
            false => tags.get().union(&ruled.get()).cloned().collect(),
        };
        let marks = shown.into_iter().map(|id| {
            let naming = held.naming;
            view! { <Badge text=Signal::derive(move || tag_name(t, naming, &id)) /> }
        });
        marks.collect_view()
    };
    view! {
        {move || held.editable.get().then(|| view! { <SelectSearch label=t.line(|t| t.tags) name="lead-tags" options chosen choose many=true /> })}
        <p class="lead-ruled" title=move || t.get().profile.ruled_note>{marks}</p>
    }
}
