//! What a call is: method, path, least role; and its way into and out of a request.

use serde::de::{DeserializeOwned, IntoDeserializer};
use serde::{Deserialize, Serialize};

/// A call of the API. Its fields travel in the path (`{name}`), for GET in the query, and for the rest in a
/// JSON body.
pub trait Call: Serialize + DeserializeOwned + Described {
    /// What it is called in code and documents.
    const NAME: &'static str;
    /// The HTTP method.
    const METHOD: Method;
    /// The path; `{name}` stands for the field of that name.
    const PATH: &'static str;
    /// Who may make it.
    const ACCESS: Access;
    /// Which object answers it.
    const HOME: Home;
    /// What it answers.
    type Reply: Serialize + DeserializeOwned + Described;
}

/// What the document of the API can describe: with the feature `schema` a type that has a schema, else any.
#[cfg(feature = "schema")]
pub trait Described: schemars::JsonSchema {}
#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> Described for T {}

/// What the document of the API can describe: with the feature `schema` a type that has a schema, else any.
#[cfg(not(feature = "schema"))]
pub trait Described {}
#[cfg(not(feature = "schema"))]
impl<T> Described for T {}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Does.
    Post,
    /// Replaces.
    Put,
}

impl Method {
    /// The method's name.
    pub const fn name(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
        }
    }
}

/// Who may make a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone: the call proves itself by a password or a token.
    Public,
    /// A session or a token whose role may do what this one may.
    Role(Role),
    /// A session whose role may do what this one may, and no token: so no token makes another, or lets anyone in.
    Session(Role),
}

/// Which object answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// The deployment's users and sessions.
    Directory,
    /// The workspace's base.
    Workspace,
}

/// What a member of a workspace is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything, also members and maintenance.
    Owner,
    /// Marketing: rules, sites, content.
    Marketer,
    /// Sales development: qualifies leads.
    Sdr,
    /// Sales.
    Sales,
    /// Customer success.
    Success,
    /// A partner: what is handed to it, and nothing else.
    Partner,
    /// Reads.
    Viewer,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 7] = [
        Role::Owner,
        Role::Marketer,
        Role::Sdr,
        Role::Sales,
        Role::Success,
        Role::Partner,
        Role::Viewer,
    ];

    /// Whether this role may make a call whose least role is `least`. Marketing may what sales may, the owner
    /// may everything; the three selling roles are equals; a partner reads nothing that is not its own.
    pub const fn may(self, least: Role) -> bool {
        self.rank() >= least.rank()
    }

    const fn rank(self) -> u8 {
        match self {
            Role::Owner => 4,
            Role::Marketer => 3,
            Role::Sdr | Role::Sales | Role::Success => 2,
            Role::Viewer => 1,
            Role::Partner => 0,
        }
    }
}

/// A call, as a router and a test of roles see it.
#[derive(Clone, Copy, Debug)]
pub struct CallInfo {
    /// [`Call::NAME`].
    pub name: &'static str,
    /// [`Call::METHOD`].
    pub method: Method,
    /// [`Call::PATH`].
    pub path: &'static str,
    /// [`Call::ACCESS`].
    pub access: Access,
    /// [`Call::HOME`].
    pub home: Home,
    /// What the call is made of.
    #[cfg(feature = "schema")]
    pub(super) schema: fn(&mut schemars::SchemaGenerator) -> schemars::Schema,
    /// What it answers.
    #[cfg(feature = "schema")]
    pub(super) reply: fn(&mut schemars::SchemaGenerator) -> schemars::Schema,
}

impl CallInfo {
    const fn of<C: Call>() -> CallInfo {
        CallInfo {
            name: C::NAME,
            method: C::METHOD,
            path: C::PATH,
            access: C::ACCESS,
            home: C::HOME,
            #[cfg(feature = "schema")]
            schema: C::json_schema,
            #[cfg(feature = "schema")]
            reply: schemars::SchemaGenerator::subschema_for::<C::Reply>,
        }
    }

    /// The values of the path's `{name}`s in `path`; `None` when it is another path.
    pub fn params(&self, path: &str) -> Option<Vec<(String, String)>> {
        let mut params = Vec::new();
        let mut parts = path.split('/');
        for expect in self.path.split('/') {
            let part = parts.next()?;
            match expect
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'))
            {
                Some(name) if !part.is_empty() => params.push((name.to_owned(), part.to_owned())),
                None if part == expect => {}
                _ => return None,
            }
        }
        parts.next().is_none().then_some(params)
    }
}

/// Every call there is.
pub const CALLS: &[CallInfo] = &[
    CallInfo::of::<super::SetUpState>(),
    CallInfo::of::<super::SetUp>(),
    CallInfo::of::<super::SignIn>(),
    CallInfo::of::<super::ReadSample>(),
    CallInfo::of::<super::LoadSample>(),
    CallInfo::of::<super::ViewSample>(),
    CallInfo::of::<super::RemoveSample>(),
    CallInfo::of::<super::SignOut>(),
    CallInfo::of::<super::Me>(),
    CallInfo::of::<super::SaveMe>(),
    CallInfo::of::<super::ChangePassword>(),
    CallInfo::of::<super::Sessions>(),
    CallInfo::of::<super::EndSession>(),
    CallInfo::of::<super::EndSessions>(),
    CallInfo::of::<super::Members>(),
    CallInfo::of::<super::ChangeRole>(),
    CallInfo::of::<super::Invites>(),
    CallInfo::of::<super::Invite>(),
    CallInfo::of::<super::WithdrawInvite>(),
    CallInfo::of::<super::ReadWorkspace>(),
    CallInfo::of::<super::SaveWorkspace>(),
    CallInfo::of::<super::Audit>(),
    CallInfo::of::<super::Join>(),
    CallInfo::of::<super::Tokens>(),
    CallInfo::of::<super::MakeToken>(),
    CallInfo::of::<super::RevokeToken>(),
    CallInfo::of::<super::Leads>(),
    CallInfo::of::<super::Alike>(),
    CallInfo::of::<super::ExportLeads>(),
    CallInfo::of::<super::ExportFacts>(),
    CallInfo::of::<super::ReadLead>(),
    CallInfo::of::<super::Timeline>(),
    CallInfo::of::<super::PutLead>(),
    CallInfo::of::<super::SaveLead>(),
    CallInfo::of::<super::PreviewMerge>(),
    CallInfo::of::<super::MergeLeads>(),
    CallInfo::of::<super::UndoMerge>(),
    CallInfo::of::<super::Imports>(),
    CallInfo::of::<super::OpenImport>(),
    CallInfo::of::<super::ImportRows>(),
    CallInfo::of::<super::UndoImport>(),
    CallInfo::of::<super::ReadSchema>(),
    CallInfo::of::<super::SaveSchema>(),
    CallInfo::of::<super::AdmitTags>(),
    CallInfo::of::<super::Personas>(),
    CallInfo::of::<super::PersonaCard>(),
    CallInfo::of::<super::SavePersona>(),
    CallInfo::of::<super::RemovePersona>(),
    CallInfo::of::<super::SaveConversation>(),
    CallInfo::of::<super::RemoveConversation>(),
    CallInfo::of::<super::PreviewImport>(),
    CallInfo::of::<super::ErasePerson>(),
    CallInfo::of::<super::ExportPerson>(),
    CallInfo::of::<super::Suggestions>(),
    CallInfo::of::<super::DismissSuggestion>(),
    CallInfo::of::<super::Visitors>(),
    CallInfo::of::<super::ReadRulebook>(),
    CallInfo::of::<super::RulebookVersions>(),
    CallInfo::of::<super::SaveRulebook>(),
    CallInfo::of::<super::Replay>(),
    CallInfo::of::<super::Sites>(),
    CallInfo::of::<super::SaveSite>(),
    CallInfo::of::<super::SiteStatus>(),
    CallInfo::of::<super::Tallies>(),
    CallInfo::of::<super::ReadDictionary>(),
    CallInfo::of::<super::Samples>(),
    CallInfo::of::<super::Suspected>(),
    CallInfo::of::<super::SaveVerdict>(),
    CallInfo::of::<super::Rebuild>(),
    CallInfo::of::<super::Accounts>(),
    CallInfo::of::<super::ReadAccount>(),
    CallInfo::of::<super::SaveAccount>(),
    CallInfo::of::<super::WechatAccounts>(),
    CallInfo::of::<super::SaveWechatAccount>(),
    CallInfo::of::<super::RemoveWechatAccount>(),
    CallInfo::of::<super::ReadDefinition>(),
    CallInfo::of::<super::DraftDefinition>(),
    CallInfo::of::<super::SignDefinition>(),
    CallInfo::of::<super::NameHeads>(),
    CallInfo::of::<super::CompareDefinitions>(),
    CallInfo::of::<super::ReadLadder>(),
    CallInfo::of::<super::SaveLadder>(),
    CallInfo::of::<super::ReadBoard>(),
    CallInfo::of::<super::ReadPursuit>(),
    CallInfo::of::<super::MoveLead>(),
    CallInfo::of::<super::AnswerLead>(),
    CallInfo::of::<super::WouldMove>(),
    CallInfo::of::<super::ApplyMoves>(),
    CallInfo::of::<super::NoteStep>(),
    CallInfo::of::<super::AssignLead>(),
    CallInfo::of::<super::AssignAccount>(),
    CallInfo::of::<super::ReadCalendar>(),
    CallInfo::of::<super::SaveCalendar>(),
    CallInfo::of::<super::Holidays>(),
    CallInfo::of::<super::TakeHolidays>(),
    CallInfo::of::<super::ReadRouting>(),
    CallInfo::of::<super::SaveRouting>(),
    CallInfo::of::<super::ReadPromises>(),
    CallInfo::of::<super::SaveAway>(),
    CallInfo::of::<super::RemoveMember>(),
    CallInfo::of::<super::Clocks>(),
    CallInfo::of::<super::Tasks>(),
    CallInfo::of::<super::TaskLoads>(),
    CallInfo::of::<super::SaveTask>(),
    CallInfo::of::<super::CompleteTask>(),
    CallInfo::of::<super::CancelTask>(),
    CallInfo::of::<super::Forgotten>(),
    CallInfo::of::<super::Today>(),
    CallInfo::of::<super::ReportVisits>(),
    CallInfo::of::<super::ReportedVisits>(),
    CallInfo::of::<super::ReportFunnel>(),
    CallInfo::of::<super::ReportedLeads>(),
    CallInfo::of::<super::ReportResponses>(),
    CallInfo::of::<super::ReportedResponses>(),
    CallInfo::of::<super::Segments>(),
    CallInfo::of::<super::SaveSegment>(),
    CallInfo::of::<super::RemoveSegment>(),
    CallInfo::of::<super::ChooseMember>(),
    CallInfo::of::<super::PreviewSegment>(),
    CallInfo::of::<super::Views>(),
    CallInfo::of::<super::SaveView>(),
    CallInfo::of::<super::RemoveView>(),
    CallInfo::of::<super::DoBulk>(),
    CallInfo::of::<super::UndoBulk>(),
    CallInfo::of::<super::Bulks>(),
];

/// A call written as a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// Path and query.
    pub path: String,
    /// The JSON body; none for GET.
    pub body: Option<String>,
}

/// Why a request could not be written or read as a call.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ReadError(String);

/// Writes a call as a request.
pub fn request<C: Call>(call: &C) -> Result<Request, ReadError> {
    let value = serde_json::to_value(call).map_err(|e| ReadError(e.to_string()))?;
    written(C::METHOD, C::PATH, value)
}

fn written(method: Method, template: &str, value: serde_json::Value) -> Result<Request, ReadError> {
    let mut rest = match value {
        serde_json::Value::Object(fields) => fields,
        _ => serde_json::Map::new(),
    };
    let mut path = String::new();
    for (place, part) in template.split('/').enumerate() {
        if place > 0 {
            path.push('/');
        }
        match part.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
            Some(name) => path.push_str(&plain(&rest.remove(name).unwrap_or_default())),
            None => path.push_str(part),
        }
    }
    if method != Method::Get {
        let body = serde_json::Value::Object(rest).to_string();
        return Ok(Request {
            method,
            path,
            body: Some(body),
        });
    }
    let pairs: Vec<(String, String)> = rest
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| (name.clone(), plain(value)))
        .collect();
    let query = serde_urlencoded::to_string(pairs).map_err(|e| ReadError(e.to_string()))?;
    if !query.is_empty() {
        path.push('?');
        path.push_str(&query);
    }
    Ok(Request {
        method,
        path,
        body: None,
    })
}

/// Reads a call from the path's parameters, and the query (GET) or the body (the others).
pub fn read<C: Call>(
    params: Vec<(String, String)>,
    query: &str,
    body: &[u8],
) -> Result<C, ReadError> {
    if C::METHOD == Method::Get {
        let mut pairs: Vec<(String, String)> =
            serde_urlencoded::from_str(query).map_err(|e| ReadError(e.to_string()))?;
        pairs.extend(params);
        let text = serde_urlencoded::to_string(pairs).map_err(|e| ReadError(e.to_string()))?;
        return serde_urlencoded::from_str(&text).map_err(|e| ReadError(e.to_string()));
    }
    if params.is_empty() {
        let body: &[u8] = if body.is_empty() { b"{}" } else { body };
        return serde_json::from_slice(body).map_err(|e| ReadError(e.to_string()));
    }
    let mut fields: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(body).map_err(|e| ReadError(e.to_string()))?;
    fields.extend(params.into_iter().map(|(name, value)| (name, value.into())));
    C::deserialize(fields.into_deserializer())
        .map_err(|e: serde_json::Error| ReadError(e.to_string()))
}

/// A scalar as text.
fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;
    use crate::id::LeadId;
    use crate::list::Column;
    use uuid::Uuid;

    fn check<C: Call + PartialEq + std::fmt::Debug>(call: C, path: &str) {
        let written = request(&call).unwrap();
        assert_eq!(written.path, path);
        let (path, query) = written.path.split_once('?').unwrap_or((&written.path, ""));
        let info = CALLS.iter().find(|c| c.name == C::NAME).unwrap();
        let params = info.params(path).unwrap();
        let back: C = read(params, query, written.body.unwrap_or_default().as_bytes()).unwrap();
        assert_eq!(back, call);
    }

    #[test]
    fn a_call_is_read_back_as_written() {
        let id = LeadId(Uuid::from_u128(7));
        check(
            ReadLead { id, as_of: None },
            "/api/leads/00000000-0000-0000-0000-000000000007",
        );
        check(
            Timeline {
                id,
                what: What::All,
                as_of: None,
                cursor: Some("9|a&b".into()),
                limit: Some(20),
            },
            "/api/leads/00000000-0000-0000-0000-000000000007/timeline?cursor=9%7Ca%26b&limit=20",
        );
        check(
            Leads {
                order: Column::Score,
                filter: Some(r#"[{"column":"tags","op":"not_empty"}]"#.into()),
                search: Some("云 格".into()),
                ..Leads::default()
            },
            "/api/leads?filter=%5B%7B%22column%22%3A%22tags%22%2C%22op%22%3A%22not_empty%22%7D%5D&order=score&search=%E4%BA%91+%E6%A0%BC",
        );
        check(SignOut {}, "/api/sign-out");
        let save = SaveRulebook {
            key: Uuid::from_u128(1),
            expected_version: 3,
            rulebook: crate::rulebook::starter(),
        };
        check(save, "/api/rulebook");
        let site = crate::id::SiteKey("main.www".into());
        let status = SiteStatus { site: site.clone() };
        check(status, "/api/sites/main.www/status");
        let save = SaveSite {
            key: Uuid::from_u128(2),
            site,
            expected_version: 1,
            origins: vec!["https://www.a.cn".into()],
            consent_required: true,
        };
        check(save, "/api/sites/main.www");
    }

    #[test]
    fn no_two_calls_share_a_name_or_a_door() {
        for (place, call) in CALLS.iter().enumerate() {
            for other in &CALLS[place + 1..] {
                assert_ne!(call.name, other.name);
                assert_ne!((call.method, call.path), (other.method, other.path));
            }
        }
    }

    #[test]
    fn roles_in_order() {
        let may = |least| {
            Role::ALL
                .into_iter()
                .filter(move |role| role.may(least))
                .collect::<Vec<_>>()
        };
        assert_eq!(may(Role::Owner), [Role::Owner]);
        assert_eq!(may(Role::Marketer), [Role::Owner, Role::Marketer]);
        assert_eq!(
            may(Role::Sales),
            [
                Role::Owner,
                Role::Marketer,
                Role::Sdr,
                Role::Sales,
                Role::Success
            ]
        );
        assert!(!Role::Partner.may(Role::Viewer));
    }

    #[test]
    fn a_path_is_matched_whole() {
        let info = CALLS.iter().find(|c| c.name == "timeline").unwrap();
        assert!(info.params("/api/leads/7/timeline").is_some());
        for other in [
            "/api/leads//timeline",
            "/api/leads/7/timeline/",
            "/api/leads/7",
            "/api/leads/7/x/timeline",
        ] {
            assert!(info.params(other).is_none(), "{other}");
        }
    }
}
