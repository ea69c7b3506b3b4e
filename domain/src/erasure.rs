//! Erasing a person: the fact that says so, and what it makes of every fact that came before.
//!
//! The facts that are the person's become [`Erased`]: what was counted stays, and nothing by which anyone is known.
//! Browsers that were the person's alone are named by digests, so that the fact tells nobody's id and is still enough to
//! find what is to go. On a browser that others use too, what the person did there stays as nobody's, without words.
//! Not here: what the projections lose ([`crate::fold`]), and where facts are kept.

use crate::agent::BotReason;
use crate::contact::Key;
use crate::event::Content;
use crate::id::{ImportId, LeadId, Ms, SiteKey, VisitorId, derived};
use crate::journal::{
    AccountOpened, Actor, Body, Fact, LeadPut, Subject, Tracked, VisitorIdentified,
};
use crate::score::Shape;
use crate::suggestion::Suggested;
use crate::touch::Touch;
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

/// See [`Body::PersonErased`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonErased {
    /// The idempotency key.
    pub key: Uuid,
    /// The person's records.
    pub leads: Vec<LeadId>,
    /// The digests of the browsers that were the person's alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub browsers: Vec<Uuid>,
    /// The browsers that others use too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared: Vec<Shared>,
    /// Other people about whom something was suggested together with this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<LeadId>,
    /// Which member, by the address.
    pub by: String,
}

/// A browser that others use too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shared {
    /// Which.
    pub visitor: VisitorId,
    /// When it was the person's: from a time, and until before another; none is without end.
    pub spans: Vec<(Option<Ms>, Option<Ms>)>,
}

/// See [`Body::Erased`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// What kind of fact it was.
    pub was: String,
    /// Its idempotency id: what comes again with it brings nothing back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// Of an event what is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<Counted>,
    /// The file that it stood in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import: Option<ImportId>,
    /// Whether it opened a person.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub opened: bool,
}

/// What is counted of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// On which site.
    pub site: SiteKey,
    /// What it looked like to a rule.
    pub shape: Shape,
    /// Why it was held to come from a program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bot: Option<BotReason>,
}

/// By what a browser is known that must not be named.
pub fn digest(visitor: VisitorId) -> Uuid {
    derived(&format!("erased/{visitor}"))
}

/// The keys that a fact gives to these records or takes from them, though they may have lost them since.
pub fn keys_told(fact: &Fact, leads: &BTreeSet<LeadId>) -> Vec<Key> {
    match &fact.body {
        Body::VisitorIdentified(named) if leads.contains(&named.lead) => named.keys.clone(),
        Body::LeadPut(put) if leads.contains(&put.lead) => {
            let all = put.keys.iter().chain(&put.dropped);
            all.cloned().collect()
        }
        Body::SuggestionMade(made) => match &made.what {
            Suggested::OwnKey(lead, key) if leads.contains(lead) => vec![key.clone()],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// What an erasure makes of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remade {
    /// The fact as it is from now on; it may be as it was.
    pub fact: Fact,
    /// Whether somebody else's rows may change with it: they are built anew.
    pub others: bool,
}

/// An erasure on its way over the facts.
#[derive(Clone, Debug)]
pub struct Erasure<'a> {
    erased: &'a PersonErased,
    leads: BTreeSet<LeadId>,
    browsers: BTreeSet<Uuid>,
    keys: BTreeSet<&'a Key>,
    words: Vec<String>,
    numbers: Vec<String>,
}

impl<'a> Erasure<'a> {
    /// Of a person who had these keys.
    pub fn new(erased: &'a PersonErased, keys: &'a [Key]) -> Erasure<'a> {
        let (mut words, mut numbers) = (Vec::new(), Vec::new());
        for key in keys {
            match key {
                Key::Email(email) => words.push(email.as_str().to_lowercase()),
                Key::OpenId(id) | Key::UnionId(id) => {
                    let own = id.rsplit_once('/').map_or(id.as_str(), |(_, own)| own);
                    words.push(own.to_lowercase());
                }
                Key::Phone(phone) => {
                    let all = phone.as_str().trim_start_matches('+');
                    numbers.push(all.strip_prefix("86").unwrap_or(all).to_owned());
                }
                Key::External(_) => {}
            }
        }
        Erasure {
            leads: erased.leads.iter().copied().collect(),
            browsers: erased.browsers.iter().copied().collect(),
            keys: keys.iter().collect(),
            erased,
            words,
            numbers,
        }
    }

    /// What becomes of a fact that came before; none when it stays as it is.
    pub fn of(&self, fact: &Fact) -> Option<Remade> {
        let gone = |import, opened| Some(self.gone(fact, import, opened));
        match &fact.body {
            Body::Tracked(tracked) => self.of_event(fact, tracked),
            Body::VisitorIdentified(identified) if self.is_own(identified.visitor) => {
                self.gone_of(fact, identified.lead)
            }
            Body::VisitorIdentified(identified) => self.of_name(fact, identified),
            // Which of the events weighed is not to be read any more, so the shapes are numbered anew.
            Body::VerdictChanged(changed) if self.is_own(changed.visitor) => Some(Remade {
                others: true,
                ..self.gone(fact, None, false)
            }),
            Body::IdentificationWithdrawn(withdrawn) if self.is_own(withdrawn.visitor) => {
                self.gone_of(fact, withdrawn.lead)
            }
            Body::KeyEventReached(reached) if self.is_own(reached.visitor) => gone(None, false),
            Body::VisitorOfCompany(of) if self.is_own(of.visitor) => gone(None, false),
            Body::ConversationSaved(saved) if self.leads.contains(&saved.conversation.lead) => {
                gone(None, false)
            }
            Body::ConversationRemoved(removed) if self.leads.contains(&removed.lead) => {
                gone(None, false)
            }
            Body::StageMoved(moved) if self.leads.contains(&moved.lead) => gone(None, false),
            Body::StepNoted(noted) if self.leads.contains(&noted.lead) => gone(None, false),
            Body::LeadAssigned(to) if self.leads.contains(&to.lead) => gone(None, false),
            Body::ClockStarted(one) if self.leads.contains(&one.lead) => gone(None, false),
            Body::ClockTurned(one) if self.leads.contains(&one.lead) => gone(None, false),
            Body::AccountOpened(opened) => self.of_company(fact, opened),
            // Without the person nothing would part the two again.
            Body::LeadsMerged(one) if self.ties([one.survivor, one.merged]) => Some(Remade {
                others: true,
                ..self.gone(fact, None, false)
            }),
            Body::MergeUndone(one) if self.ties([one.survivor, one.merged]) => {
                Some(remade(fact, fact.actor, fact.body.clone(), true))
            }
            Body::LeadPut(put) if self.leads.contains(&put.lead) => gone(put.import, put.opened),
            Body::LeadPut(put) => self.of_put(fact, put),
            Body::MemberChosen(chosen) if self.leads.contains(&chosen.lead) => gone(None, false),
            Body::SegmentsMoved(moved) if self.leads.contains(&moved.lead) => gone(None, false),
            Body::TaskSaved(saved) if self.leads.contains(&saved.task.lead) => gone(None, false),
            Body::SuggestionMade(made) => self.of_suggestion(fact, &made.what),
            Body::SuggestionDismissed(dismissed) => self.of_suggestion(fact, &dismissed.what),
            Body::WorkspaceOpened(_)
            | Body::SiteSaved(_)
            | Body::RulebookPublished(_)
            | Body::FirstTouchMoved(_)
            | Body::VerdictChanged(_)
            | Body::IdentificationWithdrawn(_)
            | Body::KeyEventReached(_)
            | Body::ImportOpened(_)
            | Body::ImportUndone(_)
            | Body::ImportTakenBack(_)
            | Body::LeadsMerged(_)
            | Body::MergeUndone(_)
            | Body::SchemaSaved(_)
            | Body::PersonaSaved(_)
            | Body::PersonaRemoved(_)
            | Body::ConversationSaved(_)
            | Body::ConversationRemoved(_)
            | Body::AccountSaved(_)
            | Body::VisitorOfCompany(_)
            | Body::PersonErased(_)
            | Body::Erased(_)
            | Body::LadderSaved(_)
            | Body::CalendarSaved(_)
            | Body::RoutingSaved(_)
            | Body::AwaySaved(_)
            | Body::MovesApplied(_)
            | Body::RosterTold(_)
            | Body::AccountAssigned(_)
            | Body::StageMoved(_)
            | Body::StepNoted(_)
            | Body::LeadAssigned(_)
            | Body::ClockStarted(_)
            | Body::ClockTurned(_)
            | Body::SegmentSaved(_)
            | Body::SegmentRemoved(_)
            | Body::MemberChosen(_)
            | Body::SegmentsMoved(_)
            | Body::TaskSaved(_)
            | Body::ViewSaved(_)
            | Body::ViewRemoved(_)
            | Body::BulkBegun(_)
            | Body::BulkDone(_)
            | Body::BulkUndone(_) => None,
            // Members signed it, and it names nobody of the base.
            Body::HeadsNamed(_)
            | Body::DefinitionDrafted(_)
            | Body::DefinitionSigned(_)
            | Body::DefinitionInForce(_) => None,
        }
    }

    /// Whether a fact is about the person: what everything held of one shows.
    pub fn is_about(&self, fact: &Fact) -> bool {
        match (&fact.body, fact.body.subject()) {
            (Body::Tracked(tracked), _) => {
                let visitor = tracked.event.visitor;
                self.is_own(visitor) || self.is_within(visitor, fact.occurred_at)
            }
            (_, Subject::Visitor(visitor)) => self.is_own(visitor),
            (_, Subject::Lead(lead)) => self.leads.contains(&lead),
            (_, Subject::Leads(some)) => some.iter().any(|lead| self.leads.contains(lead)),
            _ => false,
        }
    }

    /// The browser that an event came from, where it was the person's alone.
    pub fn browser(&self, fact: &Fact) -> Option<VisitorId> {
        match &fact.body {
            Body::Tracked(tracked) => {
                Some(tracked.event.visitor).filter(|visitor| self.is_own(*visitor))
            }
            _ => None,
        }
    }

    fn is_own(&self, visitor: VisitorId) -> bool {
        !self.browsers.is_empty() && self.browsers.contains(&digest(visitor))
    }

    /// Whether the time is one at which a shared browser was the person's.
    pub(crate) fn is_within(&self, visitor: VisitorId, at: Ms) -> bool {
        let mut shared = self.erased.shared.iter();
        let of_it = shared.find(|shared| shared.visitor == visitor);
        let mut spans = of_it.into_iter().flat_map(|shared| &shared.spans);
        spans.any(|(from, until)| {
            from.is_none_or(|from| from <= at) && until.is_none_or(|until| at < until)
        })
    }

    /// Whether a text tells a key of the person.
    fn tells(&self, text: &str) -> bool {
        let plain = percent_decode_str(text).decode_utf8_lossy().to_lowercase();
        let digits = || plain.chars().filter(char::is_ascii_digit);
        let digits: String = if self.numbers.is_empty() {
            String::new()
        } else {
            digits().collect()
        };
        self.words.iter().any(|word| plain.contains(word.as_str()))
            || self
                .numbers
                .iter()
                .any(|number| digits.contains(number.as_str()))
    }

    fn gone(&self, fact: &Fact, import: Option<ImportId>, opened: bool) -> Remade {
        let mut others = false;
        let event = match &fact.body {
            Body::Tracked(tracked) => {
                let shape = tracked.event.shape(&tracked.stamp);
                let mut shape = match tracked.stamp.bot {
                    Some(_) => shape.without_details(),
                    None => shape,
                };
                if self.tells(&shape.path) {
                    shape.path.clear();
                    others = true;
                }
                Some(Counted {
                    site: tracked.event.site.clone(),
                    shape,
                    bot: tracked.stamp.bot,
                })
            }
            _ => None,
        };
        let erased = Erased {
            was: fact.body.kind().0.to_owned(),
            id: fact.body.idempotency_id(),
            event,
            import,
            opened,
        };
        remade(fact, Actor::System, Body::Erased(Box::new(erased)), others)
    }

    /// A fact of one of the person's browsers about a record: where that is another's, its history changes.
    fn gone_of(&self, fact: &Fact, lead: LeadId) -> Option<Remade> {
        Some(Remade {
            others: !self.leads.contains(&lead),
            ..self.gone(fact, None, false)
        })
    }

    /// Whether a fact ties the person to somebody else, who was one with the person and is no longer. In that one's history
    /// the person's values may stand.
    fn ties(&self, two: [LeadId; 2]) -> bool {
        let own = two.iter().filter(|lead| self.leads.contains(lead));
        own.count() == 1
    }

    /// A company is not the person's, unless the person gave a key as its name.
    fn of_company(&self, fact: &Fact, opened: &AccountOpened) -> Option<Remade> {
        let plain = AccountOpened {
            name: opened.domain.as_str().to_owned(),
            ..opened.clone()
        };
        let body = Body::AccountOpened(plain);
        (self.tells(&opened.name) && body != fact.body)
            .then(|| remade(fact, fact.actor, body, true))
    }

    fn of_event(&self, fact: &Fact, tracked: &Tracked) -> Option<Remade> {
        let event = &tracked.event;
        if self.is_own(event.visitor) {
            return Some(self.gone(fact, None, false));
        }
        let mut plain = tracked.clone();
        if self.is_within(event.visitor, fact.occurred_at) {
            let nothing = |_: &str| true;
            scrub(&mut plain, &nothing);
        } else {
            scrub(&mut plain, &|text| self.tells(text));
        }
        let body = Body::Tracked(Box::new(plain));
        (body != fact.body).then(|| remade(fact, fact.actor, body, true))
    }

    fn of_name(&self, fact: &Fact, identified: &VisitorIdentified) -> Option<Remade> {
        let mut plain = identified.clone();
        if self.leads.contains(&identified.lead) {
            plain.keys.clear();
            plain.filled.clear();
            plain.account = None;
        } else {
            plain.keys.retain(|key| !self.keys.contains(key));
            plain.filled.retain(|_, text| !self.tells(text));
        }
        let body = Body::VisitorIdentified(plain);
        (body != fact.body).then(|| remade(fact, fact.actor, body, true))
    }

    fn of_put(&self, fact: &Fact, put: &LeadPut) -> Option<Remade> {
        let mut plain = put.clone();
        plain.keys.retain(|key| !self.keys.contains(key));
        plain.dropped.retain(|key| !self.keys.contains(key));
        let body = Body::LeadPut(Box::new(plain));
        (body != fact.body).then(|| remade(fact, fact.actor, body, true))
    }

    fn of_suggestion(&self, fact: &Fact, what: &Suggested) -> Option<Remade> {
        let Suggested::OwnKey(lead, key) = what else {
            return None;
        };
        let own = self.leads.contains(lead);
        (own || self.keys.contains(key)).then(|| Remade {
            others: !own,
            ..self.gone(fact, None, false)
        })
    }
}

fn remade(fact: &Fact, actor: Actor, body: Body, others: bool) -> Remade {
    let fact = Fact {
        actor,
        body,
        ..fact.clone()
    };
    Remade { fact, others }
}

/// Takes the texts out of an event that `tells` says: those of its content, and what follows a URL's path.
fn scrub(tracked: &mut Tracked, tells: &impl Fn(&str) -> bool) {
    let empty = |text: &mut Option<String>| {
        if text.as_deref().is_some_and(tells) {
            *text = None;
        }
    };
    if tells(&tracked.event.url) {
        cut_query(&mut tracked.event.url);
    }
    match &mut tracked.event.content {
        Content::PageView { referrer, title } => {
            empty(referrer);
            empty(title);
        }
        Content::FormSubmit { fields, .. }
        | Content::Identify { fields }
        | Content::Custom { props: fields, .. } => fields.retain(|_, value| !tells(value)),
        Content::Wechat { message, .. } => message.keep_words(|word| !tells(word)),
        Content::Engagement(_) | Content::FormView { .. } | Content::FormStart { .. } => {}
    }
    if let Some(touch) = &mut tracked.stamp.touch {
        scrub_touch(touch, tells);
    }
}

/// The same of a touch: the channel, the source and the campaign stay.
pub(crate) fn scrub_touch(touch: &mut Touch, tells: &impl Fn(&str) -> bool) {
    if tells(&touch.landing) {
        cut_query(&mut touch.landing);
        touch.click = None;
    }
    for text in [&mut touch.term, &mut touch.content] {
        if text.as_deref().is_some_and(tells) {
            *text = None;
        }
    }
}

fn cut_query(url: &mut String) {
    if let Some(end) = url.find(['?', '#']) {
        url.truncate(end);
    }
}
