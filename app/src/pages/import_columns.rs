//! What becomes of each column of a file, and what a person is asked of it.

use crate::components::{Badge, Tone, name_in};
use crate::state::import_desk::ImportDesk;
use crate::state::import_target::{
    aim, read, read_order, targets, with_column, write, write_order,
};
use crate::text::{Words, words};
use domain::import::{Column, Plan, Question, QuestionKind, Sureness, Target};
use domain::profile::{FieldId, Kind};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// What becomes of each column.
#[component]
pub(super) fn ColumnsPanel(desk: ImportDesk) -> impl IntoView {
    let t = words();
    let count = Memo::new(move |_| {
        desk.plan
            .with(|plan| plan.as_ref().map_or(0, |plan| plan.columns.len()))
    });
    let rows = move || {
        (0..count.get())
            .map(|at| view! { <Line desk at /> })
            .collect_view()
    };
    let open = move || {
        let asked = desk
            .questions
            .with(|all| all.iter().filter(|question| question.kind.must()).count());
        (asked > 0).then(|| view! { <Badge tone=Tone::Bad text=Signal::derive(move || (t.get().import.to_answer)(asked)) /> })
    };
    view! {
        <section class="panel import-columns" data-test="import-columns">
            <header><h2>{move || t.get().import.columns}</h2>{open}</header>
            <div class="import-scroll"><table class="plain-table">
                <thead><tr><th scope="col">{move || t.get().import.column}</th><th scope="col">{move || t.get().import.examples}</th><th scope="col">{move || t.get().import.becomes}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
        </section>
    }
}

fn change(desk: ImportDesk, at: usize, with: impl FnOnce(&mut Column)) {
    if let Some(plan) = desk.plan.get_untracked() {
        desk.replan(with_column(&plan, at, with));
    }
}

/// What a target is called.
pub(super) fn target_name(t: Words, desk: ImportDesk, target: &Target) -> String {
    match target {
        Target::Field(FieldId::Standard(field)) => (t.get().field)(*field).to_owned(),
        Target::Field(FieldId::Custom(id)) => desk.schema.with(|schema| {
            let known = schema.definition(id);
            known.map_or_else(|| id.clone(), |field| name_in(t.lang(), &field.name))
        }),
        other => (t.get().import.target)(other).to_owned(),
    }
}

#[component]
fn Line(desk: ImportDesk, at: usize) -> impl IntoView {
    let t = words();
    let column = Memo::new(move |_| {
        desk.plan
            .with(|plan| plan.as_ref().and_then(|plan| plan.columns.get(at).cloned()))
    });
    let examples = Memo::new(move |_| {
        desk.opened.with(|opened| {
            let seen = opened.as_ref()?.survey.columns.get(at)?;
            Some(seen.examples.join(" · "))
        })
    });
    let questions = Memo::new(move |_| {
        desk.questions.with(|all| {
            let own = all
                .iter()
                .filter(|question| usize::try_from(question.column) == Ok(at));
            own.cloned().collect::<Vec<Question>>()
        })
    });
    let options = move || {
        let chosen = column.get().map(|column| column.target);
        let all = desk.schema.with(targets).into_iter();
        let options = all.map(|target| {
            let own = chosen.as_ref() == Some(&target);
            view! { <option value=write(&target) selected=own>{target_name(t, desk, &target)}</option> }
        });
        options.collect_view()
    };
    let name = move || {
        let name = column.get().map(|column| column.name).unwrap_or_default();
        match name.is_empty() {
            true => (t.get().import.nth_column)(at.saturating_add(1)),
            false => name,
        }
    };
    let unsure = move || {
        let sure = column.get().map(|column| column.sure);
        matches!(sure, Some(Sureness::Guessed | Sureness::Likely))
            .then(|| view! { <Badge tone=Tone::Care text=t.line(|t| t.import.guessed) /> })
    };
    let asks = move || {
        let all = questions.get().into_iter();
        all.map(|question| view! { <Ask desk at kind=question.kind /> })
            .collect_view()
    };
    view! {
        <tr data-test="import-column" data-name=move || column.get().map(|column| column.name)>
            <th scope="row">{name}</th>
            <td class="import-examples" title=examples>{examples}</td>
            <td class="import-target">
                <select class="input" aria-label=name data-test="import-target" on:change:target=move |event| {
                    if let Some(target) = read(&event.target().value()) {
                        change(desk, at, move |column| aim(column, target));
                    }
                }>{options}</select>
                {unsure}
                {asks}
            </td>
        </tr>
    }
}

/// Something a person should say of a column.
#[component]
fn Ask(desk: ImportDesk, at: usize, kind: QuestionKind) -> impl IntoView {
    let t = words();
    let must = kind.must();
    let asked = kind.clone();
    let text = move || (t.get().import.ask)(&asked);
    let answer = match kind {
        QuestionKind::DateOrder { .. } => view! { <Order desk at /> }.into_any(),
        QuestionKind::Country { .. } => view! { <Country desk at /> }.into_any(),
        QuestionKind::Options { texts } => view! { <Options desk at texts /> }.into_any(),
        QuestionKind::System => view! { <System desk /> }.into_any(),
        QuestionKind::Twice { .. }
        | QuestionKind::SameTarget { .. }
        | QuestionKind::Unmatched { .. } => ().into_any(),
    };
    view! { <div class="import-ask" class:is-must=must data-test="import-ask"><p>{text}</p>{answer}</div> }
}

#[component]
fn Order(desk: ImportDesk, at: usize) -> impl IntoView {
    let t = words();
    let chosen = move || {
        let order = desk.plan.with(|plan| {
            let plan = plan.as_ref()?;
            plan.columns.get(at)?.dates
        });
        write_order(order)
    };
    let option = move |value: &'static str, word: crate::text::Word| {
        view! { <option value=value selected=move || chosen() == value>{move || word(t.get())}</option> }
    };
    view! {
        <select class="input" data-test="import-order" aria-label=move || t.get().import.date_order on:change:target=move |event| {
            let order = read_order(&event.target().value());
            change(desk, at, move |column| column.dates = order);
        }>
            {option("", |t| t.import.not_said)}{option("day", |t| t.import.day_first)}{option("month", |t| t.import.month_first)}
        </select>
    }
}

#[component]
fn Country(desk: ImportDesk, at: usize) -> impl IntoView {
    let t = words();
    let of = move |plan: &Plan| {
        let own = plan
            .columns
            .get(at)
            .and_then(|column| column.country.clone());
        own.unwrap_or_else(|| plan.country.clone())
    };
    let chosen = move || {
        desk.plan
            .with(|plan| plan.as_ref().map(of))
            .unwrap_or_default()
    };
    let mut all: Vec<String> = domain::contact::Country::all()
        .map(|country| country.to_string())
        .collect();
    all.sort_unstable();
    let options = all.into_iter().map(|code| {
        let own = code.clone();
        view! { <option value=code.clone() selected=move || chosen() == own>{code.clone()}</option> }
    });
    view! {
        <select class="input" data-test="import-country" aria-label=move || t.get().import.phone_country on:change:target=move |event| {
            let country = Some(event.target().value());
            change(desk, at, move |column| column.country = country);
        }>{options.collect_view()}</select>
    }
}

/// Which option each text means.
#[component]
fn Options(desk: ImportDesk, at: usize, texts: BTreeMap<String, u32>) -> impl IntoView {
    let t = words();
    let options = move || {
        let target = desk.plan.with(|plan| {
            let plan = plan.as_ref()?;
            Some(plan.columns.get(at)?.target.clone())
        });
        let Some(Target::Field(field)) = target else {
            return Vec::new();
        };
        desk.schema.with(|schema| {
            let all = schema.kind(&field).map(Kind::options).unwrap_or_default();
            let open = all.iter().filter(|option| !option.retired);
            open.map(|option| (option.id.clone(), name_in(t.lang(), &option.name)))
                .collect::<Vec<_>>()
        })
    };
    let lines = texts.into_iter().map(|(text, count)| {
        let own = text.clone();
        let choose = move |id: String| {
            let text = own.clone();
            let option = (!id.is_empty()).then_some(id);
            change(desk, at, move |column| {
                column.options.insert(text, option);
            });
        };
        let choices = move || {
            let all = options().into_iter();
            all.map(|(id, name)| view! { <option value=id>{name}</option> })
                .collect_view()
        };
        let label = text.clone();
        view! {
            <li><span>{text}<span class="muted">{format!(" × {count}")}</span></span>
                <select class="input" data-test="import-option" aria-label=label on:change:target=move |event| choose(event.target().value())>
                    <option value="">{move || t.get().import.leave_empty}</option>{choices}</select></li>
        }
    });
    view! { <ul class="import-options">{lines.collect_view()}</ul> }
}

/// What the system is called whose ids the file has.
#[component]
fn System(desk: ImportDesk) -> impl IntoView {
    let t = words();
    let value = move || {
        desk.plan
            .with(|plan| plan.as_ref().map(|plan| plan.system.clone()))
    };
    let set = move |system: String| {
        if let Some(plan) = desk.plan.get_untracked() {
            desk.replan(Plan { system, ..plan });
        }
    };
    view! {
        <input class="input" type="text" autocomplete="off" data-test="import-system" aria-label=move || t.get().import.system placeholder="crm" prop:value=value
            on:change:target=move |event| set(event.target().value().trim().to_lowercase()) />
    }
}
