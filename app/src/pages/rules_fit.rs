//! How well people fit: the grades with their bounds, the matrix beside the score, what is asked of a profile.

use super::rules::Held;
use super::rules_exclusions::Exclusions;
use crate::components::{Button, Glyph, Icon, LoneCondition, TextLine};
use crate::state::condition_form::Ask;
use crate::state::ids;
use crate::state::rest_form::{CriterionForm, GradingForm};
use crate::text::words;
use domain::grade::{Grade, Grading};
use domain::persona;
use domain::segment::Condition;
use leptos::prelude::*;

/// How well people fit.
#[component]
pub(super) fn Fit(held: Held) -> impl IntoView {
    let t = words();
    let (desk, editable) = (held.desk, held.editable);
    let on = Memo::new(move |_| desk.rest.with(|rest| rest.grading.is_some()));
    let switch = move |on: bool| {
        desk.rest.update(|rest| {
            rest.grading = on.then(|| GradingForm::of(&Grading::default()));
        });
    };
    view! {
        <section class="panel rules-part" data-test="grading">
            <fieldset class="rules-part-list" disabled=move || !editable.get()>
                <label class="toggle">
                    <input type="checkbox" data-test="grading-on" prop:checked=on on:change:target=move |event| switch(event.target().checked()) />
                    <span class="toggle-label">{move || t.get().scoring.grading}</span>
                    <span class="toggle-note">{move || t.get().scoring.grading_note}</span>
                </label>
                <Show when=move || on.get()><Numbers held /><Matrix held /></Show>
            </fieldset>
        </section>
        <Show when=move || on.get()><Criteria held /><Exclusions held /></Show>
    }
}

/// Changes the grading on the desk.
pub(super) fn edit_grading(held: Held, edit: impl FnOnce(&mut GradingForm)) {
    held.desk.rest.update(|rest| {
        if let Some(grading) = &mut rest.grading {
            edit(grading);
        }
    });
}

/// A part of the grading on the desk.
pub(super) fn of_grading<T: Default>(held: Held, read: impl FnOnce(&GradingForm) -> T) -> T {
    held.desk
        .rest
        .with(|rest| rest.grading.as_ref().map(read).unwrap_or_default())
}

/// From where on each grade and each band begins.
#[component]
fn Numbers(held: Held) -> impl IntoView {
    let t = words();
    let wrong = move |field: &'static str| {
        Signal::derive(move || held.desk.why(field).map(|why| (t.get().why_wrong)(why)))
    };
    let (bounds_wrong, bands_wrong) = (wrong("grading.bounds"), wrong("grading.bands"));
    let bound = move |place: usize, grade: Grade| {
        let value = Signal::derive(move || {
            of_grading(held, |it| it.bounds.get(place).cloned().unwrap_or_default())
        });
        let change = move |text: String| {
            edit_grading(held, |it| {
                if let Some(bound) = it.bounds.get_mut(place) {
                    *bound = text;
                }
            });
        };
        let label = Signal::derive(move || (t.get().scoring.grade_from)(grade.letter()));
        view! { <TextLine label name=format!("bound-{}", grade.name()) number=true value change /> }
    };
    let band = move |place: usize, number: u8| {
        let value = Signal::derive(move || {
            of_grading(held, |it| it.bands.get(place).cloned().unwrap_or_default())
        });
        let change = move |text: String| {
            edit_grading(held, |it| {
                if let Some(band) = it.bands.get_mut(place) {
                    *band = text;
                }
            });
        };
        let label = Signal::derive(move || (t.get().scoring.band_from)(number));
        view! { <TextLine label name=format!("band-{number}") number=true value change /> }
    };
    let known = Signal::derive(move || of_grading(held, |it| it.known.clone()));
    view! {
        <div class="rules-entry-fields is-numbers">
            {bound(0, Grade::A)}{bound(1, Grade::B)}{bound(2, Grade::C)}
            <TextLine label=t.line(|t| t.scoring.known_from) name="known-percent" number=true value=known wrong=wrong("grading.known_percent")
                change=move |text| edit_grading(held, |it| it.known = text) />
        </div>
        <p class="field-note is-bad rules-entry-wrong">{bounds_wrong}</p>
        <div class="rules-entry-fields is-numbers">{band(0, 1)}{band(1, 2)}{band(2, 3)}</div>
        <p class="field-note is-bad rules-entry-wrong">{bands_wrong}</p>
    }
}

/// The matrix: the grades down, the bands across, those above the line marked.
#[component]
fn Matrix(held: Held) -> impl IntoView {
    let t = words();
    let desk = held.desk;
    let bands = Memo::new(move |_| {
        desk.read.with(|(rulebook, _)| {
            let grading = rulebook.grading.as_ref();
            grading.map(|grading| (grading.bands, rulebook.mql_score))
        })
    });
    let columns = move || {
        let (bands, line) = bands.get()?;
        let mut above = 101_i32;
        let mut columns = Vec::new();
        for (number, from) in (1_u8..).zip(bands.into_iter().chain([0])) {
            let to = above.saturating_sub(1);
            columns.push((number, from, to, from >= line));
            above = from;
        }
        Some(columns)
    };
    let head = move || {
        let columns = columns()?.into_iter();
        let head = columns.map(|(number, from, to, _)| {
            view! { <th scope="col">{number}<span>{format!("{from}–{to}")}</span></th> }
        });
        Some(head.collect_view())
    };
    let row = move |grade: Option<Grade>| {
        let letter = grade.map_or('–', Grade::letter);
        let cells = move || {
            let columns = columns()?.into_iter();
            let cells = columns.map(|(number, _, _, qualified)| {
                view! { <td class:is-above=qualified>{format!("{letter}{number}")}</td> }
            });
            Some(cells.collect_view())
        };
        view! { <tr data-grade=letter.to_string()><th scope="row">{letter.to_string()}</th>{cells}</tr> }
    };
    let grades = Grade::ALL.into_iter().map(Some).chain([None]);
    view! {
        <table class="grade-matrix" data-test="matrix">
            <caption>{move || t.get().scoring.matrix_note}</caption>
            <thead><tr><td></td>{head}</tr></thead>
            <tbody>{grades.map(row).collect_view()}</tbody>
        </table>
    }
}

/// What is asked of a profile.
#[component]
fn Criteria(held: Held) -> impl IntoView {
    let t = words();
    let (desk, editable) = (held.desk, held.editable);
    let keys = Memo::new(move |_| {
        let round = desk.round.get();
        of_grading(held, |it| {
            let criteria = it.criteria.iter();
            criteria
                .map(|criterion| (round, criterion.key.clone()))
                .collect::<Vec<_>>()
        })
    });
    let add = move |()| {
        edit_grading(held, |it| {
            it.criteria.push(CriterionForm {
                key: ids::fresh_rule(),
                asks: None,
                weight: "1".to_owned(),
                group: persona::Group::Company,
            });
        });
    };
    view! {
        <section class="panel rules-part" data-test="criteria">
            <header class="rules-part-head">
                <h2>{move || t.get().scoring.criteria}</h2>
                {move || editable.get().then(|| view! { <Button label=t.line(|t| t.scoring.add_criterion) name="criterion-add" small=true glyph=Glyph::Plus press=add /> })}
            </header>
            <p class="muted">{move || match keys.with(Vec::is_empty) {
                true => t.get().scoring.criteria_of_personas,
                false => t.get().scoring.criteria_note,
            }}</p>
            <fieldset class="rules-part-list" disabled=move || !editable.get()>
                <For each=move || keys.get() key=Clone::clone let((_, key))><CriterionLine held key /></For>
            </fieldset>
        </section>
    }
}

#[component]
fn CriterionLine(held: Held, key: String) -> impl IntoView {
    let t = words();
    let own = StoredValue::new(key);
    let place = Memo::new(move |_| {
        of_grading(held, |it| {
            own.with_value(|own| it.criteria.iter().position(|it| it.key == *own))
        })
    });
    let at_first = untrack(move || {
        of_grading(held, |it| {
            let criterion = place.get().and_then(|place| it.criteria.get(place));
            criterion.and_then(|criterion| criterion.asks.clone())
        })
    });
    let edit = move |edit: &dyn Fn(&mut CriterionForm)| {
        edit_grading(held, |it| {
            let place = place.get_untracked();
            if let Some(criterion) = place.and_then(|place| it.criteria.get_mut(place)) {
                edit(criterion);
            }
        });
    };
    let weight = Signal::derive(move || {
        of_grading(held, |it| {
            let criterion = place.get().and_then(|place| it.criteria.get(place));
            criterion.map(|it| it.weight.clone()).unwrap_or_default()
        })
    });
    let path = move || {
        place
            .get()
            .map(|place| format!("grading.criteria[{place}]"))
    };
    let incomplete = move || {
        let why = held.desk.why(&path()?)?;
        Some((t.get().why_wrong)(why))
    };
    let heavy = Signal::derive(move || {
        let why = held.desk.why(&format!("{}.weight", path()?))?;
        Some((t.get().why_wrong)(why))
    });
    let take = move |asks: Option<Condition>| edit(&|it| it.asks = asks.clone());
    let remove = move |_| {
        edit_grading(held, |it| {
            own.with_value(|own| it.criteria.retain(|it| it.key != *own));
        });
    };
    view! {
        <div class="rules-entry" data-test="criterion">
            <div class="rules-entry-fields is-criterion">
                <LoneCondition asks=&[Ask::Field, Ask::Tags] at_first choices=held.choices change=take />
                <TextLine label=t.line(|t| t.scoring.weight) name="criterion-weight" number=true value=weight wrong=heavy change=move |text: String| edit(&|it| it.weight = text.clone()) />
                <button type="button" class="icon-button rules-entry-remove" title=move || t.get().scoring.remove aria-label=move || t.get().scoring.remove on:click=remove data-test="criterion-remove"><Icon glyph=Glyph::Cross /></button>
            </div>
            <p class="field-note is-bad rules-entry-wrong">{incomplete}</p>
        </div>
    }
}
