//! One event of the dictionary: what it means, what uses it, and its properties.

use crate::components::{Glyph, Icon, name_in};
use crate::format;
use crate::state::clock::now;
use crate::text::{Text, words};
use domain::api::Lang;
use domain::dictionary::{Entry, Property, Status, Use};
use domain::wire::Kind;
use leptos::prelude::*;

/// What uses an event, in words.
pub(super) fn use_text(t: &Text, lang: Lang, by: &Use) -> String {
    match by {
        Use::Rule { name, .. } => (t.dictionary.rule)(&name_in(lang, name)),
        Use::KeyEvent { name, .. } => (t.key_event)(&name_in(lang, name)),
        Use::Segment { name, .. } => (t.dictionary.segment)(&name_in(lang, name)),
        Use::Indicator(indicator) => (t.dictionary.indicator)(*indicator).to_owned(),
    }
}

/// The rules page, about to make a rule for this event.
pub(super) fn rule_for(kind: Kind, name: Option<&str>) -> String {
    let name = name.map(|name| {
        let name: String = js_sys::encode_uri_component(name).into();
        format!("&name={name}")
    });
    format!("/rules?kind={}{}", kind.name(), name.unwrap_or_default())
}

/// A stable name for styles and tests.
pub(super) const fn code_of(status: Status) -> &'static str {
    match status {
        Status::Used => "used",
        Status::Unused => "unused",
        Status::Awaited => "awaited",
        Status::Quiet => "quiet",
    }
}

/// One event, closed until it is asked for.
#[component]
pub(super) fn EntryLine(entry: Entry) -> impl IntoView {
    let t = words();
    let Entry {
        kind,
        class,
        count,
        last,
        status,
        ..
    } = entry;
    let code = entry.name.clone().unwrap_or_else(|| kind.name().to_owned());
    let (name, named) = (entry.name.clone(), entry.name.is_some());
    let label = move || {
        if named {
            None
        } else {
            Some((t.get().kind)(kind))
        }
    };
    let about = move || {
        if named {
            t.get().dictionary.about_custom
        } else {
            (t.get().dictionary.about)(kind)
        }
    };
    let times = move || match count {
        0 => t.get().dictionary.never_seen.to_owned(),
        _ => (t.get().dictionary.times)(format::number(t.lang(), count)),
    };
    let last = move || {
        last.map(|day| {
            (t.get().dictionary.last_on)(&format::day(t.lang(), format::noon(day), now()))
        })
    };
    view! {
        <details class="dictionary-entry" class:is-named=named data-test="dictionary-entry" data-kind=kind.name() data-name=name data-status=code_of(status)>
            <summary>
                <span class="dictionary-glyph"><Icon glyph=Glyph::of(kind) /></span>
                <span class="dictionary-name"><b>{label}</b><code>{code}</code></span>
                <span class="badge is-plain dictionary-class">{move || (t.get().dictionary.class_name)(class)}</span>
                <span class="dictionary-count" data-test="dictionary-count"><b>{times}</b><span>{last}</span></span>
                <span class="badge dictionary-status" class:is-care=matches!(status, Status::Unused | Status::Awaited) class:is-plain=status == Status::Quiet
                    title=move || (t.get().dictionary.status_note)(status)>{move || (t.get().dictionary.status_name)(status)}</span>
            </summary>
            <div class="dictionary-body">
                <p>{about}</p>
                <Uses entry />
                <PropertyTable properties=Property::of(kind) />
            </div>
        </details>
    }
}

#[component]
fn Uses(entry: Entry) -> impl IntoView {
    let t = words();
    let rule = rule_for(entry.kind, entry.name.as_deref());
    let (own, shared): (Vec<Use>, Vec<Use>) = entry.uses.into_iter().partition(Use::is_own);
    let nothing = own.is_empty();
    let chip = move |by: Use| {
        let link = by.is_of_rulebook();
        let text = move || use_text(t.get(), t.lang(), &by);
        if link {
            view! { <li><a class="dictionary-use" href="/rules" data-test="dictionary-use">{text}</a></li> }.into_any()
        } else {
            view! { <li><span class="dictionary-use" data-test="dictionary-use">{text}</span></li> }
                .into_any()
        }
    };
    view! {
        <div class="dictionary-uses">
            <h3>{move || t.get().dictionary.used_by}</h3>
            {nothing.then(|| view! {
                <p>{move || t.get().dictionary.used_by_nothing}" "<a href=rule>{move || t.get().dictionary.make_rule}</a></p>
            })}
            {(!nothing).then(|| view! {
                <ul>
                    {own.into_iter().map(chip).collect_view()}
                    {shared.into_iter().map(chip).collect_view()}
                </ul>
            })}
        </div>
    }
}

/// Properties, a row each.
#[component]
pub(super) fn PropertyTable(properties: &'static [Property]) -> impl IntoView {
    let t = words();
    let limit = move |property: Property| {
        let number = move |count| format::number(t.lang(), count);
        (t.get().dictionary.limit_of)(property.value(), &number)
    };
    let line = move |property: &'static Property| {
        let property = *property;
        view! {
            <tr data-test="property" data-name=property.name()>
                <th scope="row"><code>{property.name()}</code></th>
                <td>{move || (t.get().dictionary.meaning_of)(property)}</td>
                <td data-label=move || t.get().dictionary.value>{move || (t.get().dictionary.value_name)(property.value())}</td>
                <td data-label=move || t.get().dictionary.limit>{move || limit(property)}</td>
                <td data-label=move || t.get().dictionary.example><code>{property.example()}</code></td>
            </tr>
        }
    };
    view! {
        <table class="property-table">
            <thead><tr>
                <th scope="col">{move || t.get().dictionary.property}</th>
                <th scope="col">{move || t.get().dictionary.meaning}</th>
                <th scope="col">{move || t.get().dictionary.value}</th>
                <th scope="col">{move || t.get().dictionary.limit}</th>
                <th scope="col">{move || t.get().dictionary.example}</th>
            </tr></thead>
            <tbody>{properties.iter().map(line).collect_view()}</tbody>
        </table>
    }
}
