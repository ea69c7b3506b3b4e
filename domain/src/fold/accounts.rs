//! Companies: who opens one, who is of it, what members say of it, and which browsers come from it.
//!
//! A person is of the company whose address is the first one of work, unless a member says otherwise; nobody is moved by a
//! rule again. Not here: what a company's name and domains are ([`crate::account`]), and lists.

use super::alike::company_key;
use super::edits::invalid;
use super::settings::EditError;
use super::verdicts::may_weigh;
use super::world::{World, Written};
use crate::account::{Account, Choice, Domain, domain, name, tree};
use crate::api::SaveAccount;
use crate::channel::Channel;
use crate::contact::Key;
use crate::event::Content;
use crate::family::Family;
use crate::id::{AccountId, ImportId, LeadId, Ms, derived};
use crate::input::{self, Input as FormInput};
use crate::journal::{
    AccountOpened, AccountSaved, Actor, Body, Fact, LeadPut, Tracked, VisitorOfCompany,
};
use crate::lead::{Field, Lead};
use crate::profile::{FieldId, Value};
use crate::touch::cut;
use std::collections::BTreeSet;
use uuid::Uuid;

/// The domain of the company that an event comes from, whoever sent it: its visit began on a page inside the company, or
/// it names the company's site and nobody. A link on a company's public site brings anyone, so a host below the domain
/// is asked for, one that is not `www`, in the channel of links.
pub fn company_domain(tracked: &Tracked) -> Option<Domain> {
    let touch = tracked.stamp.touch.as_ref();
    let link = touch.filter(|touch| touch.channel == Channel::Referral);
    if let Some(host) = link.and_then(|touch| touch.referrer.as_deref()) {
        let domain = Domain::of_host(host).ok()?;
        return (domain.as_str() != host && host != format!("www.{}", domain.as_str()))
            .then_some(domain);
    }
    let Content::Identify { fields } = &tracked.event.content else {
        return None;
    };
    if tracked.event.content.claim().is_some() {
        return None;
    }
    let sites = fields
        .iter()
        .filter(|(name, _)| input::read(name) == Some(FormInput::Field(Field::Website)));
    sites
        .into_iter()
        .find_map(|(_, site)| domain::of_site(site).ok())
}

impl World {
    /// A company at hand.
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts.get(&id)
    }

    /// The company at hand that has this domain.
    pub fn account_of(&self, domain: &Domain) -> Option<AccountId> {
        self.domains.get(domain).copied()
    }

    /// Puts a stored company at hand.
    pub fn put_account(&mut self, account: Account) {
        for domain in &account.domains {
            self.domains.insert(domain.clone(), account.id);
        }
        if let Some(key) = company_key(&account.name) {
            self.companies.entry(key).or_default().insert(account.id);
        }
        self.missing.remove(&account.id);
        self.accounts.insert(account.id, account);
    }

    /// The companies of people at hand that are not at hand themselves; each is told once.
    pub fn take_missing_accounts(&mut self) -> BTreeSet<AccountId> {
        std::mem::take(&mut self.missing)
    }

    pub(super) fn miss_accounts(&mut self, lead: &Lead) {
        let account = lead.memberships.last().and_then(|last| last.account);
        self.missing
            .extend(account.filter(|id| !self.accounts.contains_key(id)));
    }

    /// A person as lists show it, with the company's name.
    pub fn row(&self, family: &Family<'_>) -> crate::lead::LeadRow {
        let mut row = family.row();
        if let Some(account) = &mut row.account {
            let known = self.accounts.get(&account.id);
            account.name = known.map_or_else(String::new, |known| known.name.clone());
        }
        row
    }

    /// The company of a person who gets these keys and was never said to be of one; opened when nobody has the domain.
    pub(super) fn place(
        &mut self,
        written: &mut Written,
        at: Ms,
        lead: LeadId,
        (keys, company): (&[Key], Option<String>),
        (because, import): (Uuid, Option<ImportId>),
    ) -> Option<AccountId> {
        let family = self.family(lead);
        if family.as_ref().is_some_and(Family::is_placed) {
            return None;
        }
        let domain = keys.iter().find_map(|key| match key {
            Key::Email(email) => domain::of_email(email).ok(),
            _ => None,
        })?;
        if let Some(known) = self.account_of(&domain) {
            return Some(known);
        }
        let said = family.and_then(|family| family.text(Field::Company).map(str::to_owned));
        let said = company.or(said).filter(|name| company_key(name).is_some());
        let name = said.map(|name| cut(name.trim(), name::BYTES_MAX).to_owned());
        let id = AccountId(derived(&format!("account/{}", written.next_seq())));
        let opened = AccountOpened {
            id,
            name: name.unwrap_or_else(|| domain.as_str().to_owned()),
            domain,
            because,
            import,
        };
        self.write(written, at, Actor::System, Body::AccountOpened(opened));
        Some(id)
    }

    /// Decides of which company someone is who is put down.
    pub(super) fn place_put(&mut self, written: &mut Written, at: Ms, put: &mut LeadPut) {
        if put.account.is_some() {
            return;
        }
        let company = match put.set.get(&FieldId::Standard(Field::Company)) {
            Some(Some(Value::Text(text))) => Some(text.clone()),
            _ => None,
        };
        let because = (put.key, put.import);
        let placed = self.place(written, at, put.lead, (&put.keys, company), because);
        put.account = placed.map(Choice::Is);
    }

    /// From which company an event shows its browser to come; once a browser, and not of a program.
    pub(super) fn of_company(&self, tracked: &Tracked) -> Option<VisitorOfCompany> {
        let domain = company_domain(tracked)?;
        let known = self.visitors.get(&tracked.event.visitor);
        let is_new = known.is_none_or(|visitor| visitor.company.is_none());
        (is_new && may_weigh(known, tracked.stamp.bot.is_some())).then_some(())?;
        Some(VisitorOfCompany {
            visitor: tracked.event.visitor,
            account: self.account_of(&domain)?,
            because: tracked.event.id,
        })
    }

    pub(super) fn write_of_company(
        &mut self,
        written: &mut Written,
        at: Ms,
        of_company: VisitorOfCompany,
    ) {
        let body = Body::VisitorOfCompany(of_company);
        self.write(written, at, Actor::System, body);
    }

    /// Checks what a member says of a company; the body of the fact that it becomes. The company, those above and below
    /// it and those that have its domains must be at hand.
    pub fn save_account(&self, save: &SaveAccount, by: &str) -> Result<Body, EditError> {
        let known = self.accounts.get(&save.id);
        match known {
            None if save.expected_seq > 0 => return Err(EditError::NotFound),
            Some(known) if known.seq > save.expected_seq => return Err(EditError::Conflict),
            _ => {}
        }
        let name = save.name.trim();
        if name.is_empty() {
            return Err(invalid("name", "empty"));
        }
        if name.len() > name::BYTES_MAX {
            return Err(invalid("name", "too_long"));
        }
        if save.domains.len() > Account::DOMAINS_MAX {
            return Err(invalid("domains", "too_many"));
        }
        let mut domains = BTreeSet::new();
        for (place, text) in save.domains.iter().enumerate() {
            let field = || format!("domains[{place}]");
            let domain = domain::of_site(text).map_err(|error| invalid(field(), error.code()))?;
            if self.account_of(&domain).is_some_and(|id| id != save.id) {
                return Err(invalid(field(), "taken"));
            }
            domains.insert(domain);
        }
        if let Some(parent) = save.parent {
            self.check_parent(save.id, parent)?;
        }
        Ok(Body::AccountSaved(AccountSaved {
            key: save.key,
            id: save.id,
            name: name.to_owned(),
            domains,
            parent: save.parent,
            by: by.to_owned(),
        }))
    }

    fn check_parent(&self, id: AccountId, parent: AccountId) -> Result<(), EditError> {
        if parent != id && !self.accounts.contains_key(&parent) {
            return Err(invalid("parent", "unknown"));
        }
        let height = tree::height(id, |above| {
            let below = self.accounts.values();
            let below = below.filter(|account| account.parent == Some(above));
            below.map(|account| account.id).collect()
        });
        let above = |id| self.accounts.get(&id).and_then(|account| account.parent);
        tree::may_be_parent(parent, id, height, above)
            .map_err(|error| invalid("parent", error.code()))
    }

    pub(super) fn apply_account_opened(&mut self, fact: &Fact, opened: &AccountOpened) {
        self.changes.accounts.insert(opened.id);
        self.put_account(Account {
            id: opened.id,
            name: opened.name.clone(),
            aliases: BTreeSet::new(),
            domains: [opened.domain.clone()].into(),
            parent: None,
            import: opened.import,
            owner: None,
            opened_at: fact.occurred_at,
            seq: fact.seq,
        });
    }

    pub(super) fn apply_account_saved(&mut self, fact: &Fact, saved: &AccountSaved) {
        let before = self.forget_account(saved.id);
        let owner = before.as_ref().and_then(|before| before.owner);
        let (opened_at, aliases) = before
            .as_ref()
            .map_or((fact.at, BTreeSet::new()), |before| {
                (before.opened_at, before.aliases.clone())
            });
        self.changes.accounts.insert(saved.id);
        self.put_account(Account {
            id: saved.id,
            name: saved.name.clone(),
            aliases,
            domains: saved.domains.clone(),
            parent: saved.parent,
            import: None,
            owner,
            opened_at,
            seq: fact.seq,
        });
    }

    /// Takes a company away that nobody is of.
    pub(super) fn close_account(&mut self, id: AccountId) {
        self.forget_account(id);
        self.changes.accounts.insert(id);
    }

    fn forget_account(&mut self, id: AccountId) -> Option<Account> {
        let account = self.accounts.remove(&id)?;
        for domain in &account.domains {
            self.domains.remove(domain);
        }
        let named = company_key(&account.name).and_then(|key| self.companies.get_mut(&key));
        if let Some(named) = named {
            named.remove(&account.id);
        }
        Some(account)
    }

    pub(super) fn apply_of_company(&mut self, fact: &Fact, of: &VisitorOfCompany) {
        if let Some(visitor) = self.visitors.get_mut(&of.visitor) {
            visitor.company = Some(of.account);
            visitor.seq = fact.seq;
            self.changes.visitors.insert(of.visitor);
            self.changes.of_company.push((of.visitor, of.account));
        }
    }
}

#[cfg(test)]
mod tests;
