//! English.

use super::StagesText;
use domain::stage::{Owner, ReasonFor, Rung};

pub(in crate::text) static TEXT: StagesText = StagesText {
    title: "Stages",
    note: "What leads go through: who works each stage, what lets a lead in by itself, and which steps are ticked off.",
    to_board: "Open the board",
    read_only: "You may look at the stages. Marketing and owners may change them.",
    order: "Stages",
    add: "Add a stage",
    unnamed: "Unnamed stage",
    retired: "Retired",
    by_itself: "Entered by itself",
    up: "Move up",
    down: "Move down",
    worked_by: "Worked by",
    mql_entry: "What it takes to be an MQL is signed by both heads in the",
    entry: "Leads come in by themselves",
    entry_note: "Rules only move forward, and what a person decided stands above them.",
    retire: "Retire",
    retire_note: "It is used no more; what happened in it stays known.",
    use_again: "Use again",
    moves_to: "Its leads go to",
    moves_nowhere: "No lead stands here",
    becomes: "It becomes",
    steps: "Steps",
    steps_note: "A lead goes no further before its required steps are done.",
    add_step: "Add a step",
    required: "Required",
    dated: "Wants a date",
    rung: |rung| match rung {
        Rung::Lead => "Lead",
        Rung::Mql => "MQL",
        Rung::Sql => "SQL",
        Rung::Opportunity => "Opportunity",
        Rung::Won => "Won",
        Rung::Customer => "Customer",
        Rung::Recycled => "Recycled",
        Rung::Lost => "Lost",
    },
    rung_note: |rung| match rung {
        Rung::Lead | Rung::Opportunity | Rung::Customer => "There may be several of this kind",
        _ => "Only one of this kind is in use",
    },
    owner: |owner| match owner {
        Owner::Marketing => "Marketing",
        Owner::Sdr => "SDR",
        Owner::Sales => "Sales",
        Owner::Success => "Customer success",
    },
    reasons: |of| match of {
        ReasonFor::Recycling => "Why leads are recycled",
        ReasonFor::Losing => "Why they are lost",
        ReasonFor::Rejecting => "Why sales does not accept",
    },
    steps_count: |count| match count {
        1 => "1 step".to_owned(),
        count => format!("{count} steps"),
    },
    leads_count: |number, count| match number {
        1 => "1 lead".to_owned(),
        _ => format!("{count} leads"),
    },
};
