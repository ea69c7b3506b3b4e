//! Who is likely somebody already in the base: looked for where a name or a company is first said, or changed.
//!
//! [`crate::likeness`] says by which words they are found and decides on two of them. Whoever fills the world brings those
//! who have the words to hand ([`World::alike_keys`]). Nothing is merged by it: it is suggested, once.

use super::world::{World, Written};
use crate::account::CompanyName;
use crate::contact::Key;
use crate::family::Family;
use crate::id::{AccountId, LeadId, Ms};
use crate::journal::SuggestionMade;
use crate::lead::Field;
use crate::likeness;
use crate::profile::FieldId;
use crate::suggestion::{Suggested, Why};
use std::collections::BTreeSet;

/// So many who have the same words are looked at.
pub const ALIKE_MAX: usize = 10;

/// Someone who may get a name or a company.
#[derive(Clone, Debug, Default)]
pub struct Naming {
    /// By what the person is found.
    pub keys: Vec<Key>,
    /// Who it is, where that is known.
    pub lead: Option<LeadId>,
    /// The name, where one is said.
    pub name: Option<String>,
    /// The company, where one is said.
    pub company: Option<String>,
}

impl Naming {
    /// Whether there is anything to look for.
    pub fn says_something(&self) -> bool {
        self.name.is_some() || self.company.is_some()
    }
}

/// Whether those who are alike are found by this field.
pub(super) fn names(field: &FieldId) -> bool {
    matches!(field, FieldId::Standard(Field::Name | Field::Company))
}

/// What of a company's name is compared; none of what people write when they have no company.
pub fn company_key(name: &str) -> Option<String> {
    let name = CompanyName::parse(name).filter(CompanyName::names_one)?;
    Some(name.key().to_owned())
}

/// A person's name and company.
fn texts<'a>(family: &Family<'a>) -> (&'a str, &'a str) {
    let text = |field| family.text(field).unwrap_or_default();
    (text(Field::Name), text(Field::Company))
}

impl World {
    /// The words under which those are found who may be alike, and what of the company's name is compared.
    pub fn alike_keys(&self, naming: &Naming) -> (Vec<String>, Option<String>) {
        let known = naming.lead.filter(|id| self.lead(*id).is_some());
        let by_key = || {
            let mut keys = naming.keys.iter();
            keys.find_map(|key| Some(self.lead_of(key)?.id))
        };
        let family = known.or_else(by_key).and_then(|id| self.family(id));
        let (name, company) = family.as_ref().map(texts).unwrap_or_default();
        let name = naming.name.as_deref().unwrap_or(name);
        let company = naming.company.as_deref().unwrap_or(company);
        let company = CompanyName::parse(company).filter(CompanyName::names_one);
        let words = company.as_ref().map(|it| likeness::keys_at(name, it));
        let key = company.map(|company| company.key().to_owned());
        (words.unwrap_or_default(), key)
    }

    /// The words under which a record is found that is shown; one that is not is found by whom it was merged into.
    pub fn words_of(&self, id: LeadId) -> Vec<String> {
        let family = self.family(id).filter(|family| family.root().id == id);
        family.map_or_else(Vec::new, |family| {
            let (name, company) = texts(&family);
            likeness::keys(name, company)
        })
    }

    /// Says that this record is found under these words.
    pub fn hint_alike(&mut self, words: String, id: LeadId) {
        self.alike.entry(words).or_default().insert(id);
    }

    /// Suggests whom a person is likely to be, and of which company.
    pub(super) fn suggest_alike(&mut self, written: &mut Written, at: Ms, id: LeadId) {
        let own = self.root(id);
        let words = self.words_of(own);
        for made in self.alike_to(own, &words) {
            self.suggest(written, at, made);
        }
        if let Some(account) = self.company_by_name(own) {
            let made = SuggestionMade {
                what: Suggested::Member(own, account),
                why: Why::CompanyName,
            };
            self.suggest(written, at, made);
        }
        for words in words {
            self.hint_alike(words, own);
        }
    }

    /// Who of those at hand is likely the one with this name and company, and why.
    pub fn likely(&self, name: &str, company: &str) -> Vec<(LeadId, likeness::Why)> {
        self.likely_by(&likeness::keys(name, company), (name, company))
    }

    fn likely_by(&self, words: &[String], said: (&str, &str)) -> Vec<(LeadId, likeness::Why)> {
        let found = words.iter().filter_map(|words| self.alike.get(words));
        let roots: BTreeSet<LeadId> = found.flatten().map(|id| self.root(*id)).collect();
        let likely = roots.into_iter().filter_map(|root| {
            let other = self.family(root)?;
            Some((root, likeness::alike(said, texts(&other))?))
        });
        // One of them may be the person itself.
        likely.take(ALIKE_MAX.saturating_add(1)).collect()
    }

    fn alike_to(&self, own: LeadId, words: &[String]) -> Vec<SuggestionMade> {
        let Some(family) = self.family(own) else {
            return Vec::new();
        };
        let likely = self.likely_by(words, texts(&family)).into_iter();
        let others = likely.filter(|(root, _)| *root != own);
        let made = others.map(|(root, why)| SuggestionMade {
            what: Suggested::same_person(own, root),
            why: Why::Alike(why),
        });
        made.collect()
    }

    /// The one account with the name that a person gives the company, of whom it was not said where it belongs.
    fn company_by_name(&self, own: LeadId) -> Option<AccountId> {
        let family = self.family(own).filter(|family| !family.is_placed())?;
        let key = company_key(family.text(Field::Company)?)?;
        let accounts = self.companies.get(&key)?;
        accounts.first().copied().filter(|_| accounts.len() == 1)
    }
}
