//! The audit log: the facts of the workspace's journal and the deeds that the directory noted, as one list. Each is read from
//! where the page before ended, so none is told twice and none is left out.

use super::account::reply;
use crate::directory::door::Door as Directory;
use crate::directory::sessions::Session;
use crate::error::Failure;
use crate::store::journal::Which;
use crate::workspace::door::Door;
use domain::api::{Audit, AuditPage, Call, CallInfo, Done, page_limit};
use worker::{Env, Response, Url};

/// Whether a call is this one.
pub(super) fn answers(call: &CallInfo) -> bool {
    call.name == Audit::NAME
}

/// Answers the call.
pub(super) async fn answer(url: &Url, session: &Session, env: &Env) -> Result<Response, Failure> {
    let call: Audit =
        domain::api::read(Vec::new(), url.query().unwrap_or_default(), b"").map_err(|error| {
            Failure {
                message: error.to_string(),
                ..Failure::invalid("query", "malformed")
            }
        })?;
    let from = call
        .cursor
        .as_deref()
        .map_or(Ok(Cursor::default()), |text| {
            Cursor::read(text).ok_or_else(|| Failure::invalid("cursor", "malformed"))
        })?;
    let limit = page_limit(call.limit);
    let which = |before| Which {
        actor: call.actor,
        area: call.area,
        before,
        limit: limit.saturating_add(1),
    };
    let member = session.seen();
    let facts = Door::to(env, &member.workspace)?
        .deeds(&which(from.facts))
        .await?;
    // The made-up company has no directory of its own.
    let deeds = if session.looks {
        Vec::new()
    } else {
        let directory = Directory::to(env)?;
        directory.deeds(member.workspace, which(from.deeds)).await?
    };
    reply::<Audit>(&page(facts, deeds, from, limit))
}

/// Where a page begins: before which fact, and before which deed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Cursor {
    facts: Option<u64>,
    deeds: Option<u64>,
}

impl Cursor {
    fn read(text: &str) -> Option<Cursor> {
        let (facts, deeds) = text.split_once('.')?;
        let number = |text: &str| match text {
            "" => Some(None),
            text => text
                .parse()
                .ok()
                .filter(|n| *n <= u64::from(u32::MAX))
                .map(Some),
        };
        Some(Cursor {
            facts: number(facts)?,
            deeds: number(deeds)?,
        })
    }

    fn print(self) -> String {
        let number = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
        format!("{}.{}", number(self.facts), number(self.deeds))
    }
}

/// The latest of both, and where the next page begins.
fn page(facts: Vec<(u64, Done)>, deeds: Vec<(u64, Done)>, from: Cursor, limit: u32) -> AuditPage {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let (mut facts, mut deeds) = (facts.into_iter().peekable(), deeds.into_iter().peekable());
    let (mut items, mut at) = (Vec::new(), from);
    while items.len() < limit {
        let fact_is_later = match (facts.peek(), deeds.peek()) {
            (Some((_, fact)), Some((_, deed))) => fact.at >= deed.at,
            (fact, _) => fact.is_some(),
        };
        let next = if fact_is_later {
            facts.next()
        } else {
            deeds.next()
        };
        let Some((seq, done)) = next else { break };
        if fact_is_later {
            at.facts = Some(seq);
        } else {
            at.deeds = Some(seq);
        }
        items.push(done);
    }
    let more = facts.peek().is_some() || deeds.peek().is_some();
    AuditPage {
        items,
        next: more.then(|| at.print()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::api::Deed;

    fn done(at: i64) -> Done {
        Done {
            at,
            actor: None,
            by: String::new(),
            deed: Deed::SignedIn,
            about: String::new(),
            role: None,
            version: None,
        }
    }

    fn check(facts: &[i64], deeds: &[i64], limit: u32, expect: &[i64], next: Option<&str>) {
        let numbered = |times: &[i64]| -> Vec<(u64, Done)> {
            let count = times.len() as u64;
            let all = times.iter().enumerate();
            all.map(|(place, at)| (count.saturating_sub(place as u64), done(*at)))
                .collect()
        };
        let page = page(numbered(facts), numbered(deeds), Cursor::default(), limit);
        let times: Vec<i64> = page.items.iter().map(|done| done.at).collect();
        assert_eq!((times.as_slice(), page.next.as_deref()), (expect, next));
    }

    #[test]
    fn two_lists_are_told_as_one() {
        check(&[9, 5], &[8, 7, 1], 3, &[9, 8, 7], Some("2.2"));
        check(&[9, 5], &[8, 7, 1], 5, &[9, 8, 7, 5, 1], None);
        check(&[], &[3, 2], 1, &[3], Some(".2"));
        check(&[], &[], 1, &[], None);
    }

    #[test]
    fn a_cursor_is_read_as_it_was_printed() {
        for (facts, deeds) in [
            (None, None),
            (Some(7), None),
            (Some(1), Some(u64::from(u32::MAX))),
        ] {
            let cursor = Cursor { facts, deeds };
            assert_eq!(Cursor::read(&cursor.print()), Some(cursor));
        }
        for wrong in ["", "7", "a.b", "1.-2", "1.99999999999"] {
            assert_eq!(Cursor::read(wrong), None, "{wrong}");
        }
    }
}
