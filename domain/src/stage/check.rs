//! What makes a ladder valid, and what of the one before must stay.

use super::{Ladder, Reason, ReasonFor, Rung, Stage, limit};
use crate::id::is_slug;
use crate::profile::Findings;
use crate::rulebook::{Invalid, Name};
use crate::segment::{Terms, check_condition};
use std::collections::{BTreeMap, BTreeSet};

/// Says what is wrong with a ladder; nothing when it may be saved. Codes: `too_many`, `not_a_slug`, `empty`, `too_long`,
/// `duplicate`, `out_of_order`, `missing`, `defined_elsewhere`, `not_retired`, `unknown_stage`, `unknown_reason`, `retired`,
/// `other_rung`, and those of a condition.
pub fn check(terms: &Terms<'_>, ladder: &Ladder) -> Vec<Invalid> {
    let mut found = Findings::default();
    let few = ladder.stages.len() <= limit::STAGES_MAX;
    found.require(few, format_args!("stages"), "too_many");
    let (mut ids, mut steps) = (BTreeSet::new(), BTreeSet::new());
    for (place, stage) in ladder.stages.iter().enumerate() {
        let path = format!("stages[{place}]");
        check_named(&mut found, &mut ids, (&stage.id, &stage.name), &path);
        let few = stage.steps.len() <= limit::STEPS_MAX;
        found.require(few, format_args!("{path}.steps"), "too_many");
        for (at, step) in stage.steps.iter().enumerate() {
            let path = format!("{path}.steps[{at}]");
            check_named(&mut found, &mut steps, (&step.id, &step.name), &path);
        }
        if let Some(entry) = &stage.entry {
            let own = stage.rung != Rung::Mql;
            found.require(own, format_args!("{path}.entry"), "defined_elsewhere");
            check_condition(&mut found, terms, entry, format_args!("{path}.entry"));
        }
        check_heir(&mut found, ladder, stage, &path);
    }
    check_order(&mut found, ladder);
    for of in ReasonFor::ALL {
        check_reasons(&mut found, of.list(), ladder.reasons(of));
    }
    found.into_vec()
}

/// Those who stand in what goes out of use go where nothing else follows from it.
fn check_heir(found: &mut Findings, ladder: &Ladder, stage: &Stage, path: &str) {
    let Some(to) = &stage.moves_to else {
        return;
    };
    let mut require = |holds, code| found.require(holds, format_args!("{path}.moves_to"), code);
    require(stage.retired, "not_retired");
    let Some(heir) = ladder.stage(to) else {
        return require(false, "unknown_stage");
    };
    require(!heir.retired, "retired");
    let after = |rung| matches!(rung, Rung::Won | Rung::Customer);
    let alike = heir.rung == stage.rung || after(heir.rung) && after(stage.rung);
    require(alike, "other_rung");
}

fn check_named<'a>(
    found: &mut Findings,
    taken: &mut BTreeSet<&'a str>,
    (id, name): (&'a str, &Name),
    path: &str,
) {
    let slug = is_slug(id, limit::ID_BYTES_MAX);
    found.require(slug, format_args!("{path}.id"), "not_a_slug");
    let own = taken.insert(id);
    found.require(own, format_args!("{path}.id"), "duplicate");
    found.name(name, format_args!("{path}.name"));
}

/// The rungs follow each other, and what the product itself moves leads to is there.
fn check_order(found: &mut Findings, ladder: &Ladder) {
    let mut highest = Rung::Lead;
    for (place, stage) in ladder.stages.iter().enumerate() {
        let ordered = stage.rung >= highest || stage.rung.is_aside() && highest.is_aside();
        found.require(
            ordered,
            format_args!("stages[{place}].rung"),
            "out_of_order",
        );
        highest = highest.max(stage.rung);
        let mut before = ladder.stages.iter().take(place);
        let own = before.all(|other| other.rung != stage.rung || other.retired || stage.retired);
        let own = own || stage.rung.may_repeat();
        found.require(own, format_args!("stages[{place}].rung"), "duplicate");
    }
    for rung in Rung::ALL {
        let there = rung == Rung::Customer || ladder.of_rung(rung).is_some();
        found.require(there, format_args!("stages.{}", rung.name()), "missing");
    }
}

fn check_reasons(found: &mut Findings, list: &str, reasons: &[Reason]) {
    let in_use = reasons.iter().any(|reason| !reason.retired);
    found.require(in_use, format_args!("{list}"), "empty");
    let few = reasons.len() <= limit::REASONS_MAX;
    found.require(few, format_args!("{list}"), "too_many");
    let mut taken = BTreeSet::new();
    for (place, reason) in reasons.iter().enumerate() {
        let path = format!("{list}[{place}]");
        check_named(found, &mut taken, (&reason.id, &reason.name), &path);
        let Some(to) = &reason.moves_to else {
            continue;
        };
        let mut require = |holds, code| found.require(holds, format_args!("{path}.moves_to"), code);
        require(reason.retired, "not_retired");
        let heir = reasons.iter().find(|other| other.id == *to);
        require(heir.is_some(), "unknown_reason");
        require(heir.is_none_or(|heir| !heir.retired), "retired");
    }
}

/// How many leads stand where, and for which reasons.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// By stage.
    pub stages: &'a BTreeMap<String, u64>,
    /// By [`ReasonFor::path`].
    pub reasons: &'a BTreeMap<String, u64>,
}

/// Says what a ladder that is to follow another takes away though it is needed: whatever facts name, which is retired instead;
/// and a stage or a reason that is retired while leads stand there, and does not say where they go. Codes: `stage_in_use`,
/// `reason_in_use`, `removed`.
pub fn check_kept(before: &Ladder, after: &Ladder, standing: Standing<'_>) -> Vec<Invalid> {
    let mut found = Findings::default();
    for stage in &before.stages {
        let id = &stage.id;
        let in_use = standing.stages.get(id).is_some_and(|count| *count > 0);
        match after.stage(id) {
            None if in_use => found.require(false, format_args!("stages.{id}"), "stage_in_use"),
            None => found.require(false, format_args!("stages.{id}"), "removed"),
            Some(kept) => {
                let works = !kept.retired || kept.moves_to.is_some() || !in_use;
                found.require(works, format_args!("stages.{id}"), "stage_in_use");
                let same = kept.rung == stage.rung || !in_use;
                found.require(same, format_args!("stages.{id}.rung"), "stage_in_use");
            }
        }
        for step in &stage.steps {
            let stays = after.step(&step.id).is_some();
            found.require(stays, format_args!("steps.{}", step.id), "removed");
        }
    }
    for of in ReasonFor::ALL {
        for reason in before.reasons(of) {
            let path = of.path(&reason.id);
            let mut after = after.reasons(of).iter();
            let kept = after.find(|kept| kept.id == reason.id);
            found.require(kept.is_some(), format_args!("{path}"), "removed");
            let in_use = standing.reasons.get(&path).is_some_and(|count| *count > 0);
            let works = |kept: &Reason| !kept.retired || kept.moves_to.is_some() || !in_use;
            found.require(
                kept.is_none_or(works),
                format_args!("{path}"),
                "reason_in_use",
            );
        }
    }
    found.into_vec()
}
