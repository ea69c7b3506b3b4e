//! What differs between two rulebooks, rule by rule.

use domain::rulebook::{Rule, Rulebook};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Difference {
    /// The MQL line: one, the other.
    Line(i32, i32),
    /// A rule that one or the other lacks, or that reads differently.
    Rule(Option<Box<Rule>>, Option<Box<Rule>>),
}

/// The differences, in the order of the first rulebook, then of the second.
pub(crate) fn compare(one: &Rulebook, other: &Rulebook) -> Vec<Difference> {
    let mut found = Vec::new();
    if one.mql_score != other.mql_score {
        found.push(Difference::Line(one.mql_score, other.mql_score));
    }
    for rule in &one.rules {
        let pair = other.rules.iter().find(|theirs| theirs.id == rule.id);
        if pair != Some(rule) {
            found.push(Difference::Rule(
                Some(Box::new(rule.clone())),
                pair.cloned().map(Box::new),
            ));
        }
    }
    for rule in &other.rules {
        if !one.rules.iter().any(|known| known.id == rule.id) {
            found.push(Difference::Rule(None, Some(Box::new(rule.clone()))));
        }
    }
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
        assert!(matches!(&found[1], Difference::Rule(Some(rule), None) if rule.id == "trial_form"));
        assert!(
            matches!(&found[2], Difference::Rule(Some(one), Some(two)) if one.points == 25 && two.points == 30)
        );
        assert_eq!(found[3], Difference::Rule(None, Some(Box::new(added))));
    }
}
