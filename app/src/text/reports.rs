//! The sentences of the reports.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

use domain::id::Ms;
use domain::report::Bucket;

table! {
    ReportsText
    words {
        title visits_page funnel_page responses_page days from until than_before
        visits visitors new leads mqls sqls opportunities won lost recycled known
        over_days day ways ways_note by_channel by_source by_campaign way mql_rate win_rate resumed unknown_channel
        no_visits no_visits_text
        first_channel every_channel web_half web_half_note sales_half sales_half_note channels
        promise in_time median p90 late open how_soon how_soon_note by_member member left nobody after how_many
        became_sql became_won no_answers no_answers_text
        more_rows anonymous first_visit
    }
    phrases {
        last_days: fn(u32) -> String,
        family: fn(&str) -> &'static str,
        of_above: fn(&str) -> String,
        took: fn(&str) -> String,
        lasting: fn(Ms) -> String,
        was_before: fn(&str) -> String,
        minutes: fn(u32) -> String,
        bucket: fn(Bucket) -> &'static str,
        rows: fn(&str) -> String,
        views: fn(u32) -> String,
    }
}

const MINUTE_MS: Ms = 60_000;
const HOUR_MS: Ms = 60 * MINUTE_MS;
const DAY_MS: Ms = 24 * HOUR_MS;

/// How long something lasted, in the unit that a person would say: a number of minutes, hours or days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lasting {
    Minutes(Ms),
    Hours(Ms),
    Days(Ms),
}

impl Lasting {
    fn of(ms: Ms) -> Lasting {
        let whole = |unit: Ms| ms.saturating_add(unit / 2).div_euclid(unit);
        match ms {
            _ if ms < HOUR_MS => Lasting::Minutes(whole(MINUTE_MS)),
            _ if ms < 2 * DAY_MS => Lasting::Hours(whole(HOUR_MS)),
            _ => Lasting::Days(whole(DAY_MS)),
        }
    }
}

/// Minutes of work as hours and minutes.
fn split(minutes: u32) -> (u32, u32) {
    (minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_something_took_reads_well() {
        let cases = [
            (40_000, "1 min", "1 分钟"),
            (59 * MINUTE_MS, "59 min", "59 分钟"),
            (90 * MINUTE_MS, "2 h", "2 小时"),
            (3 * DAY_MS, "3 days", "3 天"),
        ];
        for (ms, en, zh) in cases {
            assert_eq!(((EN.lasting)(ms), (ZH.lasting)(ms)), (en.into(), zh.into()));
        }
        let cases = [
            (0, "0 min", "0 分钟"),
            (60, "1 h", "1 小时"),
            (95, "1 h 35 min", "1 小时 35 分"),
        ];
        for (minutes, en, zh) in cases {
            let said = ((EN.minutes)(minutes), (ZH.minutes)(minutes));
            assert_eq!(said, (en.into(), zh.into()));
        }
    }
}
