//! Local time: how far the clocks of a place are from UTC, by its zone's IANA name, with every change of them.
//!
//! The table of zones is the library's, whole, so that no name is unknown that others know. Not here: a workspace's days,
//! which are counted at one offset all year ([`crate::day`]), and working hours ([`crate::hours`]).

use crate::hours::Offset;
use crate::id::Ms;
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

/// The zone that is taken where none is named.
pub const SHANGHAI: &str = "Asia/Shanghai";

/// The clock of a place.
#[derive(Clone, Debug)]
pub struct Local(TimeZone);

impl Local {
    /// The clock of a zone; none of a text that is not exactly a zone's name.
    pub fn of(name: &str) -> Option<Local> {
        let zone = TimeZoneDatabase::bundled().get(name).ok()?;
        (zone.iana_name() == Some(name)).then_some(Local(zone))
    }
}

impl Default for Local {
    fn default() -> Local {
        Local(TimeZone::UTC)
    }
}

impl Offset for Local {
    fn minutes_east(&self, at: Ms) -> i16 {
        let known = Timestamp::from_millisecond(at);
        let at = known.unwrap_or(if at < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        });
        let seconds = self.0.to_offset(at).seconds();
        i16::try_from(seconds.div_euclid(60)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_as_far_from_utc_as_their_zones_say() {
        let check = |zone: &str, at: &str, hours: f64| {
            let at: Timestamp = at.parse().unwrap();
            let east = Local::of(zone).unwrap().minutes_east(at.as_millisecond());
            assert_eq!(f64::from(east), hours * 60.0, "{zone} {at}");
        };
        check(SHANGHAI, "2026-01-15T00:00:00Z", 8.0);
        check(SHANGHAI, "2026-07-15T00:00:00Z", 8.0);
        // China had summer time until 1991.
        check(SHANGHAI, "1990-07-15T00:00:00Z", 9.0);
        check("Europe/Berlin", "2026-03-29T00:59:59Z", 1.0);
        check("Europe/Berlin", "2026-03-29T01:00:00Z", 2.0);
        check("Europe/Berlin", "2026-10-25T00:59:59Z", 2.0);
        check("Europe/Berlin", "2026-10-25T01:00:00Z", 1.0);
        check("America/New_York", "2026-03-08T06:59:59Z", -5.0);
        check("America/New_York", "2026-03-08T07:00:00Z", -4.0);
        check("America/New_York", "2026-11-01T05:59:59Z", -4.0);
        check("America/New_York", "2026-11-01T06:00:00Z", -5.0);
        // Behind the end of the table its rule goes on.
        check("America/New_York", "2090-07-01T00:00:00Z", -4.0);
        check("Asia/Kathmandu", "2026-01-01T00:00:00Z", 5.75);
    }

    #[test]
    fn only_names_of_zones_are_taken() {
        for name in ["Asia/Shanghai", "Europe/Berlin", "UTC", "Asia/Hong_Kong"] {
            assert!(Local::of(name).is_some(), "{name}");
        }
        for name in [
            "",
            "asia/shanghai",
            "Asia/Beijing",
            "+08:00",
            "Etc/Unknown",
            "Asia/Shanghai ",
        ] {
            assert!(Local::of(name).is_none(), "{name}");
        }
    }

    #[test]
    fn no_time_is_too_far() {
        let berlin = Local::of("Europe/Berlin").unwrap();
        for at in [Ms::MIN, Ms::MAX, 0] {
            assert!((53..=120).contains(&berlin.minutes_east(at)), "{at}");
        }
    }
}
