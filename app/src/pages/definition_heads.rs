//! Who signs the definition: the heads of both sides, named by the owner.

use super::definition::Held;
use crate::components::{Button, SelectSearch};
use crate::state::toasts::Toasts;
use crate::text::words;
use domain::api::{NameHeads, Role};
use domain::definition::Side;
use domain::id::UserId;
use leptos::prelude::*;

/// Who signs.
#[component]
pub(super) fn Heads(held: Held) -> impl IntoView {
    let t = words();
    let owner = Signal::derive(move || held.base.session.may(Role::Owner));
    let changing = RwSignal::new(false);
    let shown = move |side: Side| {
        let name = move || match head(held, side) {
            None => t.get().definition.nobody_yet.to_owned(),
            Some(id) => {
                let known = held.members.with(|members| {
                    let known = members.iter().find(|member| member.id == id);
                    known.map(|member| member.name.clone())
                });
                known.unwrap_or_else(|| t.get().scoring.somebody_gone.to_owned())
            }
        };
        view! { <div><dt>{move || (t.get().definition.side)(side)}</dt><dd data-test="head">{name}</dd></div> }
    };
    view! {
        <section class="panel definition-heads" data-test="heads">
            <h2>{move || t.get().definition.heads}</h2>
            {move || match changing.get() {
                true => view! { <Naming held close=move |()| changing.set(false) /> }.into_any(),
                false => view! {
                    <dl class="facts">{shown(Side::Marketing)}{shown(Side::Sales)}</dl>
                    {move || match owner.get() {
                        true => view! { <div><Button label=t.line(|t| t.definition.name_heads) name="heads-change" small=true press=move |()| changing.set(true) /></div> }.into_any(),
                        false => view! { <p class="muted">{t.get().definition.owner_names}</p> }.into_any(),
                    }}
                }
                .into_any(),
            }}
        </section>
    }
}

/// Who is named for a side.
fn head(held: Held, side: Side) -> Option<UserId> {
    let saved = held.sheet.saved;
    saved.with(|saved| saved.as_ref().and_then(|it| it.heads.get(&side).copied()))
}

/// Others are named.
#[component]
fn Naming(held: Held, #[prop(into)] close: Callback<()>) -> impl IntoView {
    let t = words();
    let toasts = expect_context::<Toasts>();
    let sheet = held.sheet;
    let [marketing, sales] = Side::ALL.map(|side| {
        let named = untrack(|| head(held, side)).map(|id| id.to_string());
        RwSignal::new(named.into_iter().collect::<Vec<String>>())
    });
    let options = Signal::derive(move || {
        held.members.with(|members| {
            let may = members.iter().filter(|member| member.role.may(Role::Sales));
            let named = may.map(|member| {
                let name = format!("{} · {}", member.name, member.email);
                (member.id.to_string(), name)
            });
            named.collect::<Vec<_>>()
        })
    });
    let both = Memo::new(move |_| {
        let one = |chosen: RwSignal<Vec<String>>| {
            chosen.with(|ids| ids.first().and_then(|id| id.parse::<UserId>().ok()))
        };
        one(marketing).zip(one(sales))
    });
    let save = move |()| {
        let Some((marketing, sales)) = both.get_untracked() else {
            return;
        };
        let call = |key| NameHeads {
            key,
            marketing,
            sales,
        };
        sheet.change("heads", call, move || {
            close.run(());
            toasts.done(|t| t.definition.heads_named.to_owned());
        });
    };
    let label = move |side| Signal::derive(move || (t.get().definition.side)(side).to_owned());
    view! {
        <SelectSearch label=label(Side::Marketing) name="head-marketing" options chosen=marketing choose=move |ids| marketing.set(ids) hint=t.line(|t| t.segments.choose) />
        <SelectSearch label=label(Side::Sales) name="head-sales" options chosen=sales choose=move |ids| sales.set(ids) hint=t.line(|t| t.segments.choose) />
        <div class="definition-heads-do">
            <Button label=t.line(|t| t.frame.save) name="heads-save" small=true disabled=Signal::derive(move || both.get().is_none() || sheet.busy.get()) press=save />
            <Button label=t.line(|t| t.frame.cancel) name="heads-cancel" small=true press=close />
        </div>
    }
}
