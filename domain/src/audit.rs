//! Who changed what: the facts of the journal by which members set the workspace, its rules and its data, as the audit log tells
//! them. Not here: coming in and going out, which the directory notes, and how each lead was worked.

use crate::api::{Deed, Done};
use crate::journal::{Actor, Body, Fact};
use crate::rulebook::Name;

/// The kinds of facts that are told, each with its deed. A body of another kind tells nothing here.
pub const KINDS: &[(&str, Deed)] = &[
    ("workspace_opened", Deed::WorkspaceOpened),
    ("site_saved", Deed::SiteSaved),
    ("rulebook_published", Deed::RulebookPublished),
    ("verdict_changed", Deed::VerdictChanged),
    ("import_opened", Deed::ImportOpened),
    ("import_undone", Deed::ImportUndone),
    ("schema_saved", Deed::SchemaSaved),
    ("persona_saved", Deed::PersonaSaved),
    ("persona_removed", Deed::PersonaRemoved),
    ("heads_named", Deed::HeadsNamed),
    ("definition_drafted", Deed::DefinitionDrafted),
    ("definition_signed", Deed::DefinitionSigned),
    ("person_erased", Deed::PersonErased),
    ("ladder_saved", Deed::LadderSaved),
    ("calendar_saved", Deed::CalendarSaved),
    ("routing_saved", Deed::RoutingSaved),
    ("away_saved", Deed::AwaySaved),
    ("segment_saved", Deed::SegmentSaved),
    ("segment_removed", Deed::SegmentRemoved),
    ("bulk_begun", Deed::BulkBegun),
];

/// What a fact tells, where it is one of these.
pub fn told(fact: &Fact) -> Option<Done> {
    let (kind, _) = fact.body.kind();
    let (_, deed) = KINDS.iter().find(|(known, _)| *known == kind)?;
    let (by, about, version) = said(&fact.body);
    let actor = match fact.actor {
        Actor::User(user) => Some(user),
        Actor::System | Actor::Visitor(_) => None,
    };
    Some(Done {
        at: fact.at,
        actor,
        by: by.to_owned(),
        deed: *deed,
        about,
        role: None,
        version,
    })
}

/// By whom, about what, and which version it made.
fn said(body: &Body) -> (&str, String, Option<u32>) {
    let none = String::new;
    match body {
        Body::WorkspaceOpened(opened) => ("", opened.company.clone(), None),
        Body::SiteSaved(saved) => ("", saved.site.key.to_string(), Some(saved.site.version)),
        Body::RulebookPublished(new) => (&new.by, none(), Some(new.version)),
        Body::VerdictChanged(changed) => (&changed.by, changed.visitor.to_string(), None),
        Body::ImportOpened(opened) => (&opened.by, opened.name.clone(), None),
        Body::ImportUndone(undone) => (&undone.by, none(), None),
        Body::SchemaSaved(saved) => (&saved.by, none(), Some(saved.schema.version)),
        Body::PersonaSaved(saved) => {
            let persona = &saved.persona;
            (&saved.by, called(&persona.name), Some(persona.version))
        }
        Body::PersonaRemoved(removed) => (&removed.by, none(), None),
        Body::HeadsNamed(named) => (&named.by, none(), None),
        Body::DefinitionDrafted(drafted) => (&drafted.by, none(), Some(drafted.version)),
        Body::DefinitionSigned(signed) => (&signed.name, none(), Some(signed.version)),
        Body::PersonErased(erased) => (&erased.by, none(), None),
        Body::LadderSaved(saved) => (&saved.by, none(), Some(saved.ladder.version)),
        Body::CalendarSaved(saved) => (&saved.by, none(), Some(saved.calendar.version)),
        Body::RoutingSaved(saved) => (&saved.by, none(), Some(saved.routing.version)),
        Body::AwaySaved(saved) => (&saved.by, none(), None),
        Body::SegmentSaved(saved) => {
            let segment = &saved.segment;
            (&saved.by, called(&segment.name), Some(segment.version))
        }
        Body::SegmentRemoved(removed) => (&removed.by, none(), None),
        Body::BulkBegun(begun) => (&begun.by, none(), None),
        _ => ("", none(), None),
    }
}

/// What something is called, in whichever language it has a name.
fn called(name: &Name) -> String {
    match (name.zh.as_str(), name.en.as_str()) {
        (zh, en) if zh == en || en.is_empty() => zh.to_owned(),
        ("", en) => en.to_owned(),
        (zh, en) => format!("{zh} · {en}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::UserId;
    use crate::journal::RulebookPublished;
    use uuid::Uuid;

    #[test]
    fn every_kind_that_is_told_is_one_that_there_is() {
        for (kind, deed) in KINDS {
            assert!(Body::KINDS.contains(kind), "{kind} is no kind");
            assert_eq!(*kind, deed.name());
        }
    }

    #[test]
    fn a_rulebook_is_told_with_its_version_and_who_published_it() {
        let user = UserId(Uuid::from_u128(5));
        let fact = |actor| Fact {
            seq: 9,
            at: 7,
            occurred_at: 7,
            actor,
            body: Body::RulebookPublished(RulebookPublished {
                key: Uuid::nil(),
                version: 3,
                by: "lin@larkmeter.example".into(),
                rulebook: crate::rulebook::starter(),
            }),
        };
        let done = told(&fact(Actor::User(user))).unwrap();
        assert_eq!(
            (done.deed, done.version),
            (Deed::RulebookPublished, Some(3))
        );
        assert_eq!((done.actor, done.at), (Some(user), 7));
        assert_eq!(told(&fact(Actor::System)).unwrap().actor, None);
    }

    #[test]
    fn a_name_is_told_once() {
        let name = |zh: &str, en: &str| Name {
            zh: zh.into(),
            en: en.into(),
        };
        assert_eq!(called(&name("热", "Hot")), "热 · Hot");
        assert_eq!(called(&name("CRM", "CRM")), "CRM");
        assert_eq!(called(&name("", "Hot")), "Hot");
    }
}
