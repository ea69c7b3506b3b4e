//! A random history, as browsers would send it: `domain::sample` in wire batches, in any order.

use domain::api::{Published, SaveRulebook, SaveVerdict, Suspected};
use domain::journal::Body;
use domain::sample;
use domain::verdict::Verdict;
use domain::{event::Content, id::Ms};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tests::member::Member;
use tests::server::Server;
use tests::visitor::Visitor;
use tests::{new_uuid, now_ms};

/// Within the 30 days that the collector accepts.
const SPREAD_MS: Ms = 29 * 86_400_000;

/// A batch and who sends it.
pub(crate) struct Delivery {
    sender: Visitor,
    events: Vec<Value>,
}

/// The batches of about `events` events, each visitor's in pieces, all of it shuffled.
pub(crate) fn deliveries(server: &Server, seed: u64, events: usize) -> Vec<Delivery> {
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut senders: BTreeMap<_, Delivery> = BTreeMap::new();
    for input in sample::inputs(seed, events) {
        let Body::Tracked(tracked) = input.body else {
            continue;
        };
        // The last visits begin at the end of what the sample lasts, and go on for weeks.
        let since = (input.occurred_at - sample::BEGINS) / 1_000;
        let at = now_ms() - SPREAD_MS + since * SPREAD_MS / (2 * sample::LASTS_MS / 1_000);
        let event = &tracked.event;
        let mut value =
            json!({"id": event.id, "at": at, "kind": event.kind().name(), "url": event.url});
        let more = match &event.content {
            Content::PageView { referrer, title } => json!({"referrer": referrer, "title": title}),
            Content::Engagement(engagement) => json!({"props": engagement}),
            Content::FormView { form } | Content::FormStart { form } => json!({"form": form}),
            Content::Identify { fields } => json!({"fields": fields}),
            Content::FormSubmit { form, fields } => json!({"form": form, "fields": fields}),
            Content::Custom { name, props } => json!({"name": name, "props": props}),
            Content::Wechat { .. } => continue,
        };
        let more = more.as_object().expect("an object").clone();
        value.as_object_mut().expect("an object").extend(more);
        let delivery = senders.entry(event.visitor).or_insert_with(|| {
            let mut sender = server.visitor();
            sender.id = event.visitor;
            if tracked.stamp.bot.is_some() {
                sender = sender.calling_itself("curl/8.5.0");
            }
            Delivery {
                sender,
                events: Vec::new(),
            }
        });
        delivery.events.push(value);
    }
    let mut pieces = Vec::new();
    for mut delivery in senders.into_values() {
        rng.shuffle(&mut delivery.events);
        while !delivery.events.is_empty() {
            let size = rng.usize(1..=8).min(delivery.events.len());
            let sender = delivery.sender.clone();
            let events = delivery.events.drain(..size).collect();
            pieces.push(Delivery { sender, events });
        }
    }
    rng.shuffle(&mut pieces);
    pieces
}

/// Sends them, eight at a time.
pub(crate) fn deliver(server: &Server, deliveries: &[Delivery]) {
    std::thread::scope(|scope| {
        for lane in 0..8 {
            scope.spawn(move || {
                for delivery in deliveries.iter().skip(lane).step_by(8) {
                    let sender = delivery.sender.sending_to(server);
                    sender.send(&delivery.events);
                }
            });
        }
    });
}

/// Decides about every browser that was suspected, of each third otherwise; `turn` says of which how.
pub(crate) fn judge_suspects(owner: &Member, turn: usize) {
    let page = owner.call(&Suspected {
        cursor: None,
        limit: Some(200),
    });
    assert!(page.items.len() > 3, "{} suspects", page.items.len());
    for (place, row) in page.items.into_iter().enumerate() {
        let verdict = Verdict::ALL[(place + turn) % Verdict::ALL.len()];
        let judged = owner.call(&SaveVerdict {
            key: new_uuid(),
            visitor: row.id,
            verdict,
        });
        assert_eq!((judged.id, judged.verdict), (row.id, verdict));
    }
}

/// Publishes rules by which nothing fades, silence costs nothing and nobody is left out for some days: what a story sees then
/// changes by no day.
pub(crate) fn publish_steady_rules(owner: &Member) -> Published {
    let current = owner.call(&domain::api::ReadRulebook {});
    let mut rulebook = current.rulebook;
    rulebook.silence = None;
    if let Some(grading) = &mut rulebook.grading {
        grading.exclusions.clear();
    }
    for rule in &mut rulebook.rules {
        rule.half_life_days = None;
    }
    owner.call(&SaveRulebook {
        key: new_uuid(),
        expected_version: current.version,
        rulebook,
    })
}

/// Publishes the starter rules with another worth for a trial and for the prices.
pub(crate) fn publish_another_rulebook(owner: &Member) -> Published {
    let current = owner.call(&domain::api::ReadRulebook {});
    let mut rulebook = current.rulebook;
    for rule in &mut rulebook.rules {
        match rule.id.as_str() {
            "trial_form" => rule.points -= 7,
            "pricing_view" => rule.points += 3,
            _ => {}
        }
    }
    owner.call(&SaveRulebook {
        key: new_uuid(),
        expected_version: current.version,
        rulebook,
    })
}
