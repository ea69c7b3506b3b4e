//! The head of a lead's page: who it is, a few figures, and what can be done with the whole.

use super::lead::Held;
use crate::components::{Badge, Button, DateField, Menu, Tone, WhenText};
use crate::format;
use crate::text::words;
use domain::api::LeadDetail;
use leptos::prelude::*;

/// The head.
#[component]
pub(super) fn Head(detail: LeadDetail, held: Held) -> impl IntoView {
    let t = words();
    let now = held.now;
    let row = detail.row;
    let title = row.label().to_owned();
    let excluded = !row.excluded.is_empty();
    let (sessions, touches) = (detail.sessions, detail.touches);
    let browsers = detail.visitors.len();
    let device = detail.device;
    let job = row.title.clone();
    let company = row.company.clone();
    let account = row.account.clone();
    let role = row.role;
    view! {
        <div class="lead-title">
            <h1 data-test="lead-name">{title}</h1>
            {excluded.then(|| view! { <Badge tone=Tone::Care text=t.line(|t| t.profile.excluded) /> })}
        </div>
        <Tools held />
        <p class="lead-place">
            {job.map(|job| view! { <span>{job}</span> })}
            {match account {
                Some(account) => {
                    let name = if account.name.is_empty() { company.unwrap_or_default() } else { account.name };
                    Some(view! { <a href=format!("/companies/{}", account.id) data-test="lead-account">{name}</a> }.into_any())
                }
                None => company.map(|company| view! { <span>{company}</span> }.into_any()),
            }}
            {role.map(|role| view! { <Badge text=Signal::derive(move || (t.get().companies.role)(role).to_owned()) /> })}
            {row.email.map(|email| {
                let mail = format!("mailto:{email}");
                view! { <a href=mail data-test="lead-email">{email}</a> }
            })}
            {row.phone.map(|phone| {
                let call = format!("tel:{phone}");
                view! { <a href=call data-test="lead-phone">{phone}</a> }
            })}
        </p>
        <dl class="lead-figures">
            <div><dt>{move || t.get().last_activity}</dt><dd><WhenText at=row.last_at now /></dd></div>
            <div><dt>{move || t.get().created}</dt><dd><WhenText at=row.created_at now as_day=true /></dd></div>
            <div><dt>{move || t.get().sessions}</dt><dd data-test="lead-sessions">{sessions}</dd></div>
            <div><dt>{move || t.get().touches}</dt><dd>{touches}</dd></div>
            <div><dt>{move || t.get().browsers}</dt><dd>{browsers}</dd></div>
            {device.map(|device| view! {
                <div><dt>{move || t.get().last_device}</dt><dd data-test="lead-device">{move || (t.get().device)(device)}</dd></div>
            })}
        </dl>
    }
}

/// What can be done with the whole.
#[component]
fn Tools(held: Held) -> impl IntoView {
    let t = words();
    let items =
        Signal::derive(move || vec![("merge".to_owned(), t.get().profile.merge_with.to_owned())]);
    view! {
        <div class="lead-tools">
            {move || held.profile.as_of.with(Option::is_none).then(|| view! { <AsOf held /> })}
            {move || held.editable.get().then(|| view! {
                <Button label=t.line(|t| t.frame.edit) name="lead-edit" key="e" press=move |()| held.editing.set(true) />
                <Menu label=t.line(|t| t.segments.more) name="lead-more" items choose=move |_| held.merging.set(true) />
            })}
        </div>
    }
}

/// Chooses a day that is past.
#[component]
pub(super) fn AsOf(held: Held) -> impl IntoView {
    let t = words();
    let profile = held.profile;
    let day = Signal::derive(move || {
        let at = profile.as_of.get()?;
        i32::try_from(format::local_day(at)).ok()
    });
    let look = move |day: Option<i32>| {
        let end = day.and_then(|day| {
            let next = format::local_begin(day.checked_add(1)?);
            next.checked_sub(1)
        });
        let now = held.now.get_untracked();
        profile.look_at(end.filter(|end| *end < now));
    };
    view! { <DateField label=t.line(|t| t.profile.as_of) name="as-of" day choose=look /> }
}
