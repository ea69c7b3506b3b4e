//! When the company works: the zone, the week, special days, and what it means for a promise that is made now.

use super::failure::{FailureNotice, sentence};
use super::hours_days::{HolidaysPanel, SpecialPanel};
use super::hours_week::WeekPanel;
use super::settings::SectionHead;
use super::sheet_edits::SheetEdits;
use crate::api::Failure;
use crate::components::{Notice, SelectSearch, Skeleton, Tone, Versus};
use crate::format;
use crate::state::clock::Clock;
use crate::state::session::Session;
use crate::state::sheet::{Formed, Sheet};
use crate::state::toasts::Toasts;
use crate::state::zones;
use crate::text::{HoursText, Words, week_line, words};
use domain::api::{ReadCalendar, Role, SaveCalendar};
use domain::day::Day;
use domain::hours::{Calendar, Hours, check_hours, starter};
use domain::id::Ms;
use leptos::prelude::*;

/// Working time that a promise is shown for, in milliseconds.
const PROMISE_MS: Ms = 2 * 60 * 60_000;

/// The calendar that is edited.
#[derive(Clone, Copy)]
pub(super) struct HoursDesk {
    pub(super) session: Session,
    pub(super) toasts: Toasts,
    sheet: Sheet<Calendar>,
    /// As it is on the screen.
    pub(super) form: RwSignal<Calendar>,
}

impl HoursDesk {
    fn new(session: Session, toasts: Toasts) -> HoursDesk {
        let sheet = Sheet::kept(session, "hours");
        HoursDesk {
            session,
            toasts,
            sheet,
            form: sheet.form,
        }
    }

    /// Shows a calendar as it is saved.
    pub(super) fn show(self, calendar: Calendar) {
        self.sheet.show(calendar);
    }

    /// The version that is saved.
    pub(super) fn version(self) -> u32 {
        let saved = self.sheet.saved;
        saved.with_untracked(|saved| saved.as_ref().map_or(0, |saved| saved.version))
    }

    /// Whether something is not saved yet.
    pub(super) fn is_changed(self) -> bool {
        self.sheet.is_changed()
    }

    /// Whether the member may change it.
    pub(super) fn may(self) -> bool {
        self.session.may(Role::Marketer)
    }

    /// Changes the calendar on the screen.
    pub(super) fn edit(self, change: impl FnOnce(&mut Calendar)) {
        self.sheet.failure.set(None);
        self.form.update(change);
    }

    /// Why a field is wrong.
    pub(super) fn wrong(self, field: &str, text: &'static HoursText) -> Option<&'static str> {
        let own = self.form.with(check_hours).into_iter();
        let mut own = own.map(|invalid| (invalid.code.to_owned(), invalid.field));
        let found = own.find(|(_, at)| at == field);
        let refused = || match self.sheet.failure.get() {
            Some(Failure::Field(error)) => Some((error.code, error.field.unwrap_or_default())),
            _ => None,
        };
        let found = found.or_else(|| refused().filter(|(_, at)| at == field));
        found.map(|(code, _)| why(&code, text))
    }

    /// Saves it, unless something is wrong.
    fn save(self) {
        let calendar = self.form.get_untracked();
        if !check_hours(&calendar).is_empty() {
            return;
        }
        let expected_version = self.version();
        let call = |key| SaveCalendar {
            key,
            expected_version,
            calendar,
        };
        self.sheet.change("save", call, move || {
            self.toasts.done(|t| t.hours.saved.to_owned());
        });
    }
}

impl Formed for Calendar {
    type Form = Calendar;

    fn blank() -> Calendar {
        starter()
    }

    /// Of which version it is who stores it says.
    fn form(&self) -> Calendar {
        Calendar {
            version: 0,
            ..self.clone()
        }
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
    let sheet = desk.sheet;
    sheet.read(ReadCalendar {});
    let there = Memo::new(move |_| sheet.saved.with(Option::is_some));
    view! {
        <SectionHead title=|t| t.own.hours note=|t| t.hours.note />
        {move || match there.get() {
            true => view! { <Calendar desk /> }.into_any(),
            false => match sheet.failure.get() {
                Some(failure) => view! { <FailureNotice failure again=move |()| sheet.read(ReadCalendar {}) /> }.into_any(),
                None => view! { <Skeleton lines=7 /> }.into_any(),
            },
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
    let sheet = desk.sheet;
    let wrong = Signal::derive(move || desk.form.with(|form| check_hours(form).len()));
    let rows = Signal::derive(move || {
        let theirs = sheet.theirs.get();
        let rows = theirs.map(|theirs| desk.form.with(|mine| differing(t, &theirs, mine)));
        rows.unwrap_or_default()
    });
    // What is wrong with a field is told at the field.
    let failed = move || {
        let failure = sheet.failure.get();
        failure.filter(|failure| !matches!(failure, Failure::Field(_)))
    };
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
            {move || failed().map(|failure| view! { <Notice tone=Tone::Bad text=Signal::derive(move || sentence(t.get(), &failure)) /> })}
            {may.then(|| view! { <SheetEdits sheet wrong save=move |()| desk.save() rows /> })}
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

/// Where two calendars differ: theirs, mine.
fn differing(t: Words, theirs: &Calendar, mine: &Calendar) -> Vec<Versus> {
    let text = t.get().hours;
    let special = |calendar: &Calendar, other: &Calendar| {
        let own = calendar.special.iter();
        let own = own.filter(|(day, spans)| other.special.get(*day) != Some(*spans));
        let days: Vec<String> = own
            .map(|(day, _)| format::weekday_date(t.lang(), format::noon(Day(*day))))
            .collect();
        match days.len() {
            0 | 6.. => (text.special_count)(calendar.special.len()),
            _ => days.join("; "),
        }
    };
    let rows = [
        (text.zone, theirs.zone.clone(), mine.zone.clone()),
        (text.week, week_line(text, theirs), week_line(text, mine)),
        (text.special, special(theirs, mine), special(mine, theirs)),
    ];
    let rows = rows.into_iter().filter(|(_, theirs, mine)| theirs != mine);
    rows.map(|(label, theirs, mine)| (label.to_owned(), theirs, mine))
        .collect()
}
