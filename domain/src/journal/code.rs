//! Facts as text: the kinds with their versions, and how what older versions wrote is read.

use super::{Body, Fact};
use crate::id::Ms;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

/// Why a stored fact cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Undecodable {
    /// A newer version of the product wrote it.
    #[error("unknown fact kind {kind:?} version {v}")]
    Unknown {
        /// Its kind.
        kind: String,
        /// Its version.
        v: u16,
    },
    /// It is not what its kind and version say.
    #[error("{0}")]
    Malformed(String),
}

impl From<serde_json::Error> for Undecodable {
    fn from(error: serde_json::Error) -> Undecodable {
        Undecodable::Malformed(error.to_string())
    }
}

/// Turns a body of one version into a body of the next: (kind, from version, how).
type Upcast = (&'static str, u16, fn(Value) -> Value);

/// Every change of a body's form since version 1. A row is never removed.
const UPCASTS: &[Upcast] = &[
    ("site_saved", 1, |site| serde_json::json!({ "site": site })),
    ("visitor_identified", 1, key_of_email),
];

/// A visitor was found by the e-mail address alone.
fn key_of_email(mut identified: Value) -> Value {
    if let Some(fields) = identified.as_object_mut() {
        let email = fields.remove("email").unwrap_or_default();
        let key = serde_json::json!([{ "kind": "email", "value": email }]);
        fields.insert("keys".to_owned(), key);
    }
    identified
}

macro_rules! kinds {
    ($($body:ident = $kind:literal, $v:literal;)+) => {
        impl Body {
            /// Every kind, by its stable name.
            pub const KINDS: &[&str] = &[$($kind),+];

            /// The kind's stable name and the version its body is written in.
            pub const fn kind(&self) -> (&'static str, u16) {
                match self { $(Body::$body(_) => ($kind, $v)),+ }
            }

            /// The body as JSON, without kind and version.
            pub fn encode(&self) -> Result<String, serde_json::Error> {
                match self { $(Body::$body(body) => serde_json::to_string(body)),+ }
            }

            /// Reads a body of the version it is written in today.
            fn decode_current(kind: &str, v: u16, json: &str) -> Result<Body, Undecodable> {
                Ok(match (kind, v) {
                    $(($kind, $v) => Body::$body(serde_json::from_str(json)?),)+
                    _ => {
                        return Err(Undecodable::Unknown {
                            kind: kind.to_owned(),
                            v,
                        });
                    }
                })
            }
        }
    };
}

kinds! {
    WorkspaceOpened = "workspace_opened", 1;
    SiteSaved = "site_saved", 2;
    RulebookPublished = "rulebook_published", 1;
    Tracked = "tracked", 1;
    VisitorIdentified = "visitor_identified", 2;
    FirstTouchMoved = "first_touch_moved", 1;
    VerdictChanged = "verdict_changed", 1;
    IdentificationWithdrawn = "identification_withdrawn", 1;
    KeyEventReached = "key_event_reached", 1;
    LeadPut = "lead_put", 1;
    LeadsMerged = "leads_merged", 1;
    MergeUndone = "merge_undone", 1;
    SuggestionMade = "suggestion_made", 1;
    SuggestionDismissed = "suggestion_dismissed", 1;
    ImportOpened = "import_opened", 1;
    ImportUndone = "import_undone", 1;
    ImportTakenBack = "import_taken_back", 1;
    SchemaSaved = "schema_saved", 1;
    PersonaSaved = "persona_saved", 1;
    PersonaRemoved = "persona_removed", 1;
    ConversationSaved = "conversation_saved", 1;
    ConversationRemoved = "conversation_removed", 1;
    AccountOpened = "account_opened", 1;
    AccountSaved = "account_saved", 1;
    VisitorOfCompany = "visitor_of_company", 1;
    PersonErased = "person_erased", 1;
    Erased = "erased", 1;
    HeadsNamed = "heads_named", 1;
    DefinitionDrafted = "definition_drafted", 1;
    DefinitionSigned = "definition_signed", 1;
    DefinitionInForce = "definition_in_force", 1;
    LadderSaved = "ladder_saved", 1;
    StageMoved = "stage_moved", 1;
    StepNoted = "step_noted", 1;
    CalendarSaved = "calendar_saved", 1;
    RoutingSaved = "routing_saved", 1;
    AwaySaved = "away_saved", 1;
    MovesApplied = "moves_applied", 1;
    RosterTold = "roster_told", 1;
    AccountAssigned = "account_assigned", 1;
    LeadAssigned = "lead_assigned", 1;
    ClockStarted = "clock_started", 1;
    ClockTurned = "clock_turned", 1;
    SegmentSaved = "segment_saved", 1;
    SegmentRemoved = "segment_removed", 1;
    MemberChosen = "member_chosen", 1;
    SegmentsMoved = "segments_moved", 1;
    TaskSaved = "task_saved", 1;
    ViewSaved = "view_saved", 1;
    ViewRemoved = "view_removed", 1;
    BulkBegun = "bulk_begun", 1;
    BulkDone = "bulk_done", 1;
    BulkUndone = "bulk_undone", 1;
}

impl Body {
    /// Reads a body of any version.
    pub fn decode(kind: &str, v: u16, json: &str) -> Result<Body, Undecodable> {
        match upcast(UPCASTS, kind, v, json)? {
            None => Body::decode_current(kind, v, json),
            Some((v, json)) => Body::decode_current(kind, v, &json),
        }
    }
}

/// Carries a body through the versions after its own; none when there are none.
fn upcast(
    table: &[Upcast],
    kind: &str,
    v: u16,
    json: &str,
) -> Result<Option<(u16, String)>, Undecodable> {
    let next = |v: u16| table.iter().find(|(k, from, _)| *k == kind && *from == v);
    if next(v).is_none() {
        return Ok(None);
    }
    let mut v = v;
    let mut value: Value = serde_json::from_str(json)?;
    while let Some((_, _, step)) = next(v) {
        value = step(value);
        v = v.saturating_add(1);
    }
    Ok(Some((v, value.to_string())))
}

/// A fact as a line of a segment.
#[derive(Serialize, Deserialize)]
struct Line<'a> {
    seq: u64,
    at: Ms,
    occurred_at: Ms,
    actor: String,
    subject: String,
    kind: String,
    v: u16,
    #[serde(borrow)]
    body: &'a RawValue,
}

impl Fact {
    /// The fact as one line of JSON, without the line's end.
    pub fn encode(&self) -> Result<String, serde_json::Error> {
        let (kind, v) = self.body.kind();
        let body = RawValue::from_string(self.body.encode()?)?;
        serde_json::to_string(&Line {
            seq: self.seq,
            at: self.at,
            occurred_at: self.occurred_at,
            actor: self.actor.to_string(),
            subject: self.body.subject().to_string(),
            kind: kind.to_owned(),
            v,
            body: &body,
        })
    }

    /// Reads a line.
    pub fn decode(line: &str) -> Result<Fact, Undecodable> {
        let line: Line<'_> = serde_json::from_str(line)?;
        let actor = line
            .actor
            .parse()
            .map_err(|_| Undecodable::Malformed(format!("actor {:?}", line.actor)))?;
        let body = Body::decode(&line.kind, line.v, line.body.get())?;
        Ok(Fact {
            seq: line.seq,
            at: line.at,
            occurred_at: line.occurred_at,
            actor,
            body,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use serde_json::json;

    #[test]
    fn a_body_is_carried_through_every_version_after_its_own() {
        let table: &[Upcast] = &[
            ("a", 1, |body| json!({"two": body["one"]})),
            ("b", 1, |_| json!(null)),
            ("a", 2, |body| json!({"three": body["two"]})),
        ];
        assert_eq!(
            upcast(table, "a", 1, r#"{"one":7}"#).unwrap(),
            Some((3, r#"{"three":7}"#.into()))
        );
        assert_eq!(
            upcast(table, "a", 2, r#"{"two":7}"#).unwrap(),
            Some((3, r#"{"three":7}"#.into()))
        );
        assert_eq!(upcast(table, "a", 3, "{}").unwrap(), None);
    }
}
