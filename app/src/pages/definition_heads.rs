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
    let toasts = expect_context::<Toasts>();
    let sheet = held.sheet;
    let owner = Signal::derive(move || held.base.session.may(Role::Owner));
    let head = move |side: Side| {
        sheet
            .saved
            .with(|saved| saved.as_ref().and_then(|it| it.heads.get(&side).copied()))
    };
    let name_of = move |id: UserId| {
        held.members.with(|members| {
            let known = members.iter().find(|member| member.id == id);
            known.map(|member| member.name.clone())
        })
    };
    let changing = RwSignal::new(false);
    let chosen = [Side::Marketing, Side::Sales].map(|side| {
        let chosen = RwSignal::new(Vec::<String>::new());
        Effect::new(move |_| {
            let named = head(side).map(|id| id.to_string());
            chosen.set(named.into_iter().collect());
        });
        chosen
    });
    let [marketing, sales] = chosen;
    let options = Signal::derive(move || {
        held.members.with(|members| {
            let may = members.iter().filter(|member| member.role.may(Role::Sales));
            may.map(|member| {
                (
                    member.id.to_string(),
                    format!("{} · {}", member.name, member.email),
                )
            })
            .collect::<Vec<_>>()
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
            changing.set(false);
            toasts.done(|t| t.definition.heads_named.to_owned());
        });
    };
    let shown = move |side: Side| {
        let name = move || match head(side) {
            None => t.get().definition.nobody_yet.to_owned(),
            Some(id) => name_of(id).unwrap_or_else(|| t.get().scoring.somebody_gone.to_owned()),
        };
        view! { <div><dt>{move || (t.get().definition.side)(side)}</dt><dd data-test="head">{name}</dd></div> }
    };
    view! {
        <section class="panel definition-heads" data-test="heads">
            <h2>{move || t.get().definition.heads}</h2>
            {move || match changing.get() {
                false => view! {
                    <dl class="facts">{shown(Side::Marketing)}{shown(Side::Sales)}</dl>
                    {move || match owner.get() {
                        true => view! { <div><Button label=t.line(|t| t.definition.name_heads) name="heads-change" small=true press=move |()| changing.set(true) /></div> }.into_any(),
                        false => view! { <p class="muted">{t.get().definition.owner_names}</p> }.into_any(),
                    }}
                }
                .into_any(),
                true => view! {
                    <SelectSearch label=Signal::derive(move || (t.get().definition.side)(Side::Marketing).to_owned()) name="head-marketing" options chosen=marketing choose=move |ids| marketing.set(ids) hint=t.line(|t| t.segments.choose) />
                    <SelectSearch label=Signal::derive(move || (t.get().definition.side)(Side::Sales).to_owned()) name="head-sales" options chosen=sales choose=move |ids| sales.set(ids) hint=t.line(|t| t.segments.choose) />
                    <div class="definition-heads-do">
                        <Button label=t.line(|t| t.frame.save) name="heads-save" small=true disabled=Signal::derive(move || both.get().is_none() || sheet.busy.get()) press=save />
                        <Button label=t.line(|t| t.frame.cancel) name="heads-cancel" small=true press=move |()| changing.set(false) />
                    </div>
                }
                .into_any(),
            }}
        </section>
    }
}
