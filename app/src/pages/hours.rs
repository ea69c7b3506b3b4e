//! When the company works: the zone, the week, special days, and what it means for a promise that is made now.

use super::failure::{FailureNotice, sentence};
use super::hours_days::{HolidaysPanel, SpecialPanel};
use super::hours_week::WeekPanel;
use super::settings::SectionHead;
use crate::api::Failure;
use crate::components::{Button, Dialog, Look, Notice, SelectSearch, Skeleton, Tone};
use crate::format;
use crate::state::clock::Clock;
use crate::state::ids::Attempt;
use crate::state::session::Session;
use crate::state::toasts::Toasts;
use crate::state::zones;
use crate::text::{HoursText, week_line, words};
use domain::api::{ErrorCode, ReadCalendar, Role, SaveCalendar};
use domain::hours::{Calendar, Hours, check_hours, starter};
use domain::id::Ms;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Working time that a promise is shown for, in milliseconds.
const PROMISE_MS: Ms = 2 * 60 * 60_000;

/// The calendar that is edited.
#[derive(Clone, Copy)]
pub(super) struct HoursDesk {
    pub(super) session: Session,
    pub(super) toasts: Toasts,
    /// As it is saved.
    pub(super) saved: RwSignal<Calendar>,
    /// As it is on the screen.
    pub(super) form: RwSignal<Calendar>,
    /// What the worker found wrong: the code and the field.
    refused: RwSignal<Option<(String, String)>>,
    theirs: RwSignal<Option<Calendar>>,
    failure: RwSignal<Option<Failure>>,
    busy: RwSignal<bool>,
    attempt: Attempt<Calendar>,
}

impl HoursDesk {
    fn new(session: Session, toasts: Toasts) -> HoursDesk {
        HoursDesk {
            session,
            toasts,
            saved: RwSignal::new(starter()),
            form: RwSignal::new(starter()),
            refused: RwSignal::new(None),
            theirs: RwSignal::new(None),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
            attempt: Attempt::new(),
        }
    }

    /// Shows a calendar as it is saved.
    pub(super) fn show(self, calendar: Calendar) {
        self.form.set(calendar.clone());
        self.saved.set(calendar);
        self.refused.set(None);
    }

    /// Whether something is not saved yet.
    pub(super) fn is_changed(self) -> bool {
        self.form
            .with(|form| self.saved.with(|saved| form != saved))
    }

    /// Whether the member may change it.
    pub(super) fn may(self) -> bool {
        self.session.may(Role::Marketer)
    }

    /// Changes the calendar on the screen.
    pub(super) fn edit(self, change: impl FnOnce(&mut Calendar)) {
        self.refused.set(None);
        self.form.update(change);
    }

    /// Why a field is wrong.
    pub(super) fn wrong(self, field: &str, text: &'static HoursText) -> Option<&'static str> {
        let own = self.form.with(check_hours).into_iter();
        let mut own = own.map(|invalid| (invalid.code.to_owned(), invalid.field));
        let found = own.find(|(_, at)| at == field);
        let found = found.or_else(|| self.refused.get().filter(|(_, at)| at == field));
        found.map(|(code, _)| why(&code, text))
    }

    /// Saves it, unless something is wrong.
    fn save(self) {
        let calendar = self.form.get_untracked();
        if self.busy.get_untracked() || !check_hours(&calendar).is_empty() {
            return;
        }
        self.busy.set(true);
        self.failure.set(None);
        let call = SaveCalendar {
            key: self.attempt.key(&calendar),
            expected_version: self.saved.with_untracked(|saved| saved.version),
            calendar,
        };
        spawn_local(async move {
            let reply = self.session.call(&call).await;
            let _ = self.busy.try_set(false);
            match reply {
                Ok(calendar) => {
                    self.attempt.forget();
                    self.show(calendar);
                    self.toasts.done(|t| t.hours.saved.to_owned());
                }
                Err(Failure::Refused(ErrorCode::Conflict, error)) => {
                    self.attempt.forget();
                    let current = error.current.and_then(|c| serde_json::from_value(c).ok());
                    let _ = self.theirs.try_set(current);
                }
                Err(Failure::Field(error)) => {
                    let field = error.field.unwrap_or_default();
                    let _ = self.refused.try_set(Some((error.code, field)));
                }
                Err(failure) => {
                    let _ = self.failure.try_set(Some(failure));
                }
            }
        });
    }
}

fn why(code: &str, text: &'static HoursText) -> &'static str {
    match code {
        "out_of_range" => text.out_of_range,
        "overlap" => text.overlap,
        "too_many" => text.too_many,
        "no_working_day" => text.no_working_day,
        "unknown_zone" => text.unknown_zone,
        _ => text.other,
    }
}

/// When the company works.
#[component]
pub(super) fn HoursPage() -> impl IntoView {
    let session = expect_context::<Session>();
    let desk = HoursDesk::new(session, expect_context::<Toasts>());
    let state = RwSignal::new(None::<Result<(), Failure>>);
    let read = move || {
        state.set(None);
        spawn_local(async move {
            let reply = session.call(&ReadCalendar {}).await;
            let read = reply.map(|calendar| desk.show(calendar));
            let _ = state.try_set(Some(read));
        });
    };
    read();
    view! {
        <SectionHead title=|t| t.own.hours note=|t| t.hours.note />
        {move || match state.get() {
            None => view! { <Skeleton lines=7 /> }.into_any(),
            Some(Err(failure)) => view! { <FailureNotice failure again=move |()| read() /> }.into_any(),
            Some(Ok(())) => view! { <Calendar desk /> }.into_any(),
        }}
    }
}

#[component]
fn Calendar(desk: HoursDesk) -> impl IntoView {
    let t = words();
    let names = StoredValue::new(zones::all());
    let offers = Signal::derive(move || {
        names.with_value(|names| {
            names
                .iter()
                .map(|name| (name.clone(), name.replace('_', " ")))
                .collect::<Vec<_>>()
        })
    });
    let may = untrack(|| desk.may());
    let choose = move |ids: Vec<String>| {
        if let Some(id) = ids.into_iter().next() {
            desk.edit(|form| form.zone = id);
        }
    };
    let is_wrong = move || desk.form.with(|form| !check_hours(form).is_empty());
    view! {
        <div class="settings hours" data-test="hours">
            <fieldset class="hours-fields" disabled=!may>
                <section class="panel hours-zone">
                    <div class="hours-zone-field">
                        <SelectSearch label=t.line(|t| t.hours.zone) name="hours-zone" options=offers hint=t.line(|t| t.hours.zone_hint)
                            chosen=Signal::derive(move || vec![desk.form.with(|form| form.zone.clone())])
                            choose />
                        <span class="field-note is-bad" aria-live="polite">{move || desk.wrong("zone", t.get().hours)}</span>
                    </div>
                    <Meaning desk />
                </section>
                <WeekPanel desk />
                <SpecialPanel desk />
            </fieldset>
            {may.then(|| view! { <HolidaysPanel desk /> })}
            {(!may).then(|| view! { <p class="muted">{move || t.get().hours.read_only}</p> })}
            {move || desk.failure.get().map(|failure| view! { <Notice tone=Tone::Bad text=Signal::derive(move || sentence(t.get(), &failure)) /> })}
            {move || desk.is_changed().then(|| view! {
                <div class="settings-foot" data-test="hours-foot">
                    <span>{move || t.get().hours.changed}</span>
                    <Button label=t.line(|t| t.hours.discard) name="hours-discard" look=Look::Quiet press=move |()| desk.show(desk.saved.get_untracked()) />
                    <Button label=t.line(|t| t.hours.save) name="hours-save" look=Look::Main disabled=Signal::derive(move || desk.busy.get() || is_wrong()) press=move |()| desk.save() />
                </div>
            })}
            <Contested desk />
        </div>
    }
}

/// What the calendar on the screen means now, as soon as it is right.
#[component]
fn Meaning(desk: HoursDesk) -> impl IntoView {
    let t = words();
    let clock = expect_context::<Clock>();
    let when = move |at: Ms| {
        let day = format::day_heading(t.lang(), at, clock.signal().get());
        format!("{day} {}", format::clock_time(t.lang(), at))
    };
    let lines = move || {
        let calendar = desk.form.get();
        let offset = zones::clock(&calendar.zone)?;
        if !check_hours(&calendar).is_empty() {
            return None;
        }
        let (hours, at) = (Hours::new(&calendar, &offset), clock.signal().get());
        let text = t.get().hours;
        let Some(next) = hours.next_open(at) else {
            return Some(vec![text.never.to_owned()]);
        };
        let begins = match next <= at {
            true => text.open_now.to_owned(),
            false => (text.next_open)(&when(next)),
        };
        let ends = hours.after(at, PROMISE_MS);
        let ends = ends.map(|ends| (text.two_hours)(&when(ends)));
        Some([Some(begins), ends].into_iter().flatten().collect())
    };
    view! {
        <div class="hours-meaning" data-test="hours-meaning" aria-live="polite">
            <h3>{move || t.get().hours.next_title}</h3>
            {move || lines().unwrap_or_default().into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
        </div>
    }
}

/// Both versions, and the choice, while there are two.
#[component]
fn Contested(desk: HoursDesk) -> impl IntoView {
    let t = words();
    let rows = move |theirs: &Calendar, mine: &Calendar| {
        let text = t.get().hours;
        let own = |calendar: &Calendar| {
            [
                (text.zone, calendar.zone.clone()),
                (text.week, week_line(text, calendar)),
                (text.special, (text.special_count)(calendar.special.len())),
            ]
        };
        let pairs = own(theirs).into_iter().zip(own(mine));
        let rows = pairs.map(|((label, theirs), (_, mine))| {
            view! { <tr><th scope="row">{label}</th><td>{theirs}</td><td>{mine}</td></tr> }
        });
        rows.collect_view()
    };
    move || {
        desk.theirs.get().map(|theirs| {
            let (taken, version) = (theirs.clone(), theirs.version);
            let take = move |()| {
                desk.theirs.set(None);
                desk.show(taken.clone());
            };
            let keep = move |()| {
                desk.theirs.set(None);
                desk.saved.update(|saved| saved.version = version);
                desk.save();
            };
            view! {
                <Dialog title=t.line(|t| t.hours.conflict) name="hours-conflict" close=move |()| desk.theirs.set(None)>
                    <p>{move || t.get().hours.conflict_text}</p>
                    <div class="difference-table">
                        <table>
                            <thead><tr><th></th><th scope="col">{move || t.get().hours.theirs}</th><th scope="col">{move || t.get().hours.mine}</th></tr></thead>
                            <tbody>{move || rows(&theirs, &desk.form.get_untracked())}</tbody>
                        </table>
                    </div>
                    <div class="dialog-actions">
                        <Button label=t.line(|t| t.hours.take_theirs) name="hours-theirs" press=take />
                        <Button label=t.line(|t| t.hours.keep_mine) name="hours-mine" look=Look::Main press=keep />
                    </div>
                </Dialog>
            }
        })
    }
}
