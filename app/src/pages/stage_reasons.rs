//! Why leads are given back, lost or refused: the lists that people choose from.

use super::stages::Held;
use crate::components::{Button, Glyph, Icon, NameFields, name_in};
use crate::text::words;
use domain::rulebook::Name;
use domain::stage::{Reason, ReasonFor};
use leptos::prelude::*;

/// The lists of reasons.
#[component]
pub(super) fn Reasons(held: Held) -> impl IntoView {
    view! { <div class="stage-reasons">{ReasonFor::ALL.map(|of| view! { <List held of /> })}</div> }
}

#[component]
fn List(held: Held, of: ReasonFor) -> impl IntoView {
    let t = words();
    let form = held.sheet.form;
    let ids = Memo::new(move |_| {
        let round = held.sheet.round.get();
        form.with(|form| {
            let reasons = form.reasons(of).iter();
            reasons
                .map(|reason| (round, reason.id.clone()))
                .collect::<Vec<_>>()
        })
    });
    let add = move |()| form.update(|form| form.add_reason(of));
    view! {
        <section class="panel" data-test=of.list()>
            <header class="rules-part-head">
                <h2>{move || (t.get().stages.reasons)(of)}</h2>
                {move || held.editable.get().then(|| view! { <Button label=t.line(|t| t.scoring.add) name="reason-add" small=true glyph=Glyph::Plus press=add /> })}
            </header>
            <p class="field-note is-bad rules-entry-wrong">{move || held.why(of.list())}</p>
            <fieldset disabled=move || !held.editable.get()>
                <ul><For each=move || ids.get() key=Clone::clone let((_, id))><Line held of id /></For></ul>
            </fieldset>
        </section>
    }
}

#[component]
fn Line(held: Held, of: ReasonFor, id: String) -> impl IntoView {
    let t = words();
    let form = held.sheet.form;
    let own = StoredValue::new(id);
    let is_new = untrack(|| {
        !held.was_saved(|ladder| {
            own.with_value(|own| ladder.reasons(of).iter().any(|it| it.id == *own))
        })
    });
    let at = Memo::new(move |_| {
        form.with(|form| own.with_value(|own| form.reasons(of).iter().position(|it| it.id == *own)))
    });
    let reason = move || form.with(|form| form.reasons(of).get(at.get()?).cloned());
    let edit = move |edit: &dyn Fn(&mut Reason)| {
        let at = at.get_untracked();
        form.update(|form| {
            let reasons = form.reasons_mut(of);
            if let Some(reason) = reasons
                .zip(at)
                .and_then(|(reasons, at)| reasons.get_mut(at))
            {
                edit(reason);
            }
        });
    };
    let retired = Memo::new(move |_| reason().is_some_and(|reason| reason.retired));
    let wrong =
        move |field: &'static str| held.why(&format!("{}[{}].{field}", of.list(), at.get()?));
    let in_use = move || own.with_value(|own| held.why(&of.path(own)));
    let count = move || own.with_value(|own| held.reasoned(of, own));
    let name = Signal::derive(move || reason().map(|reason| reason.name).unwrap_or_default());
    let remove = move |_| {
        form.update(|form| {
            if let Some(reasons) = form.reasons_mut(of) {
                own.with_value(|own| reasons.retain(|it| it.id != *own));
            }
        });
    };
    let retire = move |_| {
        edit(&|reason| {
            reason.retired = !reason.retired;
            reason.moves_to = None;
        });
    };
    let becomes = move |to: Option<String>| edit(&|reason| reason.moves_to.clone_from(&to));
    view! {
        <li class="stage-reason" class:is-retired=retired data-test="reason">
            <NameFields name="reason" value=name change=move |name: Name| edit(&|reason| reason.name = name.clone()) wrong />
            {match is_new {
                true => view! { <button type="button" class="icon-button" title=move || t.get().scoring.remove aria-label=move || t.get().scoring.remove on:click=remove data-test="reason-remove"><Icon glyph=Glyph::Cross /></button> }.into_any(),
                false => view! { <button type="button" class="button is-small is-quiet" on:click=retire data-test="reason-retire">{move || if retired.get() { t.get().stages.use_again } else { t.get().stages.retire }}</button> }.into_any(),
            }}
            {move || (retired.get() && count() > 0).then(|| view! { <Becomes held of own choose=becomes /> })}
            <p class="field-note is-bad rules-entry-wrong">{in_use}</p>
        </li>
    }
}

/// Which reason takes the place of one that is used no more.
#[component]
fn Becomes(
    held: Held,
    of: ReasonFor,
    own: StoredValue<String>,
    #[prop(into)] choose: Callback<Option<String>>,
) -> impl IntoView {
    let t = words();
    let form = held.sheet.form;
    let to = Memo::new(move |_| {
        form.with(|form| {
            let mut reasons = form.reasons(of).iter();
            let reason = reasons.find(|it| own.with_value(|own| it.id == *own))?;
            reason.moves_to.clone()
        })
    });
    let heirs = move || {
        let options = form.with(|form| {
            let others = form.reasons(of).iter();
            let others = others.filter(|it| !it.retired && own.with_value(|own| it.id != *own));
            let named = others.map(|it| (it.id.clone(), name_in(t.lang(), &it.name)));
            named.collect::<Vec<_>>()
        });
        let options = options.into_iter().map(|(id, name)| {
            let own = id.clone();
            view! { <option value=id selected=move || to.with(|to| to.as_ref() == Some(&own))>{name}</option> }
        });
        options.collect_view()
    };
    let take = move |id: String| choose.run(Some(id).filter(|id| !id.is_empty()));
    view! {
        <label class="field">
            <span class="field-label">{move || t.get().stages.becomes}</span>
            <select class="input" data-test="reason-moves-to" on:change:target=move |event| take(event.target().value())>
                <option value="" selected=move || to.with(Option::is_none)>{move || t.get().segments.choose}</option>
                {heirs}
            </select>
        </label>
    }
}
