//! What differs between two rulebooks, part by part.

use domain::grade::{Exclusion, Grading};
use domain::persona::Criterion;
use domain::rulebook::{KeyEvent, Name, Rule, RuleGroup, Rulebook, Segment, Silence};

/// A rule, and what its group is called.
pub(crate) type Grouped = Box<(Rule, Option<Name>)>;

/// One difference: what the one has, what the other has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Difference {
    /// The MQL line.
    Line(i32, i32),
    /// A rule that one or the other lacks, or that reads differently.
    Rule(Option<Grouped>, Option<Grouped>),
    /// A group likewise.
    Group(Option<RuleGroup>, Option<RuleGroup>),
    /// What silence costs.
    Silence(Option<Silence>, Option<Silence>),
    /// A key event likewise.
    KeyEvent(Option<Box<KeyEvent>>, Option<Box<KeyEvent>>),
    /// A segment of browsers likewise.
    Segment(Option<Box<Segment>>, Option<Box<Segment>>),
    /// The bounds of the grades, and how much must be known.
    Bounds(Option<([u8; 3], u8)>, Option<([u8; 3], u8)>),
    /// The bands of the score.
    Bands(Option<[i32; 3]>, Option<[i32; 3]>),
    /// What is asked of a profile.
    Criterion(Option<Box<Criterion>>, Option<Box<Criterion>>),
    /// Who is left out.
    Exclusion(Option<Box<Exclusion>>, Option<Box<Exclusion>>),
}

/// The differences: of each part in the order of the first rulebook, then of the second.
pub(crate) fn compare(one: &Rulebook, other: &Rulebook) -> Vec<Difference> {
    let mut found = Vec::new();
    if one.mql_score != other.mql_score {
        found.push(Difference::Line(one.mql_score, other.mql_score));
    }
    let rules = pairs(&grouped(one), &grouped(other), |rule| rule.0.id.clone());
    let boxed = |rule: Option<(Rule, Option<Name>)>| rule.map(Box::new);
    found.extend(
        rules
            .into_iter()
            .map(|(one, other)| Difference::Rule(boxed(one), boxed(other))),
    );
    let groups = pairs(&one.groups, &other.groups, |group| group.id.clone());
    found.extend(
        groups
            .into_iter()
            .map(|(one, other)| Difference::Group(one, other)),
    );
    if one.silence != other.silence {
        found.push(Difference::Silence(one.silence, other.silence));
    }
    let keys = pairs(&one.key_events, &other.key_events, |key| key.id.clone());
    found.extend(
        keys.into_iter()
            .map(|(one, other)| Difference::KeyEvent(one.map(Box::new), other.map(Box::new))),
    );
    let segments = pairs(&one.segments, &other.segments, |segment| segment.id.clone());
    found.extend(
        segments
            .into_iter()
            .map(|(one, other)| Difference::Segment(one.map(Box::new), other.map(Box::new))),
    );
    found.extend(graded(one.grading.as_ref(), other.grading.as_ref()));
    found
}

fn graded(one: Option<&Grading>, other: Option<&Grading>) -> Vec<Difference> {
    let mut found = Vec::new();
    let bounds = |grading: Option<&Grading>| grading.map(|it| (it.bounds, it.known_percent));
    if bounds(one) != bounds(other) {
        found.push(Difference::Bounds(bounds(one), bounds(other)));
    }
    let bands = |grading: Option<&Grading>| grading.map(|it| it.bands);
    if bands(one) != bands(other) {
        found.push(Difference::Bands(bands(one), bands(other)));
    }
    let criteria =
        |grading: Option<&Grading>| grading.map(|it| it.criteria.clone()).unwrap_or_default();
    let asked = pairs(&criteria(one), &criteria(other), |it| it.about.clone());
    found.extend(
        asked
            .into_iter()
            .map(|(one, other)| Difference::Criterion(one.map(Box::new), other.map(Box::new))),
    );
    let exclusions =
        |grading: Option<&Grading>| grading.map(|it| it.exclusions.clone()).unwrap_or_default();
    let left_out = pairs(&exclusions(one), &exclusions(other), |it| it.id.clone());
    found.extend(
        left_out
            .into_iter()
            .map(|(one, other)| Difference::Exclusion(one.map(Box::new), other.map(Box::new))),
    );
    found
}

/// Each rule with what its group is called.
fn grouped(rulebook: &Rulebook) -> Vec<(Rule, Option<Name>)> {
    let named = |id: &str| {
        let mut groups = rulebook.groups.iter();
        let group = groups.find(|group| group.id == id);
        group.map(|group| group.name.clone())
    };
    let rules = rulebook.rules.iter();
    rules
        .map(|rule| (rule.clone(), rule.group.as_deref().and_then(named)))
        .collect()
}

/// What of two lists differs, by what tells one from the other.
fn pairs<T: Clone + PartialEq, K: PartialEq>(
    one: &[T],
    other: &[T],
    key: fn(&T) -> K,
) -> Vec<(Option<T>, Option<T>)> {
    let mut found = Vec::new();
    for mine in one.iter().filter(|mine| !other.contains(mine)) {
        let theirs = other.iter().find(|theirs| key(theirs) == key(mine));
        found.push((Some(mine.clone()), theirs.cloned()));
    }
    let new = other
        .iter()
        .filter(|theirs| one.iter().all(|mine| key(mine) != key(theirs)));
    found.extend(new.map(|theirs| (None, Some(theirs.clone()))));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::rulebook::starter;

    #[test]
    fn what_differs_is_listed_once() {
        assert_eq!(compare(&starter(), &starter()), []);
        let mut other = starter();
        other.mql_score = 70;
        other.rules[1].points = 30;
        let mut added = other.rules.remove(0);
        added.id = "new".into();
        other.rules.push(added.clone());
        let found = compare(&starter(), &other);
        assert_eq!(found.len(), 4);
        assert_eq!(found[0], Difference::Line(60, 70));
        assert!(
            matches!(&found[1], Difference::Rule(Some(rule), None) if rule.0.id == "trial_form")
        );
        assert!(
            matches!(&found[2], Difference::Rule(Some(one), Some(two)) if one.0.points == 25 && two.0.points == 30)
        );
        assert_eq!(
            found[3],
            Difference::Rule(None, Some(Box::new((added, None))))
        );
    }

    #[test]
    fn what_is_beside_the_rules_differs_part_by_part() {
        let mut other = starter();
        other.groups[0].cap = 40;
        other.silence = None;
        other.key_events.clear();
        let grading = other.grading.as_mut().expect("a grading");
        grading.bands[0] = 80;
        grading.criteria[0].weight = 9;
        grading.exclusions.remove(1);
        let found = compare(&starter(), &other);
        // The rules of the group read as before: its name is the same.
        assert!(matches!(
            &found[..],
            [
                Difference::Group(..),
                Difference::Silence(Some(_), None),
                Difference::KeyEvent(Some(_), None),
                Difference::Bands(Some([75, 50, 25]), Some([80, 50, 25])),
                Difference::Criterion(Some(_), Some(_)),
                Difference::Exclusion(Some(_), None),
            ]
        ));
    }
}
