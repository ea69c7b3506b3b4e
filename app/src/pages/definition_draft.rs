//! The draft of the definition: what it would change, and the two signatures that it waits for.

use super::definition::{Held, Said};
use super::definition_changes::Changes;
use crate::components::{Badge, Button, Glyph, Icon, Look, Tone};
use crate::format;
use crate::state::toasts::Toasts;
use crate::text::words;
use domain::api::SignDefinition;
use domain::definition::{Side, Version};
use leptos::prelude::*;

/// The draft.
#[component]
pub(super) fn Draft(held: Held) -> impl IntoView {
    let sheet = held.sheet;
    let draft = Memo::new(move |_| {
        sheet.saved.with(|saved| {
            let saved = saved.as_ref()?;
            Some((saved.agreement.draft.clone()?, saved.changes.clone()))
        })
    });
    let t = words();
    let edit = move |()| held.editing.set(true);
    move || {
        draft.get().map(|(draft, changes)| {
            let number = draft.version;
            let from = draft.from;
            view! {
                <section class="panel definition-card is-draft" data-test="draft" data-version=number.to_string()>
                    <header>
                        <h2>{move || t.get().definition.draft}</h2>
                        <Badge tone=Tone::Care text=Signal::derive(move || (t.get().version)(number)) />
                        <span class="definition-from muted">{move || (t.get().definition.to_hold_from)(&format::moment(t.lang(), from))}</span>
                        {move || held.editable.get().then(|| view! { <Button label=t.line(|t| t.definition.edit) name="definition-edit" small=true key="e" press=edit /> })}
                    </header>
                    <Signing held draft=draft.clone() />
                    {match changes.is_empty() {
                        true => view! { <Said held definition=draft.definition.clone() /> }.into_any(),
                        false => view! {
                            <h3>{move || t.get().definition.changes}</h3>
                            <Changes held changes />
                            <details class="definition-whole"><summary>{move || t.get().definition.whole}</summary><Said held definition=draft.definition.clone() /></details>
                        }
                        .into_any(),
                    }}
                </section>
            }
        })
    }
}

/// The two signatures.
#[component]
fn Signing(held: Held, draft: Version) -> impl IntoView {
    let boxes = Side::ALL.map(|side| {
        let draft = draft.clone();
        view! { <Signature held draft side /> }
    });
    view! { <div class="definition-signing">{boxes}</div> }
}

#[component]
fn Signature(held: Held, draft: Version, side: Side) -> impl IntoView {
    let t = words();
    let toasts = expect_context::<Toasts>();
    let sheet = held.sheet;
    let signed = draft.signed.get(&side).cloned();
    let is_signed = signed.is_some();
    let head = Memo::new(move |_| {
        sheet
            .saved
            .with(|saved| saved.as_ref().and_then(|it| it.heads.get(&side).copied()))
    });
    let me = Memo::new(move |_| held.base.session.member().map(|member| member.id));
    let mine = Memo::new(move |_| head.get().is_some() && head.get() == me.get() && !is_signed);
    let named = move || {
        let head = head.get()?;
        held.members.with(|members| {
            let known = members.iter().find(|member| member.id == head);
            known.map(|member| member.name.clone())
        })
    };
    let version = draft.version;
    let sign = move |()| {
        let call = |key| SignDefinition {
            key,
            expected_version: version,
            side,
        };
        let what = match side {
            Side::Marketing => "sign-marketing",
            Side::Sales => "sign-sales",
        };
        sheet.change(what, call, move || {
            toasts.done(|t| t.definition.signed_now.to_owned())
        });
    };
    let body = match signed {
        Some(signature) => view! {
            <p class="definition-signed"><Icon glyph=Glyph::Check /><b>{signature.name}</b><time>{move || format::moment(t.lang(), signature.at)}</time></p>
        }
        .into_any(),
        None => view! {
            <p class="muted">{move || match (head.get(), named()) {
                (None, _) => t.get().definition.no_head.to_owned(),
                (Some(_), Some(name)) => (t.get().definition.waits_for)(&name),
                (Some(_), None) => t.get().scoring.somebody_gone.to_owned(),
            }}</p>
            {move || mine.get().then(|| view! {
                <Button label=t.line(|t| t.definition.sign) name=match side { Side::Marketing => "sign-marketing", Side::Sales => "sign-sales" } look=Look::Main disabled=sheet.busy press=sign />
            })}
        }
        .into_any(),
    };
    view! {
        <div class="definition-signature" class:is-signed=is_signed data-test="signing" data-signed=is_signed.to_string()>
            <h3>{move || (t.get().definition.side)(side)}</h3>
            {body}
        </div>
    }
}
