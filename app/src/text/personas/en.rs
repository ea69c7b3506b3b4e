//! English.

use super::PersonasText;
use domain::persona::{Colour, EvidenceKind, Group};

pub(in crate::text) static TEXT: PersonasText = PersonasText {
    title: "Personas",
    note: "Your kinds of customers, and what you know that from. Entries about a lead's field say who fits.",
    new: "New persona",
    none: "No personas yet",
    none_text: "Begin with the kind of customer you know best: which companies, what they care for, how you know.",
    no_such: "No such persona",
    no_such_text: "It was removed, or the address is wrong.",
    print: "Print",
    remove: "Remove the persona",
    remove_question: "Remove this persona?",
    remove_text: "The leads stay as they are; they are compared with it no longer. This cannot be undone.",
    removed: "The persona is removed.",
    see_leads: "See who fits",
    fit: "Who fits",
    no_fit: "No entry is about a lead's field yet, so nobody can be compared with it.",
    missing: "Not known yet.",
    guess: "no evidence",
    link: "Link",
    colour: "Colour",
    summary: "In a sentence or two",
    add_entry: "Add an entry",
    entry_label: "What, as: Industry",
    entry_text: "What is known, as: retail, fashion",
    about: "The lead's field it is about",
    about_nothing: "About no field",
    evidence: "Evidence",
    evidence_hint: "Interviews, surveys, what was won before. What no note speaks for is marked.",
    add_note: "Add a note",
    how_found: "Found by",
    source_hint: "As: 12 customers in Leeds",
    what_found: "What was found",
    speaks_for: "Speaks for",
    group: |group| match group {
        Group::Demographics => "Background",
        Group::Company => "Company and job",
        Group::Behaviour => "Behaviour",
        Group::Budget => "Budget",
        Group::Channels => "Channels",
        Group::Contents => "Contents",
        Group::Pains => "Pains",
    },
    group_hint: |group| match group {
        Group::Demographics => "Age, education, where they live.",
        Group::Company => "Industry, size, department, title.",
        Group::Behaviour => "How they look for things, decide and work.",
        Group::Budget => "What may be spent, and who says so.",
        Group::Channels => "Where they read, and how they want to be spoken to.",
        Group::Contents => "What they like to read and believe.",
        Group::Pains => "What hurts.",
    },
    kind: |kind| match kind {
        EvidenceKind::Survey => "Survey",
        EvidenceKind::Interview => "Interview",
        EvidenceKind::Internal => "Colleagues",
        EvidenceKind::History => "History",
        EvidenceKind::ThirdParty => "Published",
    },
    colour_name: |colour| match colour {
        Colour::Blue => "Blue",
        Colour::Green => "Green",
        Colour::Amber => "Amber",
        Colour::Red => "Red",
        Colour::Violet => "Violet",
        Colour::Teal => "Teal",
        Colour::Pink => "Pink",
        Colour::Grey => "Grey",
    },
    matching: |count| match count {
        "1" => "1 lead fits".to_owned(),
        count => format!("{count} leads fit"),
    },
    looked_at: |done, of| format!("A persona changed; leads are compared anew: {done} of {of}"),
    weighs: |weight| format!("weighs {weight}"),
    wrong: |field, why| format!("{field}: {why}"),
    why: |code| match code {
        "empty" => "Write something.",
        "too_long" => "Too long. Shorten it.",
        "too_many" => "There are too many. Take some away.",
        "not_a_link" => "Write a link that begins with http:// or https://.",
        "no_criterion" => {
            "That text says nothing the field could be. Write it otherwise, or about no field."
        }
        "duplicate" => "There is the same already.",
        "unknown_field" | "unknown_option" | "unknown_tag" | "wrong_kind" => {
            "That field or option is no longer there. Choose another."
        }
        _ => "Check it and try again.",
    },
};
