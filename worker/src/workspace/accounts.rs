//! Calls about companies, and who a member may be typing. Not here: committing an edit.

use super::calls::place;
use super::core::Core;
use super::edit::nothing_there;
use crate::clock;
use crate::error::Failure;
use crate::projection::load::{self, Keys};
use crate::projection::{companies, read};
use domain::account::{AccountName, tree::DEPTH_MAX};
use domain::api::{
    AccountDetail, AccountOrder, AccountRow, Accounts, Alike, Likely, LikelyWhy, Page, ReadAccount,
    page_limit,
};
use domain::contact::{Country, Key, Phone, PhoneRead};
use domain::fold::{ALIKE_MAX, Naming, World};
use domain::id::{AccountId, LeadId};
use domain::identity::Email;
use domain::wire::limit::VALUE_BYTES_MAX;

/// The companies.
pub(super) fn list(core: &Core, call: &Accounts) -> Result<Page<AccountRow>, Failure> {
    let (db, tables, now) = (&core.db, core.tables.get(), clock::now());
    let search = call.search.as_deref();
    if search.is_some_and(|text| text.len() > VALUE_BYTES_MAX) {
        return Err(Failure::invalid("search", "too_long"));
    }
    let search = read::searched(search);
    let (search, limit) = (search.as_deref(), page_limit(call.limit));
    let after = place(call.cursor.as_ref())?;
    let (ids, next, total) = if call.order == AccountOrder::Rising {
        let mut rising = companies::rising(db, tables, now)?;
        let total = u64::try_from(rising.len()).unwrap_or(u64::MAX);
        rising.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        (rising, None, total)
    } else {
        let (ids, next) = companies::ids(db, tables, (call.order, search), after, limit)?;
        (ids, next, companies::count(db, tables, search)?)
    };
    Ok(Page {
        items: companies::rows(db, tables, &ids, now)?,
        next: next.map(|place| place.print()),
        total,
        seq: core.last_seq.get(),
    })
}

/// One company.
pub(super) fn account(core: &Core, call: &ReadAccount) -> Result<AccountDetail, Failure> {
    let (db, tables) = (&core.db, core.tables.get());
    let row = companies::rows(db, tables, &[call.id], clock::now())?.pop();
    let row = row.ok_or_else(nothing_there)?;
    let mut world = load::empty_world(db, tables)?;
    let keys = Keys {
        trees: [call.id].into(),
        ..Keys::default()
    };
    load::bring(db, tables, &mut world, &keys)?;
    let (visitors, anonymous) = companies::anonymous(db, tables, call.id)?;
    Ok(AccountDetail {
        row,
        people: companies::people(db, tables, call.id)?,
        above: above(&world, call.id),
        below: companies::below(db, tables, call.id)?,
        visitors,
        anonymous,
    })
}

/// The companies above one, the next one first.
fn above(world: &World, id: AccountId) -> Vec<AccountName> {
    let parent = |id: AccountId| world.account(id).and_then(|account| account.parent);
    let line = std::iter::successors(parent(id), |id| parent(*id)).take(DEPTH_MAX);
    line.filter_map(|id| world.account(id))
        .map(|account| AccountName {
            id: account.id,
            name: account.name.clone(),
        })
        .collect()
}

/// Who a member may be typing.
pub(super) fn alike(core: &Core, call: &Alike) -> Result<Vec<Likely>, Failure> {
    let said = [
        ("email", &call.email),
        ("phone", &call.phone),
        ("name", &call.name),
        ("company", &call.company),
    ];
    for (field, text) in said {
        if text
            .as_ref()
            .is_some_and(|text| text.len() > VALUE_BYTES_MAX)
        {
            return Err(Failure::invalid(field, "too_long"));
        }
    }
    let email = call.email.as_deref().and_then(Email::parse).map(Key::Email);
    let phone = call
        .phone
        .as_deref()
        .and_then(|text| match Phone::parse(text, Country::CN) {
            PhoneRead::Good(phone) => Some(Key::Phone(phone)),
            PhoneRead::Ambiguous(_) | PhoneRead::Bad(_) => None,
        });
    let own: Vec<Key> = email.into_iter().chain(phone).collect();
    let naming = Naming {
        name: call.name.clone(),
        company: call.company.clone(),
        ..Naming::default()
    };
    let keys = Keys {
        keys: own.iter().cloned().collect(),
        named: vec![naming],
        ..Keys::default()
    };
    let (db, tables) = (&core.db, core.tables.get());
    let mut world = load::empty_world(db, tables)?;
    load::bring(db, tables, &mut world, &keys)?;
    let by_key = own.into_iter().filter_map(|key| {
        let lead = world.lead_of(&key)?.id;
        Some((lead, LikelyWhy::Key(key)))
    });
    let name = call.name.as_deref().unwrap_or_default();
    let alike = world.likely(name, call.company.as_deref().unwrap_or_default());
    let alike = alike
        .into_iter()
        .map(|(lead, why)| (lead, LikelyWhy::Alike(why)));
    let mut found: Vec<Likely> = Vec::new();
    for (lead, why) in by_key.chain(alike) {
        found.extend(likely(&world, lead, why, &found));
    }
    found.truncate(ALIKE_MAX);
    Ok(found)
}

/// The person, unless it was found already.
fn likely(world: &World, lead: LeadId, why: LikelyWhy, found: &[Likely]) -> Option<Likely> {
    let family = world.family(lead)?;
    let lead = world.row(&family);
    let is_new = !found.iter().any(|other| other.lead.id == lead.id);
    is_new.then_some(Likely { lead, why })
}
