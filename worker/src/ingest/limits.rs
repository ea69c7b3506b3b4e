//! How much may come: from one client, for one site, and at once.
//!
//! Buckets lie in the isolate's memory, so an isolate's limit is what holds in it; where the deployment names the
//! platform's limiters (`CLIENT_LIMIT`, `SITE_LIMIT` in wrangler.jsonc), these are asked too: they count requests over
//! all isolates of a place, but not events. A kept event costs one, a request at least one, paid when it arrives, so
//! that rubbish is not free. Not here: the sizes of a batch (`domain::event`), and the object's own queue.

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
use std::rc::Rc;
use worker::{Env, Headers, RateLimiter};

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
}

/// What an isolate keeps, and what its environment says of it.
struct Limits {
    clients: Buckets<Client>,
    sites: Buckets<SiteKey>,
    flights: Flights,
    in_flight_max: usize,
    client_limiter: Option<Rc<RateLimiter>>,
    site_limiter: Option<Rc<RateLimiter>>,
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
            client_limiter: env.rate_limiter("CLIENT_LIMIT").ok().map(Rc::new),
            site_limiter: env.rate_limiter("SITE_LIMIT").ok().map(Rc::new),
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

/// Does something with the isolate's limits, which are read from the environment the first time.
fn with<T>(env: &Env, work: impl FnOnce(&mut Limits) -> T) -> T {
    LIMITS.with_borrow_mut(|limits| work(limits.get_or_insert_with(|| Limits::read(env))))
}

/// A request in the isolate's hands, until it is dropped.
pub(super) struct Place {
    number: u64,
    client: Option<Client>,
}

/// Takes a request in, before anything of its body is read; `Err` sends it away.
pub(super) async fn admit(headers: &Headers, env: &Env, now: Ms) -> Result<Place, Beyond> {
    let client = client(headers);
    let (place, limiter) = with(env, |limits| {
        let begun = limits
            .flights
            .begin(limits.in_flight_max, FLIGHT_MS_MAX, now);
        let number = begun.ok_or(Beyond {
            why: Rejection::Overloaded,
            retry_after_s: RETRY_AFTER_S,
        })?;
        if let Some(client) = client
            && limits.clients.take(client, 1, now).is_err()
        {
            limits.flights.end(number);
            // How much the body holds is not known: when any batch will fit.
            return Err(Beyond::rate(limits.clients.wait_ms(&client, BATCH, now)));
        }
        let place = Place { number, client };
        Ok((place, limits.client_limiter.clone()))
    })?;
    if let (Some(limiter), Some(client)) = (limiter, client) {
        ask(&limiter, client.to_string()).await?;
    }
    Ok(place)
}

impl Place {
    /// Pays for the events of a batch that is to be handed over: all of it, or nothing and the batch is refused.
    pub(super) async fn pay(&self, batch: &Batch, env: &Env, now: Ms) -> Result<(), Beyond> {
        let events = u32::try_from(batch.events.len()).unwrap_or(u32::MAX);
        let limiter = with(env, |limits| {
            // One of the client's was paid on arrival.
            let more = events.saturating_sub(1);
            let clients = &limits.clients;
            let waits = |client: &Client| clients.wait_ms(client, more, now) > 0;
            let client_wait_ms = self
                .client
                .filter(waits)
                .map_or(0, |client| clients.wait_ms(&client, events, now));
            let site_wait_ms = limits.sites.wait_ms(&batch.site, events, now);
            let wait_ms = client_wait_ms.max(site_wait_ms);
            if wait_ms > 0 {
                return Err(Beyond::rate(wait_ms));
            }
            let client = self
                .client
                .map(|client| limits.clients.take(client, more, now));
            client
                .unwrap_or(Ok(()))
                .and_then(|()| limits.sites.take(batch.site.clone(), events, now))
                .map_err(Beyond::rate)?;
            Ok(limits.site_limiter.clone())
        })?;
        match limiter {
            Some(limiter) => ask(&limiter, batch.site.to_string()).await,
            None => Ok(()),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        LIMITS.with_borrow_mut(|limits| {
            if let Some(limits) = limits {
                limits.flights.end(self.number);
            }
        });
    }
}

/// Asks the platform's limiter for one request. One that fails lets everything pass: it must not cost an event.
async fn ask(limiter: &RateLimiter, key: String) -> Result<(), Beyond> {
    match limiter.limit(key).await {
        Ok(outcome) if !outcome.success => Err(Beyond::rate(LIMITER_PERIOD_MS)),
        Ok(_) => Ok(()),
        Err(error) => {
            worker::console_error!("the platform's limiter: {error}");
            Ok(())
        }
    }
}

/// Whose request it is, as the platform's edge says, which overwrites what a sender claims. Without it (a runtime
/// with no edge before it) only the site's bucket holds: any other header, `x-forwarded-for` among them, is the
/// sender's to write, and a limit on it would bind none but the honest.
fn client(headers: &Headers) -> Option<Client> {
    let address = headers.get("cf-connecting-ip").ok().flatten()?;
    Client::read(&address)
}
