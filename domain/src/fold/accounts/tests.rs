//! A person is of the company of the first work address; members say otherwise; who is likely somebody is suggested once.

use super::super::people::tests::{BY, Base, draft, email, external};
use super::super::{EditError, dismiss};
use crate::account::{BuyingRole, Choice};
use crate::api::{SaveAccount, SaveLead};
use crate::draft::Draft;
use crate::id::{AccountId, LeadId};
use crate::journal::Body;
use crate::lead::Field;
use crate::suggestion::{Suggested, Why};
use proptest::prelude::*;
use uuid::Uuid;

fn account_of(base: &Base, id: LeadId) -> Option<AccountId> {
    base.world.family(id).unwrap().account()
}

fn save(
    base: &mut Base,
    id: AccountId,
    name: &str,
    domains: &[&str],
    parent: Option<AccountId>,
) -> Result<(), EditError> {
    let expected_seq = base.world.account(id).map_or(0, |known| known.seq);
    let save = SaveAccount {
        key: base.key(),
        id,
        expected_seq,
        name: name.to_owned(),
        domains: domains.iter().map(ToString::to_string).collect(),
        parent,
    };
    let body = base.world.save_account(&save, BY);
    base.take(body).map(|_| ())
}

fn choose(
    base: &mut Base,
    id: LeadId,
    account: Option<Choice<AccountId>>,
    role: Option<Choice<BuyingRole>>,
) -> Result<(), EditError> {
    let save = SaveLead {
        key: base.key(),
        id,
        expected_seq: u64::MAX,
        set: Default::default(),
        tagged: Default::default(),
        untagged: Default::default(),
        keys: Vec::new(),
        dropped: Vec::new(),
        account,
        role,
    };
    let body = base.world.edit(&save, BY);
    base.take(body).map(|_| ())
}

/// Puts someone down as the worker does: those who have the same words are at hand.
fn put(base: &mut Base, draft: &Draft) -> LeadId {
    for id in base.leads() {
        for words in base.world.words_of(id) {
            base.world.hint_alike(words, id);
        }
    }
    base.put(draft).0
}

fn code(error: EditError) -> (String, &'static str) {
    match error {
        EditError::Invalid(invalid) => (invalid.field, invalid.code),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_first_work_address_says_which_company() {
    let mut base = Base::new(0);
    let mut put = |address: &str| {
        base.put(&draft(&[email(address)], &[(Field::Company, "云格科技")]))
            .0
    };
    let (li, wang) = (put("li@yunge.cn"), put("wang@mail.yunge.cn"));
    let (free, thrown) = (put("zhao@qq.com"), put("sun@mailinator.com"));
    let account = account_of(&base, li).expect("a company");
    assert_eq!(account_of(&base, wang), Some(account));
    assert_eq!(base.world.account(account).unwrap().name, "云格科技");
    for nobody in [free, thrown] {
        assert_eq!(account_of(&base, nobody), None);
    }
    let opened = base
        .facts
        .iter()
        .filter(|fact| matches!(fact.body, Body::AccountOpened(_)));
    assert_eq!(opened.count(), 1);
    // The name alone is only suggested, and taken by a member.
    let what = Suggested::Member(free, account);
    let state = |base: &Base| {
        let family = base.world.family(free).unwrap();
        let open = family.suggestions();
        open.get(&what.id())
            .map(|suggestion| suggestion.why.clone())
    };
    assert_eq!(state(&base), Some(Why::CompanyName));
    choose(
        &mut base,
        free,
        Some(Choice::Is(account)),
        Some(Choice::Is(BuyingRole::Champion)),
    )
    .unwrap();
    assert_eq!(
        (state(&base), account_of(&base, free)),
        (None, Some(account))
    );
    assert_eq!(
        base.world.family(free).unwrap().role(),
        Some(BuyingRole::Champion)
    );
    // What a member chose is not changed by a later address; and none can be chosen.
    choose(&mut base, li, Some(Choice::Nothing), None).unwrap();
    base.put(&draft(&[email("li@yunge.cn"), external(4)], &[]));
    assert_eq!(account_of(&base, li), None);
    let unknown = Some(Choice::Is(AccountId(Uuid::from_u128(9))));
    let refused = choose(&mut base, li, unknown, None).map_err(code);
    assert_eq!(refused, Err(("account".to_owned(), "unknown")));
    base.replays(2);
}

#[test]
fn a_tree_has_no_circle_and_a_domain_one_company() {
    let mut base = Base::new(0);
    let ids: Vec<AccountId> = (1..=12).map(|n| AccountId(Uuid::from_u128(n))).collect();
    save(
        &mut base,
        ids[0],
        " 云格集团 ",
        &["www.yunge.cn", "https://yunge.com/about"],
        None,
    )
    .unwrap();
    save(
        &mut base,
        ids[1],
        "云格上海",
        &["sh.yunge.com.cn"],
        Some(ids[0]),
    )
    .unwrap();
    let refused = |base: &mut Base, n: usize, name: &str, domains: &[&str], parent| {
        code(save(base, ids[n], name, domains, parent).unwrap_err())
    };
    let long = "长".repeat(1_000);
    let at = |field: &str, code: &'static str| (field.to_owned(), code);
    assert_eq!(refused(&mut base, 1, " ", &[], None), at("name", "empty"));
    assert_eq!(
        refused(&mut base, 1, &long, &[], None),
        at("name", "too_long")
    );
    assert_eq!(
        refused(&mut base, 1, "B", &["x.cn", "yunge.com"], None),
        at("domains[1]", "taken")
    );
    assert_eq!(
        refused(&mut base, 1, "B", &["com.cn"], None),
        at("domains[0]", "suffix")
    );
    assert_eq!(
        refused(&mut base, 0, "A", &[], Some(ids[1])),
        at("parent", "parent_is_below")
    );
    assert_eq!(
        refused(&mut base, 0, "A", &[], Some(ids[0])),
        at("parent", "parent_is_itself")
    );
    assert_eq!(
        refused(&mut base, 0, "A", &[], Some(ids[9])),
        at("parent", "unknown")
    );
    for n in 2..10 {
        save(&mut base, ids[n], &format!("C{n}"), &[], Some(ids[n - 1])).unwrap();
    }
    assert_eq!(
        refused(&mut base, 10, "C10", &[], Some(ids[9])),
        at("parent", "tree_too_deep")
    );
    // A domain that one lets go another may have; who was of the first stays.
    let (li, _) = base.put(&draft(&[email("li@yunge.com")], &[]));
    assert_eq!(account_of(&base, li), Some(ids[0]));
    save(&mut base, ids[0], "云格集团", &["yunge.cn"], None).unwrap();
    save(&mut base, ids[1], "云格上海", &["yunge.com"], Some(ids[0])).unwrap();
    let (wang, _) = base.put(&draft(&[email("wang@yunge.com")], &[]));
    assert_eq!(
        (account_of(&base, li), account_of(&base, wang)),
        (Some(ids[0]), Some(ids[1]))
    );
    let stale = SaveAccount {
        key: base.key(),
        id: ids[0],
        expected_seq: 1,
        name: "A".to_owned(),
        domains: Vec::new(),
        parent: None,
    };
    assert_eq!(
        base.world.save_account(&stale, BY),
        Err(EditError::Conflict)
    );
    base.replays(3);
}

#[test]
fn who_is_likely_one_is_suggested_once() {
    let mut base = Base::new(0);
    let person = |address: &str, name: &str, company: &str| {
        draft(
            &[email(address)],
            &[(Field::Name, name), (Field::Company, company)],
        )
    };
    let li = put(&mut base, &person("li@qq.com", "李伟", "云格科技有限公司"));
    let wei = put(
        &mut base,
        &person("wei@163.com", "Li Wei", "Yunge Technology Co., Ltd."),
    );
    let what = Suggested::same_person(li, wei);
    let open = |base: &Base| {
        base.world
            .family(li)
            .unwrap()
            .suggestions()
            .into_values()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert!(
        open(&base).iter().any(|suggestion| suggestion.what == what),
        "{:?}",
        open(&base)
    );
    let key = base.key();
    base.take(Ok(dismiss(key, &what, BY))).unwrap();
    put(
        &mut base,
        &person("wei@163.com", "LI WEI", "Yunge Technology"),
    );
    assert_eq!(open(&base).len(), 0, "dismissed is dismissed");
    base.replays(2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn companies_and_suggestions_replay(
        people in proptest::collection::vec((0..6_usize, 0..4_usize, 0..4_usize, 0..6_u8), 1..40),
        chunk in 1..20_usize,
    ) {
        const NAMES: [&str; 4] = ["李伟", "Li Wei", "Wei Li", "王芳"];
        const COMPANIES: [&str; 4] = ["云格科技有限公司", "Yunge Technology", "云格科技", "北辰物流"];
        const ADDRESSES: [&str; 6] = ["a@yunge.cn", "b@yunge.cn", "c@qq.com", "d@beichen.com", "e@163.com", "f@x.beichen.com"];
        let mut base = Base::new(30);
        let mut known = Vec::new();
        for (address, name, company, what) in people {
            let fields = [(Field::Name, NAMES[name]), (Field::Company, COMPANIES[company])];
            let lead = put(&mut base, &draft(&[email(ADDRESSES[address])], &fields));
            known.push(lead);
            let accounts: Vec<AccountId> = known.iter().filter_map(|id| account_of(&base, *id)).collect();
            match (what, accounts.first()) {
                (0, _) => { let _ = base.merge(known[0], lead); }
                (1, _) => { let _ = base.unmerge(lead); }
                (2, Some(account)) => choose(&mut base, lead, Some(Choice::Is(*account)), None).unwrap(),
                (3, Some(account)) => save(&mut base, *account, COMPANIES[company], &[], None).unwrap(),
                _ => {}
            }
        }
        let mut made: Vec<Uuid> = base.facts.iter().filter_map(|fact| match &fact.body {
            Body::SuggestionMade(made) => Some(made.what.id()),
            _ => None,
        }).collect();
        let all = made.len();
        made.sort_unstable();
        made.dedup();
        prop_assert_eq!(made.len(), all, "each once");
        base.replays(chunk);
    }
}
