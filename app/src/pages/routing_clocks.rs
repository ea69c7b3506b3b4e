//! The promises about leads: what was agreed, the clocks that run, and those that ran out.

use super::failure::FailureNotice;
use super::routing::Held;
use crate::api::Failure;
use crate::components::{Badge, Button, Skeleton, Tab, Tabs, Tone};
use crate::format;
use crate::state::clock::Clock;
use crate::state::definition_form::Number;
use crate::text::words;
use domain::api::{ClockRow, Clocks as Asked, Frame, PromisesDetail, ReadPromises};
use domain::clock::Promises;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// So many are read at once.
const PAGE: u32 = 20;

/// What was read of the clocks.
#[derive(Clone, Copy)]
struct Read {
    rows: RwSignal<Option<Vec<ClockRow>>>,
    total: RwSignal<u64>,
    next: RwSignal<Option<String>>,
    failure: RwSignal<Option<Failure>>,
    breached: RwSignal<bool>,
}

impl Read {
    fn load(self, held: Held, cursor: Option<String>) {
        let breached = self.breached.get_untracked();
        let call = Asked {
            breached,
            cursor: cursor.clone(),
            limit: Some(PAGE),
        };
        self.failure.set(None);
        spawn_local(async move {
            let reply = held.base.session.call(&call).await;
            // Another side may have been chosen meanwhile.
            if self.breached.try_get_untracked() != Some(breached) {
                return;
            }
            match reply {
                Ok(page) => {
                    self.total.set(page.total);
                    self.next.set(page.next);
                    self.rows.update(|rows| match (cursor, rows) {
                        (Some(_), Some(rows)) => rows.extend(page.items),
                        (_, rows) => *rows = Some(page.items),
                    });
                }
                Err(failure) => self.failure.set(Some(failure)),
            }
        });
    }
}

/// The promises and their clocks.
#[component]
pub(super) fn Clocks(held: Held) -> impl IntoView {
    let t = words();
    let read = Read {
        rows: RwSignal::new(None),
        total: RwSignal::new(0),
        next: RwSignal::new(None),
        failure: RwSignal::new(None),
        breached: RwSignal::new(false),
    };
    super::address::keep(
        "clocks",
        move || read.breached.get(),
        move |breached| read.breached.set(breached),
        |breached| breached.then(|| "breached".to_owned()),
        |text| Some(text == "breached"),
    );
    Effect::new(move |_| {
        read.breached.track();
        read.rows.set(None);
        read.load(held, None);
    });
    // A lead that changed may have met a promise; the list is read anew unless one has gone further down in it.
    held.base.live.hear(move |frame: &Frame| {
        let first = read
            .rows
            .with_untracked(|rows| rows.as_ref().is_none_or(|rows| rows.len() <= PAGE as usize));
        if first && (frame.resync || !frame.leads.is_empty()) {
            read.load(held, None);
        }
    });
    let tabs = vec![
        Tab {
            value: false,
            label: |t| t.routing.running,
            name: "clocks-running",
        },
        Tab {
            value: true,
            label: |t| t.routing.breached,
            name: "clocks-breached",
        },
    ];
    let list = move || {
        let rows = read.rows.get()?;
        if rows.is_empty() {
            let none = match read.breached.get() {
                true => t.get().routing.none_breached,
                false => t.get().routing.none_running,
            };
            return Some(view! { <p class="muted routing-none">{none}</p> }.into_any());
        }
        let rows = rows.into_iter().map(|row| view! { <Line held row /> });
        Some(view! { <ul class="routing-clocks">{rows.collect_view()}</ul> }.into_any())
    };
    let more = move |()| read.load(held, read.next.get_untracked());
    view! {
        <section class="panel routing-promises" data-test="clocks">
            <h2>{move || t.get().routing.promises}</h2>
            <Agreed held />
            <Tabs label=t.line(|t| t.routing.promises) tabs chosen=read.breached choose=move |breached| read.breached.set(breached) />
            {move || read.failure.get().map(|failure| view! { <FailureNotice failure again=move |()| read.load(held, None) /> })}
            {move || (read.rows.with(Option::is_none) && read.failure.with(Option::is_none)).then(|| view! { <Skeleton lines=4 /> })}
            {list}
            {move || read.next.with(Option::is_some).then(|| view! { <Button label=t.line(|t| t.load_more) name="clocks-more" small=true press=more /> })}
        </section>
    }
}

/// What is promised now, in a few words, and where it is changed.
#[component]
fn Agreed(held: Held) -> impl IntoView {
    let t = words();
    let promised = RwSignal::new(None::<PromisesDetail>);
    spawn_local(async move {
        // Without an answer the clocks still tell what is due.
        if let Ok(found) = held.base.session.call(&ReadPromises {}).await {
            let _ = promised.try_set(Some(found));
        }
    });
    let line = move |of: Number, minutes: fn(&Promises) -> u32| {
        let said = move || {
            promised.with(|promised| {
                let promised = promised.as_ref();
                promised.map(|it| (t.get().definition.value)(of, minutes(&it.promises)))
            })
        };
        view! { <div><dt>{move || (t.get().definition.number)(of)}</dt><dd>{said}</dd></div> }
    };
    let by = move || {
        promised.with(|promised| match promised.as_ref()?.definition {
            Some(version) => Some((t.get().routing.by_definition)(version)),
            None => Some(t.get().routing.by_default.to_owned()),
        })
    };
    view! {
        <dl class="facts routing-agreed">
            {line(Number::Assign, |it| it.assign_minutes)}
            {line(Number::Accept, |it| it.accept_minutes)}
            {line(Number::Respond, |it| it.respond_minutes)}
        </dl>
        <p class="muted">{by}" "<a href="/rules/definition">{move || t.get().scoring.definition_page}</a></p>
        <p class="muted">{move || promised.with(|it| it.as_ref().map(|it| match it.promises.reassign {
            true => t.get().routing.on_breach_reassigned,
            false => t.get().routing.on_breach_kept,
        }))}</p>
    }
}

#[component]
fn Line(held: Held, row: ClockRow) -> impl IntoView {
    let t = words();
    let now = expect_context::<Clock>().signal();
    let clock = row.clock.clock;
    let at = clock.due_at;
    let over = Memo::new(move |_| now.get() > at);
    let tone = Signal::derive(move || if over.get() { Tone::Bad } else { Tone::Calm });
    let text = Signal::derive(move || {
        let just = t.get().just_now;
        match over.get() {
            true => (t.get().today.late)(&format::relative(t.lang(), at, now.get(), just)),
            false => (t.get().today.left)(&format::ahead(t.lang(), at, now.get(), just)),
        }
    });
    let owner = row.lead.owner;
    let label = row.lead.label().to_owned();
    view! {
        <li data-test="clock" data-breached=move || over.get().to_string()>
            <a href=format!("/leads/{}", row.lead.id) data-step="">{label}</a>
            <span class="muted">{move || (t.get().pursuit.promise)(clock.kind)}" · "{move || owner.map_or_else(|| t.get().scoring.nobodys.to_owned(), |owner| held.name_of(owner))}</span>
            <span title=move || format::moment(t.lang(), at)>{move || view! { <Badge tone=tone.get() text /> }}</span>
        </li>
    }
}
