//! What each role may do, as the gate holds it: a line for what, a column for whom.

use crate::components::{Glyph, Icon};
use crate::text::words;
use domain::api::{Power, Role};
use leptos::prelude::*;

/// What each role may do.
#[component]
pub(super) fn MatrixPanel() -> impl IntoView {
    let t = words();
    let cell = move |power: Power, role: Role| {
        let may = power.is_of(role);
        let said = move || match may {
            true => t.get().staff.may,
            false => t.get().staff.may_not,
        };
        view! {
            <td class="matrix-cell" class:is-may=may data-may=may.to_string()>
                {may.then(|| view! { <Icon glyph=Glyph::Check /> })}
                <span class="visually-hidden">{said}</span>
            </td>
        }
    };
    let line = move |power: Power| {
        view! {
            <tr data-test="power">
                <th scope="row">{move || (t.get().staff.power)(power)}</th>
                {Role::ALL.map(|role| cell(power, role))}
            </tr>
        }
    };
    view! {
        <section class="panel matrix" data-test="matrix">
            <header><h2>{move || t.get().staff.matrix}</h2></header>
            <p class="muted">{move || t.get().staff.matrix_note}</p>
            <div class="matrix-scroll" tabindex="0" role="region" aria-label=move || t.get().staff.matrix>
                <table class="matrix-table">
                    <thead>
                        <tr>
                            <th scope="col">{move || t.get().staff.what}</th>
                            {Role::ALL.map(|role| view! { <th scope="col" class="matrix-role">{move || (t.get().role)(role)}</th> })}
                        </tr>
                    </thead>
                    <tbody>{Power::ALL.iter().map(|power| line(*power)).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}
