//! English.

use super::SampleText;

pub(in crate::text) static TEXT: SampleText = SampleText {
    title: "Sample company",
    note: "Half a year of visits, leads and sales of a made-up company, in a workspace of its own that never mixes with your data. Try anything in it; take it away at any time.",
    load: "Load a sample company",
    making: "Being made…",
    view: "Look at the sample company",
    leave: "Back to your workspace",
    remove: "Remove it",
    removing: "Being removed…",
    really: "The sample company goes, with everything that was changed in it.",
    keep: "Keep it",
    looking: "You are looking at a made-up company: nothing in it is yours.",
};
