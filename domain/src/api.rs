//! The workspace's JSON API: a struct a call, with its method, path, least role and reply.
//!
//! Both ends are made from these types: the app sends them, the worker routes by them, and one
//! gate reads [`Access`]. Not here: what a call does.

mod accounts;
mod audit;
mod bulks;
mod call;
mod conversations;
mod definition;
mod desk;
mod dictionary;
mod erasure;
mod exports;
mod imports;
mod leads;
mod members;
#[cfg(feature = "schema")]
mod openapi;
mod own;
mod people;
mod personas;
mod power;
mod reports;
mod rules;
mod sample;
mod schema;
mod segments;
mod session;
mod sites;
mod stages;
mod tallies;
mod tasks;
mod today;
mod tokens;
mod verdicts;
mod views;
mod wechat;

pub use accounts::{
    AccountCard, AccountDetail, AccountOrder, AccountRow, Accounts, Alike, Likely, LikelyWhy,
    ReadAccount, SaveAccount,
};
pub use audit::{Area, Audit, AuditPage, Deed, Done};
pub use bulks::{BulkSlice, Bulks, DoBulk, UndoBulk, UndoneSlice};
pub use call::{
    Access, CALLS, Call, CallInfo, Home, Method, ReadError, Request, Role, read, request,
};
pub use conversations::{RemoveConversation, SaveConversation};
pub use definition::{
    CompareDefinitions, DefinitionState, DraftDefinition, NameHeads, ReadDefinition, SignDefinition,
};
pub use desk::{
    AssignAccount, AssignLead, ClockRow, Clocks, Holidays, PromisesDetail, ReadCalendar,
    ReadPromises, ReadRouting, RemoveMember, RoutingDetail, SaveAway, SaveCalendar, SaveRouting,
    TakeHolidays,
};
pub use dictionary::ReadDictionary;
pub use erasure::{ErasePerson, ExportPerson, Gone, Held};
pub use exports::{ExportFacts, ExportLeads, FactPage, LeadRecord, export_limit};
pub use imports::{
    Foreseen, ForeseenRow, ImportRow, ImportRows, Imported, Imports, OpenImport, PreviewImport,
    RefusedRow, UndoImport,
};
pub use leads::{
    DismissSuggestion, MergeLeads, PreviewMerge, PutLead, SaveLead, SuggestionRow, Suggestions,
    UndoMerge,
};
pub use members::{
    ChangeRole, Invites, OpenInvite, ReadWorkspace, SaveWorkspace, WithdrawInvite, WorkspaceFacts,
};
#[cfg(feature = "schema")]
pub use openapi::document;
pub use own::{ChangePassword, EndSession, EndSessions, OwnSession, SaveMe, Sessions};
pub use people::{
    KeyEventAt, Known, LeadDetail, Leads, Page, ReadLead, Timeline, TimelineItem, TimelinePage,
    VisitorRow, Visitors, What, page_limit,
};
pub use personas::{
    BestPersona, PersonaCard, PersonaDetail, PersonaList, PersonaRow, Personas, RemovePersona,
    Removed, SavePersona,
};
pub use power::Power;
pub use reports::{
    Arrivals, BucketRow, ChannelFunnel, Funnel, FunnelReport, Kept, MemberResponses, ReportFunnel,
    ReportResponses, ReportVisits, ReportedLead, ReportedLeads, ReportedResponse,
    ReportedResponses, ReportedVisit, ReportedVisits, Responses, ResponsesReport, Took,
    VisitsOfDay, VisitsReport, WayRow,
};
pub use rules::{
    Published, ReadRulebook, Replay, ReplayLead, ReplayPage, Rescore, RulebookVersions,
    SaveRulebook, VERSIONS_MAX,
};
pub use sample::{LoadSample, ReadSample, RemoveSample, SampleState, ViewSample};
pub use schema::{AdmitTags, ReadSchema, SaveSchema};
pub use segments::{
    ChooseMember, PreviewSegment, Previewed, RemoveSegment, RemovedSegment, SaveSegment,
    SegmentList, SegmentRow, Segments, Sift,
};
pub use session::{
    Invite, Invited, IsOpen, Join, Lang, Me, Member, Members, Password, Rebuild, Rebuilt, SetUp,
    SetUpState, SignIn, SignOut,
};
pub use sites::{
    RefusedLast, SaveSite, SeenLast, Site, SiteList, SiteStatus, Sites, Standing, TagSource, origin,
};
pub use stages::{
    AnswerLead, ApplyMoves, BoardDetail, ClockStanding, LadderDetail, MoveLead, NoteStep, Pursued,
    ReadBoard, ReadLadder, ReadPursuit, SaveLadder, WOULD_MOVE_MAX, WouldMove, WouldMoveRow,
    WouldMoveSlice,
};
pub use tallies::{Tallies, TallyList};
pub use tasks::{
    CancelTask, CompleteTask, SaveTask, TaskDone, TaskList, TaskLoad, TaskLoads, TaskRow, Tasks,
};
pub use today::{Forgotten, ForgottenRow, HotLead, HotRule, Part, Today, TodayDetail};
pub use tokens::{MadeToken, MakeToken, RevokeToken, TOKEN_PREFIX, Token, Tokens};
pub use verdicts::{Samples, SaveVerdict, Suspected};
pub use views::{RemoveView, SaveView, Views};
pub use wechat::{RemoveWechatAccount, SaveWechatAccount, WechatAccount, WechatAccounts};

use crate::id::LeadId;
use crate::lead::LeadRow;
use serde::{Deserialize, Serialize};

/// What a refused call answers, with the status of its code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApiError {
    /// A stable code: see [`ErrorCode`], or an [`crate::rulebook::Invalid`] code with `field`.
    pub code: String,
    /// A sentence for whoever builds against the API, in English; the app shows its own text for the code.
    pub message: String,
    /// The field that is wrong, when one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// On a conflict, what is current: the reply of the read that goes with the write.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<serde_json::Value>,
}

/// The codes of the API and their statuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename_all = "snake_case"))]
pub enum ErrorCode {
    /// No session and no token, or one that has ended.
    SignedOut,
    /// The e-mail address or the password is wrong; which one is not said.
    WrongPassword,
    /// The role of the session or the token is too low, or the call is closed to tokens.
    Forbidden,
    /// The request comes from a page of another origin.
    ForeignOrigin,
    /// The set-up link was used, is wrong, or the workspace is already set up.
    SetUpClosed,
    /// The invitation was used, has expired or is wrong.
    InvitationClosed,
    /// Nothing there; also said of paths that belong to the other host.
    NotFound,
    /// The path is there, for another method.
    MethodNotAllowed,
    /// Someone else changed it first; `current` is what it is now.
    Conflict,
    /// A field is wrong; `field` says which.
    Invalid,
    /// The body is larger than the limit.
    TooLarge,
    /// Too many requests; try again later.
    RateLimited,
    /// Too much waits already. Nothing was changed; the same request may be sent again.
    Overloaded,
    /// Nothing was changed; the same request may be sent again.
    Unavailable,
    /// Ours. Nothing was changed.
    Internal,
}

impl ErrorCode {
    /// Every code.
    pub const ALL: [ErrorCode; 15] = [
        ErrorCode::SignedOut,
        ErrorCode::WrongPassword,
        ErrorCode::Forbidden,
        ErrorCode::ForeignOrigin,
        ErrorCode::SetUpClosed,
        ErrorCode::InvitationClosed,
        ErrorCode::NotFound,
        ErrorCode::MethodNotAllowed,
        ErrorCode::Conflict,
        ErrorCode::Invalid,
        ErrorCode::TooLarge,
        ErrorCode::RateLimited,
        ErrorCode::Overloaded,
        ErrorCode::Unavailable,
        ErrorCode::Internal,
    ];

    /// The stable code.
    pub const fn name(self) -> &'static str {
        match self {
            ErrorCode::SignedOut => "signed_out",
            ErrorCode::WrongPassword => "wrong_password",
            ErrorCode::Forbidden => "forbidden",
            ErrorCode::ForeignOrigin => "foreign_origin",
            ErrorCode::SetUpClosed => "set_up_closed",
            ErrorCode::InvitationClosed => "invitation_closed",
            ErrorCode::NotFound => "not_found",
            ErrorCode::MethodNotAllowed => "method_not_allowed",
            ErrorCode::Conflict => "conflict",
            ErrorCode::Invalid => "invalid",
            ErrorCode::TooLarge => "too_large",
            ErrorCode::RateLimited => "rate_limited",
            ErrorCode::Overloaded => "overloaded",
            ErrorCode::Unavailable => "unavailable",
            ErrorCode::Internal => "internal",
        }
    }

    /// The HTTP status.
    pub const fn status(self) -> u16 {
        match self {
            ErrorCode::SignedOut | ErrorCode::WrongPassword => 401,
            ErrorCode::Forbidden
            | ErrorCode::ForeignOrigin
            | ErrorCode::SetUpClosed
            | ErrorCode::InvitationClosed => 403,
            ErrorCode::NotFound => 404,
            ErrorCode::MethodNotAllowed => 405,
            ErrorCode::Conflict => 409,
            ErrorCode::TooLarge => 413,
            ErrorCode::Invalid => 422,
            ErrorCode::RateLimited => 429,
            ErrorCode::Internal => 500,
            ErrorCode::Overloaded | ErrorCode::Unavailable => 503,
        }
    }
}

/// The path of this API's description, an OpenAPI document, on the workspace's host. It names no data and needs no session.
pub const OPENAPI_PATH: &str = "/api/openapi.json";

/// The cookie of a session. `__Host-`: a page of another host of the same domain cannot set it.
pub const SESSION_COOKIE: &str = "__Host-trellis_session";

/// The path of the live socket, on the workspace's host. `?after={seq}` asks for what changed since.
pub const LIVE_PATH: &str = "/live";

/// What the live socket sends: the rows that changed. A client keeps the row with the larger `seq`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// Everything up to this fact is in the frames so far.
    pub seq: u64,
    /// Leads that changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leads: Vec<LeadRow>,
    /// Visitors that changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub visitors: Vec<VisitorRow>,
    /// Leads that are no longer there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<LeadId>,
    /// The rulebook was published in this version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rulebook: Option<u32>,
    /// How far the re-scoring after that has come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rescore: Option<Rescore>,
    /// Too much changed to list: read the page anew.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub resync: bool,
}
