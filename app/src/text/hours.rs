//! The sentences of working hours and holidays.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

use domain::hours::Calendar;

table! {
    HoursText
    words {
        note zone zone_hint week closed from until add_span drop_span copy_down special special_note special_none add_day
        day off drop_day holidays holidays_note take save_first taken next_title open_now never saved read_only out_of_range
        overlap too_many no_working_day unknown_zone other
    }
    phrases {
        next_open: fn(&str) -> String,
        two_hours: fn(&str) -> String,
        past_days: fn(usize) -> String,
        special_count: fn(usize) -> String,
        taken_of: fn(&str, u16) -> String,
        country: fn(&str) -> &'static str,
    }
}

/// A calendar's ordinary week in a line: each day's times, Monday first.
pub(crate) fn week_line(text: &HoursText, calendar: &Calendar) -> String {
    let day = |spans: &Vec<domain::hours::Span>| {
        let times: Vec<String> = spans
            .iter()
            .map(|span| format!("{}–{}", minute_text(span.from), minute_text(span.until)))
            .collect();
        match times.is_empty() {
            true => text.closed.to_owned(),
            false => times.join(" "),
        }
    };
    let days: Vec<String> = calendar.week.iter().map(day).collect();
    days.join(" · ")
}

/// A minute of the day as a clock shows it; the end of the day is `24:00`.
pub(crate) fn minute_text(minute: u16) -> String {
    format!("{:02}:{:02}", minute.div_euclid(60), minute.rem_euclid(60))
}
