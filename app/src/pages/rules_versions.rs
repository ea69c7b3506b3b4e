//! What was published: each version with who did it and when, and what it changed of the one before.

use super::failure::FailureNotice;
use super::rules::Held;
use crate::api::Failure;
use crate::components::{Badge, Button, DifferenceTable, Look, Skeleton};
use crate::format;
use crate::state::clock::Clock;
use crate::state::difference::compare;
use crate::state::toasts::Toasts;
use crate::text::words;
use domain::api::{Published, RulebookVersions, VERSIONS_MAX};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What was read of the versions.
#[derive(Clone, Copy)]
struct Read {
    versions: RwSignal<Option<Vec<Published>>>,
    failure: RwSignal<Option<Failure>>,
    more: RwSignal<bool>,
}

/// What was published.
#[component]
pub(super) fn Versions(held: Held) -> impl IntoView {
    let t = words();
    let read = Read {
        versions: RwSignal::new(None),
        failure: RwSignal::new(None),
        more: RwSignal::new(false),
    };
    let load = move |before: Option<u32>| {
        read.failure.set(None);
        spawn_local(async move {
            let reply = held.base.session.call(&RulebookVersions { before }).await;
            match reply {
                Ok(found) => {
                    let _ = read.more.try_set(found.len() >= VERSIONS_MAX as usize);
                    let _ = read.versions.try_update(|known| match (before, known) {
                        (Some(_), Some(known)) => known.extend(found),
                        (_, known) => *known = Some(found),
                    });
                }
                Err(failure) => drop(read.failure.try_set(Some(failure))),
            }
        });
    };
    let published = held.base.published;
    // What is published while one looks on is there at once.
    let current =
        Memo::new(move |_| published.with(|known| known.as_ref().map(|known| known.version)));
    Effect::new(move |_| {
        current.track();
        load(None);
    });
    let list = move || {
        let versions = read.versions.get()?;
        let before = versions.iter().skip(1).cloned().map(Some).chain([None]);
        let pairs: Vec<_> = versions.clone().into_iter().zip(before).collect();
        let lines = pairs
            .into_iter()
            .map(|(version, before)| view! { <Version held version before /> });
        Some(lines.collect_view())
    };
    let earliest = move || {
        let versions = read.versions.get_untracked();
        versions.and_then(|versions| versions.last().map(|last| last.version))
    };
    view! {
        {move || read.failure.get().map(|failure| view! { <FailureNotice failure again=move |()| load(None) /> })}
        {move || (read.versions.with(Option::is_none) && read.failure.with(Option::is_none)).then(|| view! { <Skeleton lines=5 /> })}
        <ol class="rules-versions" data-test="versions">{list}</ol>
        {move || read.more.get().then(|| view! { <Button label=t.line(|t| t.load_earlier) name="versions-more" press=move |()| load(earliest()) /> })}
    }
}

#[component]
fn Version(
    held: Held,
    version: Published,
    /// The one before it, where that was read.
    before: Option<Published>,
) -> impl IntoView {
    let t = words();
    let now = expect_context::<Clock>().signal();
    let toasts = expect_context::<Toasts>();
    let number = version.version;
    let (at, by) = (version.at, version.by.clone());
    let differences = before.map(|before| compare(&before.rulebook, &version.rulebook));
    let count = differences.as_ref().map(Vec::len);
    let differences = StoredValue::new(differences);
    let rulebook = StoredValue::new(version.rulebook);
    let open = RwSignal::new(false);
    let current = Memo::new(move |_| {
        let published = held.base.published;
        published.with(|known| known.as_ref().is_some_and(|known| known.version == number))
    });
    let take = move |()| {
        rulebook.with_value(|rulebook| held.desk.take_up(rulebook));
        toasts.done(move |t| (t.scoring.taken_up)(number));
    };
    let changes = move || match (count, number) {
        (Some(count), _) => (t.get().scoring.changes)(count),
        (None, 1) => t.get().starter_rules.to_owned(),
        (None, _) => String::new(),
    };
    view! {
        <li class="rules-version panel" data-test="version" data-version=number.to_string()>
            <header>
                <h3>{move || (t.get().version)(number)}{move || current.get().then(|| view! { <Badge text=t.line(|t| t.scoring.current) /> })}</h3>
                <p class="muted">
                    {move || by.clone().map(|by| (t.get().published_by)(&by, &format::relative(t.lang(), at, now.get(), t.get().just_now)))}
                    " "<time>{move || format::moment(t.lang(), at)}</time>
                </p>
                <p>{changes}</p>
                <div class="rules-version-do">
                    {count.is_some_and(|count| count > 0).then(|| view! {
                        <button type="button" class="button is-small is-quiet" aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|open| *open = !*open) data-test="version-changes">{move || t.get().see_changes}</button>
                    })}
                    {move || (held.editable.get() && !current.get()).then(|| view! { <Button label=t.line(|t| t.scoring.take_up) name="version-take" small=true look=Look::Plain press=take /> })}
                </div>
            </header>
            {move || open.get().then(|| differences.get_value()).flatten().map(|differences| view! {
                <DifferenceTable differences choices=held.choices left=|t| t.scoring.before_it right=|t| t.scoring.in_it />
            })}
        </li>
    }
}
