//! Numbers, dates and relative times in the reader's language and the browser's zone.
//!
//! The words come from the browser's Intl; only the choice of unit is ours.

use crate::state::prefs::tag;
use domain::api::Lang;
use domain::day::Day;
use domain::id::Ms;
use js_sys::{Array, Function, Intl, Object, Reflect};
use std::cell::RefCell;
use std::collections::HashMap;
use wasm_bindgen::{JsCast, JsValue};

/// How a time is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Style {
    /// Date and time to the second.
    Exact,
    /// Date and time to the minute.
    Moment,
    /// A day of this year.
    Day,
    /// A day of another year.
    DayOfYear,
    /// A day with its weekday.
    Weekday,
    /// A weekday alone.
    WeekdayName,
    /// A day with its year and its weekday, short.
    WeekdayDate,
    /// Hours and minutes.
    Time,
}

impl Style {
    fn options(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Style::Exact => &[("dateStyle", "medium"), ("timeStyle", "medium")],
            Style::Moment => &[("dateStyle", "medium"), ("timeStyle", "short")],
            Style::Day => &[("month", "short"), ("day", "numeric")],
            Style::DayOfYear => &[("year", "numeric"), ("month", "short"), ("day", "numeric")],
            Style::Weekday => &[("month", "long"), ("day", "numeric"), ("weekday", "long")],
            Style::WeekdayName => &[("weekday", "long")],
            Style::WeekdayDate => &[
                ("year", "numeric"),
                ("month", "short"),
                ("day", "numeric"),
                ("weekday", "short"),
            ],
            Style::Time => &[
                ("hour", "2-digit"),
                ("minute", "2-digit"),
                ("hourCycle", "h23"),
            ],
        }
    }
}

thread_local! {
    /// Making a formatter is slow, using one is not.
    static TIMES: RefCell<HashMap<(Lang, Style), Function>> = RefCell::default();
    static NUMBERS: RefCell<HashMap<Lang, Function>> = RefCell::default();
    static AMOUNTS: RefCell<HashMap<(Lang, String, bool), Function>> = RefCell::default();
    static RELATIVES: RefCell<HashMap<(Lang, &'static str), Intl::RelativeTimeFormat>> = RefCell::default();
}

fn locales(lang: Lang) -> Array {
    Array::of1(&JsValue::from_str(tag(lang)))
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in pairs {
        // Setting a property of a plain object does not fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    object
}

fn call(function: &Function, value: f64) -> String {
    let text = function
        .call1(&JsValue::UNDEFINED, &JsValue::from_f64(value))
        .ok();
    text.and_then(|text| text.as_string()).unwrap_or_default()
}

fn time(lang: Lang, style: Style, at: Ms) -> String {
    TIMES.with_borrow_mut(|known| {
        let make = || Intl::DateTimeFormat::new(&locales(lang), &options(style.options())).format();
        call(known.entry((lang, style)).or_insert_with(make), at as f64)
    })
}

/// A count: `1,234`.
pub(crate) fn number(lang: Lang, count: u64) -> String {
    NUMBERS.with_borrow_mut(|known| {
        let make = || Intl::NumberFormat::new(&locales(lang), &Object::new()).format();
        call(known.entry(lang).or_insert_with(make), count as f64)
    })
}

/// An amount in thousandths, with the sign of its currency and in few characters: `¥120万`, `¥1.2M`.
pub(crate) fn amount_short(lang: Lang, currency: &str, thousandths: i64) -> String {
    money(lang, currency, true, thousandths)
}

/// An amount in thousandths, with the sign of its currency: `¥1,200,000`.
pub(crate) fn amount(lang: Lang, currency: &str, thousandths: i64) -> String {
    money(lang, currency, false, thousandths)
}

fn money(lang: Lang, currency: &str, short: bool, thousandths: i64) -> String {
    AMOUNTS.with_borrow_mut(|known| {
        let make = || {
            let notation = if short { "compact" } else { "standard" };
            let all = [
                ("style", "currency"),
                ("currency", currency),
                ("currencyDisplay", "narrowSymbol"),
                ("notation", notation),
            ];
            let object = options(&all);
            let digits = |name: &str, count: i32| {
                // Setting a property of a plain object does not fail.
                let _ = Reflect::set(&object, &JsValue::from_str(name), &JsValue::from(count));
            };
            digits("minimumFractionDigits", 0);
            digits("maximumFractionDigits", if short { 1 } else { 2 });
            Intl::NumberFormat::new(&locales(lang), &object).format()
        };
        let key = (lang, currency.to_owned(), short);
        let format = known.entry(key).or_insert_with(make);
        call(format, thousandths as f64 / 1_000.0)
    })
}

/// Points with their sign: `+10`, `−15`, `0`.
pub(crate) fn points(points: i32) -> String {
    match points {
        0 => "0".to_owned(),
        more if more > 0 => format!("+{more}"),
        less => format!("−{}", less.unsigned_abs()),
    }
}

/// Points given in thousandths, with their sign: `+4.2`, `−0.5`.
pub(crate) fn thousandths(points: i64) -> String {
    let sign = match points {
        0 => "",
        more if more > 0 => "+",
        _ => "−",
    };
    format!("{sign}{}", tenths(points.unsigned_abs()))
}

/// A number given in thousandths, with one digit after the point: `12.5`.
pub(crate) fn tenths(thousandths: u64) -> String {
    let tenths = thousandths.saturating_add(50).checked_div(100);
    let tenths = tenths.unwrap_or_default();
    format!("{}.{}", tenths.div_euclid(10), tenths.rem_euclid(10))
}

/// A share given in thousandths: `52.3%`.
pub(crate) fn percent(thousandths: u64) -> String {
    let whole = thousandths.div_euclid(10);
    format!("{whole}.{}%", thousandths.rem_euclid(10))
}

/// Date and time to the second.
pub(crate) fn exact(lang: Lang, at: Ms) -> String {
    time(lang, Style::Exact, at)
}

/// Date and time to the minute.
pub(crate) fn moment(lang: Lang, at: Ms) -> String {
    time(lang, Style::Moment, at)
}

/// Hours and minutes.
pub(crate) fn clock_time(lang: Lang, at: Ms) -> String {
    time(lang, Style::Time, at)
}

/// A day, with its year when it is not this one.
pub(crate) fn day(lang: Lang, at: Ms, now: Ms) -> String {
    let year = |at: Ms| js_sys::Date::new(&JsValue::from_f64(at as f64)).get_full_year();
    time(
        lang,
        if year(at) == year(now) {
            Style::Day
        } else {
            Style::DayOfYear
        },
        at,
    )
}

/// The weekday of a time.
pub(crate) fn weekday(lang: Lang, at: Ms) -> String {
    time(lang, Style::WeekdayName, at)
}

/// The day of a time with its year and its weekday.
pub(crate) fn weekday_date(lang: Lang, at: Ms) -> String {
    time(lang, Style::WeekdayDate, at)
}

/// What a currency is called; its letters where the browser does not know.
pub(crate) fn currency_name(lang: Lang, code: &str) -> String {
    let name = || {
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let names = Reflect::get(&intl, &"DisplayNames".into()).ok()?;
        let names: Function = names.dyn_into().ok()?;
        let kind = options(&[("type", "currency")]);
        let arguments = Array::of2(&locales(lang).into(), &kind.into());
        let made = Reflect::construct(&names, &arguments).ok()?;
        let tell = Reflect::get(&made, &"of".into()).ok()?;
        let tell: Function = tell.dyn_into().ok()?;
        tell.call1(&made, &code.into()).ok()?.as_string()
    };
    name().unwrap_or_else(|| code.to_owned())
}

/// A time on that day: noon in UTC falls on it in every zone near the workspace's.
pub(crate) fn noon(of: Day) -> Ms {
    i64::from(of.0)
        .saturating_mul(DAY_MS)
        .saturating_add(DAY_MS / 2)
}

/// A day's heading: `Today`, `Yesterday`, else the date with its weekday.
pub(crate) fn day_heading(lang: Lang, at: Ms, now: Ms) -> String {
    let days_ago = local_day(now).saturating_sub(local_day(at));
    if days_ago <= 1 {
        capital(&relative_text(
            lang,
            "auto",
            days_ago.saturating_neg(),
            "day",
        ))
    } else {
        time(lang, Style::Weekday, at)
    }
}

/// The browser's calendar day, counted from 1970-01-01.
pub(crate) fn local_day(at: Ms) -> i64 {
    let east_minutes = -js_sys::Date::new(&JsValue::from_f64(at as f64)).get_timezone_offset();
    at.saturating_add((east_minutes * 60_000.0) as i64)
        .div_euclid(DAY_MS)
}

/// When a day of the browser's calendar begins.
pub(crate) fn local_begin(day: i32) -> Ms {
    let utc = i64::from(day).saturating_mul(DAY_MS);
    let west_minutes = js_sys::Date::new(&JsValue::from_f64(utc as f64)).get_timezone_offset();
    utc.saturating_add((west_minutes * 60_000.0) as i64)
}

/// How long ago; `just_now` for less than a minute.
pub(crate) fn relative(lang: Lang, at: Ms, now: Ms, just_now: &str) -> String {
    match ago(at, now) {
        None => just_now.to_owned(),
        Some((count, unit)) => relative_text(lang, "always", count.saturating_neg(), unit),
    }
}

/// How long it is until then; `at_once` for less than a minute, and for a time that is over.
pub(crate) fn ahead(lang: Lang, at: Ms, now: Ms, at_once: &str) -> String {
    match ago(now, at) {
        None => at_once.to_owned(),
        Some((count, unit)) => relative_text(lang, "always", count, unit),
    }
}

/// `numeric` is Intl's: `auto` says `yesterday` where it can, `always` says `1 day ago`.
fn relative_text(lang: Lang, numeric: &'static str, count: i64, unit: &str) -> String {
    RELATIVES.with_borrow_mut(|known| {
        let make =
            || Intl::RelativeTimeFormat::new(&locales(lang), &options(&[("numeric", numeric)]));
        known
            .entry((lang, numeric))
            .or_insert_with(make)
            .format(count as f64, unit)
            .into()
    })
}

/// Milliseconds of a minute.
const MINUTE_MS: i64 = 60_000;
/// Milliseconds of an hour.
const HOUR_MS: i64 = 60 * MINUTE_MS;
/// Milliseconds of a day.
const DAY_MS: i64 = 24 * HOUR_MS;

/// The largest unit of which at least one has passed; `None` for less than a minute, or a time ahead.
fn ago(at: Ms, now: Ms) -> Option<(i64, &'static str)> {
    let units = [
        (365 * DAY_MS, "year"),
        (30 * DAY_MS, "month"),
        (DAY_MS, "day"),
        (HOUR_MS, "hour"),
        (MINUTE_MS, "minute"),
    ];
    let passed = now.saturating_sub(at);
    units
        .into_iter()
        .find(|(length, _)| passed >= *length)
        .and_then(|(length, unit)| Some((passed.checked_div(length)?, unit)))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_carry_their_sign() {
        assert_eq!([10, 0, -15].map(points), ["+10", "0", "−15"]);
    }

    #[test]
    fn the_unit_is_the_largest_that_fits() {
        let check =
            |passed: i64, expect| assert_eq!(ago(1_000, 1_000 + passed), expect, "{passed}");
        check(-5, None);
        check(MINUTE_MS - 1, None);
        check(MINUTE_MS, Some((1, "minute")));
        check(HOUR_MS - 1, Some((59, "minute")));
        check(DAY_MS + HOUR_MS, Some((1, "day")));
        check(59 * DAY_MS, Some((1, "month")));
        check(800 * DAY_MS, Some((2, "year")));
    }

    #[test]
    fn a_heading_begins_with_a_capital() {
        assert_eq!(
            [capital("yesterday"), capital("昨天"), capital("")],
            ["Yesterday", "昨天", ""]
        );
    }
}
