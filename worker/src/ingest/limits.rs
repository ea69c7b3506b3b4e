//! How much may come: from one client, for one site, and at once.
//!
//! Buckets lie in the isolate's memory, so an isolate's limit is what holds in it; where the deployment names the
//! platform's limiters (`CLIENT_LIMIT`, `SITE_LIMIT` in wrangler.jsonc), `worker/js/index.js` asks these too: they
//! count requests over all isolates of a place, but not events. A kept event costs one, a request at least one, paid
//! when it arrives, so that rubbish is not free. Not here: the sizes of a batch (`domain::event`), and what waits in
//! the object.

use super::flights::Flights;
use crate::limit::{
    CLIENT_EVENTS_PER_S, CLIENTS_MAX, FLIGHT_MS_MAX, IN_FLIGHT_MAX, LIMITER_PERIOD_MS,
    RETRY_AFTER_S, SITE_EVENTS_PER_S, SITES_MAX,
};
use domain::bucket::{Buckets, Client, Rate};
use domain::event::{Batch, Rejection};
use domain::id::{Ms, SiteKey};
use domain::wire::limit;
use std::cell::RefCell;
use worker::Env;

/// The events of a full batch.
const BATCH: u32 = limit::EVENTS_MAX as u32;

/// What is beyond a limit: by which name, and when the sender may come back.
#[derive(Debug)]
pub(super) struct Beyond {
    pub(super) why: Rejection,
    pub(super) retry_after_s: u32,
}

impl Beyond {
    /// Too much was sent; the bucket says when there is more.
    fn rate(wait_ms: Ms) -> Beyond {
        let seconds = wait_ms.saturating_add(999).div_euclid(1_000).max(1);
        Beyond {
            why: Rejection::RateLimited,
            retry_after_s: u32::try_from(seconds).unwrap_or(u32::MAX),
        }
    }

    /// The platform's limiter refused.
    pub(super) fn limiter() -> Beyond {
        Beyond::rate(LIMITER_PERIOD_MS)
    }

    /// So much is in hand that no more is taken.
    fn overloaded() -> Beyond {
        Beyond {
            why: Rejection::Overloaded,
            retry_after_s: RETRY_AFTER_S,
        }
    }
}

/// What an isolate keeps.
struct Limits {
    clients: Buckets<Client>,
    sites: Buckets<SiteKey>,
    flights: Flights,
    in_flight_max: usize,
}

thread_local! {
    static LIMITS: RefCell<Option<Limits>> = const { RefCell::new(None) };
}

impl Limits {
    fn read(env: &Env) -> Limits {
        let rate = |name, default| Rate::per_second(variable(env, name, default));
        Limits {
            clients: Buckets::new(
                rate("CLIENT_EVENTS_PER_S", CLIENT_EVENTS_PER_S),
                CLIENTS_MAX,
            ),
            sites: Buckets::new(rate("SITE_EVENTS_PER_S", SITE_EVENTS_PER_S), SITES_MAX),
            flights: Flights::default(),
            in_flight_max: variable(env, "IN_FLIGHT_MAX", IN_FLIGHT_MAX),
        }
    }
}

/// A variable that is a number; one that is not is as good as none.
fn variable<N: std::str::FromStr>(env: &Env, name: &str, default: N) -> N {
    let Ok(value) = env.var(name) else {
        return default;
    };
    let value = value.to_string();
    value.parse().unwrap_or_else(|_| {
        worker::console_error!("{name} is {value:?}, which is no number it can be");
        default
    })
}

/// Takes a request in, before anything of its body is read: its number, until it [`leave`]s. The limits are read from
/// the environment the first time.
pub(super) fn admit(client: Option<Client>, env: &Env, now: Ms) -> Result<u64, Beyond> {
    LIMITS.with_borrow_mut(|limits| {
        let limits = limits.get_or_insert_with(|| Limits::read(env));
        let begun = limits
            .flights
            .begin(limits.in_flight_max, FLIGHT_MS_MAX, now);
        let number = begun.ok_or_else(Beyond::overloaded)?;
        if let Some(client) = client
            && limits.clients.take(client, 1, now).is_err()
        {
            limits.flights.end(number);
            // How much the body holds is not known: when any batch will fit.
            return Err(Beyond::rate(limits.clients.wait_ms(&client, BATCH, now)));
        }
        Ok(number)
    })
}

/// Pays for the events of a batch that is to be stored: all of it, or nothing and the batch is refused.
pub(super) fn pay(client: Option<Client>, batch: &Batch, now: Ms) -> Result<(), Beyond> {
    LIMITS.with_borrow_mut(|limits| {
        let Some(limits) = limits else {
            return Ok(());
        };
        let events = u32::try_from(batch.events.len()).unwrap_or(u32::MAX);
        // One of the client's was paid on arrival.
        let more = events.saturating_sub(1);
        let clients = &limits.clients;
        let waits = |client: &Client| clients.wait_ms(client, more, now) > 0;
        let client_wait_ms = client
            .filter(waits)
            .map_or(0, |client| clients.wait_ms(&client, events, now));
        let site_wait_ms = limits.sites.wait_ms(&batch.site, events, now);
        let wait_ms = client_wait_ms.max(site_wait_ms);
        if wait_ms > 0 {
            return Err(Beyond::rate(wait_ms));
        }
        let paid = client.map_or(Ok(()), |client| limits.clients.take(client, more, now));
        paid.and_then(|()| limits.sites.take(batch.site.clone(), events, now))
            .map_err(Beyond::rate)
    })
}

/// The request is over.
pub(super) fn leave(number: u64) {
    LIMITS.with_borrow_mut(|limits| {
        if let Some(limits) = limits {
            limits.flights.end(number);
        }
    });
}
