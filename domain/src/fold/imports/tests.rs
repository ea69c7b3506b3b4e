//! A file that was taken in comes out as it was; a row that comes again changes nothing, a file that does changes nobody.

use super::super::tests::projections;
use super::super::{Input, open_import};
use super::*;
use crate::api::{ImportRow, Lang, OpenImport};
use crate::day::Zone;
use crate::draft::Origin;
use crate::id::UserId;
use crate::import::{Known, Review, Sheet, find_head, propose, survey};
use crate::lead::Field;
use crate::profile::{FieldId, show, starter};
use proptest::prelude::*;
use std::collections::BTreeSet;

const HEAD: [&str; 6] = ["姓名", "公司", "邮箱", "备注", "预算", "预计采购日期"];

/// The rows that a file of these would send.
fn read(file: &[[String; 6]]) -> Vec<ImportRow> {
    let mut sheet = Sheet::default();
    sheet.push(HEAD).unwrap();
    for row in file {
        sheet.push(row.iter().map(String::as_str)).unwrap();
    }
    let known = Known::of(starter(), Zone::default());
    let head = find_head(&sheet, &known);
    let plan = propose(0, &head, &survey(&sheet, &head), &known);
    let mut review = Review::new(sheet, plan, known);
    while review.step(3) {}
    let (found, next) = review.batch(0, file.len().max(1));
    assert_eq!(next, None);
    let place = |row| review.plan().place(row);
    let rows = found.into_iter().map(|outcome| ImportRow {
        row: place(outcome.row),
        draft: outcome.draft,
    });
    rows.collect()
}

#[derive(Default)]
struct Base {
    world: World,
    facts: Vec<Fact>,
    known: HashSet<Uuid>,
}

impl Base {
    fn write(&mut self, body: Body) {
        let at = 1_000 + self.facts.len() as Ms;
        let input = Input {
            occurred_at: at,
            actor: Actor::User(UserId(Uuid::from_u128(5))),
            body,
        };
        let facts = self
            .world
            .take(vec![input], at, self.facts.len() as u64 + 1);
        self.facts.extend(facts);
    }

    fn open(&mut self, number: u128) -> ImportId {
        let call = OpenImport {
            key: Uuid::from_u128(number),
            name: "people.csv".into(),
            rows: 100,
            origin: Origin::default(),
            fill_only: false,
        };
        self.write(open_import(&call, "lin").unwrap());
        ImportId(call.key)
    }

    fn take(&mut self, import: ImportId, rows: &[ImportRow]) {
        let at = 1_000 + self.facts.len() as Ms;
        let batch = Batch {
            import,
            rows,
            known: self.known.clone(),
            actor: Actor::User(UserId(Uuid::from_u128(5))),
            by: "lin",
        };
        let next_seq = self.facts.len() as u64 + 1;
        let (facts, refused) = self.world.take_rows(batch, (at, next_seq)).unwrap();
        assert_eq!(refused, []);
        let ids = facts.iter().filter_map(|fact| fact.body.idempotency_id());
        self.known.extend(ids);
        self.facts.extend(facts);
    }

    /// The people as the file has them.
    fn written(&self) -> BTreeSet<[String; 6]> {
        let schema = starter();
        let families = self.world.families().map(|family| {
            let shown = |field: FieldId| {
                let value = family.field(&field).and_then(|fill| fill.value.as_ref());
                value.map_or(String::new(), |v| show(&schema, &field, v, Lang::Zh))
            };
            let standard = |field| shown(FieldId::Standard(field));
            [
                standard(Field::Name),
                standard(Field::Company),
                family.email().unwrap_or_default().to_owned(),
                standard(Field::Message),
                shown(FieldId::Custom("budget".into())),
                shown(FieldId::Custom("buying-date".into())),
            ]
        });
        families.collect()
    }
}

fn row() -> impl Strategy<Value = [String; 6]> {
    let text = "([a-z李伟云格😀=+][a-z 李伟,;\"]{0,6}[a-z云格])?";
    let budget = prop_oneof![Just(String::new()), "[1-9][0-9]{0,5}(\\.[0-9][1-9])?"];
    let date = prop_oneof![
        Just(String::new()),
        "20[0-4][0-9]-(0[1-9]|1[0-2])-[0-2][1-8]"
    ];
    (text, text, "[a-z]{12}@[a-z]{3}\\.cn", text, budget, date).prop_map(
        |(name, company, email, note, budget, date)| [name, company, email, note, budget, date],
    )
}

#[test]
fn who_comes_in_a_file_is_of_a_company_and_likely_duplicates_are_told() {
    let person = |name: &str, email: &str| {
        let mut row = std::array::from_fn(|_| String::new());
        [row[0], row[1], row[2]] = [name.into(), "云格科技".into(), email.into()];
        row
    };
    let mut base = Base::default();
    let import = base.open(1);
    base.take(import, &read(&[person("李伟", "li.wei@yunge.cn")]));
    let again = base.open(2);
    base.take(again, &read(&[person("Li Wei", "liwei@yunge.cn")]));
    let accounts: BTreeSet<_> = base.world.families().map(|f| f.account()).collect();
    assert_eq!((base.world.accounts.len(), accounts.len()), (1, 1));
    let suggested = base.world.families().map(|f| f.suggestions().len());
    assert_eq!(suggested.sum::<usize>(), 2, "one, told of both");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_was_taken_in_comes_out_and_twice_is_once(file in prop::collection::vec(row(), 1..12), again in 1_usize..12) {
        let rows = read(&file);
        let mut base = Base::default();
        let import = base.open(1);
        base.take(import, &rows);
        let expect: BTreeSet<[String; 6]> = file.iter().cloned().collect();
        prop_assert_eq!(&base.written(), &expect);

        let (facts, people) = (base.facts.len(), base.world.leads().count());
        base.take(import, &rows[rows.len().saturating_sub(again)..]);
        prop_assert_eq!(base.facts.len(), facts);
        let second = base.open(2);
        let came_out: Vec<[String; 6]> = base.written().into_iter().collect();
        base.take(second, &read(&came_out));
        prop_assert_eq!(&base.written(), &expect);
        prop_assert_eq!(base.world.leads().count(), people);
        prop_assert_eq!(base.world.import(second).unwrap().opened, 0);

        let mut rebuilt = World::default();
        for some in base.facts.chunks(again) {
            rebuilt.replay(some);
        }
        prop_assert_eq!(projections(&rebuilt), projections(&base.world));
    }
}
