//! Rules follow from a persona, and profiles answer them; what is unknown is not against anyone.

use super::*;
use crate::lead::Field;
use crate::persona::sample::{entry, persona, profile, standard, text};
use crate::profile::sample::{Person, field_and_value, schema};
use proptest::prelude::*;
use uuid::Uuid;

#[test]
fn criteria_follow_from_entries() {
    let rules = fit_rules(&schema(), &persona());
    let set = |texts: &[&str]| {
        texts
            .iter()
            .map(|text| (*text).to_owned())
            .collect::<BTreeSet<_>>()
    };
    let range = |min, max| Test::Range {
        min: Some(min),
        max: Some(max),
    };
    let found: Vec<_> = rules
        .iter()
        .map(|rule| (rule.test.clone(), rule.weight, rule.written))
        .collect();
    let expect = [
        (Test::Contains(set(&["快消", "零售"])), 3, false),
        (range(100_000, 499_000), 3, false),
        (Test::Contains(set(&["cio", "it", "信息"])), 3, false),
        (Test::OneOf(set(&["crm"])), 3, false),
        (range(100_000_000, 500_000_000), 2, false),
        (Test::OneOf(set(&["retail"])), 4, true),
    ];
    assert_eq!(found, expect);

    let mut edited = persona();
    edited.fit[0].about = standard(Field::Title);
    edited.fit[0].test = Test::Contains(set(&["ＣＴＯ"]));
    let rules = fit_rules(&schema(), &edited);
    let of_title = rules
        .iter()
        .filter(|rule| rule.about == standard(Field::Title));
    let of_title: Vec<_> = of_title
        .map(|rule| (rule.test.clone(), rule.written))
        .collect();
    assert_eq!(of_title, [(Test::Contains(set(&["cto"])), true)]);
}

/// What someone with this in one field, or with these tags, answers to each rule of the sample persona in turn: y, n, or ? for
/// unknown.
fn check_fit(fields: &[(&str, Value)], tags: &[&str], expect: &str) {
    let rules = fit_rules(&schema(), &persona());
    let found = fit(&rules, &profile(fields, tags));
    let answers = found.answers.iter().map(|answer| match answer {
        Answer::Yes => 'y',
        Answer::No => 'n',
        Answer::Unknown => '?',
    });
    assert_eq!(answers.collect::<String>(), expect, "{fields:?} {tags:?}");
}

#[test]
fn a_profile_answers_each_rule() {
    check_fit(&[], &[], "??????");
    check_fit(&[("industry", text("品牌零售"))], &[], "y?????");
    check_fit(&[("industry", text("银行"))], &[], "n?????");
    for (size, expect) in [
        ("200人", "?y????"),
        ("100-499", "?y????"),
        ("50-99人", "?n????"),
        ("500+", "?n????"),
        ("50-200", "??????"),
        ("100人以上", "??????"),
        ("大型", "??????"),
    ] {
        check_fit(&[("size", text(size))], &[], expect);
    }
    for (title, expect) in [
        ("Head of IT", "??y???"),
        ("IT", "??y???"),
        ("负责it", "??y???"),
        ("Digital Director", "??n???"),
        ("Item manager", "??n???"),
        ("信息总监", "??y???"),
        ("ＣＩＯ", "??y???"),
        ("销售", "??n???"),
    ] {
        check_fit(&[("title", text(title))], &[], expect);
    }
    check_fit(
        &[("custom.product", Value::Choice("crm".into()))],
        &[],
        "???y??",
    );
    check_fit(
        &[("custom.product", Value::Choice("erp".into()))],
        &[],
        "???n??",
    );
    check_fit(&[("custom.product", Value::Bool(true))], &[], "??????");
    check_fit(
        &[("custom.budget", Value::Number(200_000_000))],
        &[],
        "????y?",
    );
    check_fit(&[("custom.budget", Value::Number(1))], &[], "????n?");
    check_fit(&[], &["retail"], "?????y");
    check_fit(&[], &["retail", "bank"], "?????y");
    check_fit(&[], &["bank"], "?????n");
    check_fit(&[], &["vip"], "??????");
}

#[test]
fn unknown_is_not_bad() {
    let check = |yes, no, unknown, answer: Answer, percent: Option<u32>, known, standing| {
        let fit = Fit {
            yes,
            no,
            unknown,
            answers: Vec::new(),
        };
        let found = (
            fit.answer(),
            fit.percent(),
            fit.known_percent(),
            fit.standing(),
        );
        assert_eq!(found, (answer, percent, known, standing), "{fit:?}");
    };
    check(0, 0, 0, Answer::Unknown, None, 0, 500);
    check(0, 0, 10, Answer::Unknown, None, 0, 500);
    check(1, 0, 9, Answer::Unknown, Some(100), 10, 550);
    check(3, 0, 7, Answer::Yes, Some(100), 30, 650);
    check(0, 3, 7, Answer::No, Some(0), 30, 350);
    check(6, 4, 0, Answer::Yes, Some(60), 100, 600);
    check(59, 41, 0, Answer::No, Some(59), 100, 590);
}

#[test]
fn the_best_persona_comes_first() {
    let schema = schema();
    let mut bank = persona();
    bank.id = PersonaId(Uuid::from_u128(2));
    bank.fit[0].test = Test::OneOf(BTreeSet::from(["bank".into()]));
    let personas = [&persona(), &bank].map(|p| (p.id, fit_rules(&schema, p)));
    let check = |tags: &[&str], expect: [u128; 2]| {
        let found = matching(&personas, &profile(&[], tags));
        assert_eq!(
            found
                .iter()
                .map(|(id, _)| id.0.as_u128())
                .collect::<Vec<_>>(),
            expect
        );
    };
    check(&["retail"], [1, 2]);
    check(&["bank"], [2, 1]);
    check(&[], [1, 2]);
}

proptest! {
    #[test]
    fn what_is_known_moves_a_fit_one_way(values in prop::collection::vec(field_and_value(), 0..6), tags in prop::collection::btree_set("retail|bank|vip", 0..3)) {
        let rules = fit_rules(&schema(), &persona());
        let total = rules.iter().map(|rule| u32::from(rule.weight)).sum::<u32>();
        let mut known = Person { tags: tags.into_iter().collect(), ..Person::default() };
        let mut before = fit(&rules, &known);
        for (field, value) in values {
            known.fields.entry(field).or_insert(value);
            let after = fit(&rules, &known);
            prop_assert_eq!(after.yes + after.no + after.unknown, total);
            prop_assert!(after.unknown <= before.unknown);
            prop_assert!(after.yes >= before.yes && after.no >= before.no);
            prop_assert!(after.standing() <= 1_000);
            before = after;
        }
    }

    #[test]
    fn any_text_can_be_asked_and_answered(asked in any::<String>(), said in any::<String>(), place in 0..9_usize) {
        let schema = schema();
        let fields = ["industry", "size", "custom.budget", "custom.since", "custom.product", "custom.needs", "custom.partner", "custom.pains"];
        let about = fields.get(place).map_or(Subject::Tags, |id| Subject::Field(id.parse().unwrap()));
        let mut asking = persona();
        asking.fit.clear();
        asking.groups = [(Group::Pains, vec![entry("x", &asked, Some(about))])].into();
        let rules = fit_rules(&schema, &asking);
        let found = fit(&rules, &profile(&[("industry", text(&said)), ("size", text(&said)), ("custom.pains", text(&said))], &[]));
        prop_assert!(rules.len() <= 1);
        prop_assert_eq!(found.answers.len(), rules.len());
        let about_text = matches!(fields.get(place), Some(&"industry" | &"custom.pains"));
        let same = fit(&rules, &profile(&[("industry", text(&asked)), ("custom.pains", text(&asked))], &[]));
        if about_text && !rules.is_empty() {
            prop_assert_eq!(same.answers, vec![Answer::Yes]);
        }
    }
}
