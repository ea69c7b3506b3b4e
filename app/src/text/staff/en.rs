//! English.

use super::StaffText;
use domain::api::Power;

pub(in crate::text) static TEXT: StaffText = StaffText {
    note: "Who is in, as what, and who may still come.",
    members: "Members",
    invites: "Open invitations",
    invites_none: "No invitation is open.",
    withdraw: "Withdraw",
    withdrawn: "The invitation is withdrawn; its link works no longer.",
    change_role: "Change the role",
    role_changed: "The role is changed.",
    last_owner: "A workspace has at least one owner. Make somebody else an owner first.",
    remove: "Take out",
    remove_title: "Take this member out?",
    removed: "The member is out, and all their sessions have ended.",
    away: "Out of office",
    matrix: "What each role may do",
    matrix_note: "Made from the rules that the server holds every request to.",
    may: "May",
    may_not: "May not",
    what: "What",
    tokens_note: "Other systems come in with a token, in place of a person.",
    tokens_none: "No token yet",
    tokens_none_text: "Make one for each system, with the lowest role that will do. A token that leaked is revoked alone.",
    make_title: "New token",
    token_name: "Which system",
    token_name_note: "Shown in the audit log as who did it.",
    token_role: "Role",
    expires: "Expires",
    never: "Never",
    make: "Make the token",
    made_title: "Copy the token now",
    made_text: "It is shown only this once and is stored nowhere as it is. Whoever has it may do what its role may.",
    made_done: "I have copied it",
    name_taken: "A working token has this name. Choose another.",
    too_many_tokens: "There are 200 working tokens. Revoke one first.",
    revoke: "Revoke",
    revoke_title: "Revoke this token?",
    revoked: "Revoked",
    expired: "Expired",
    working: "Working",
    power,
    invite_until: |when| format!("Works until {when}"),
    remove_text: |name| {
        format!(
            "{name} is signed out at once. Open leads and tasks go to the others by the routing rules; what {name} did stays."
        )
    },
    is_away: |until| format!("Away until {until}"),
    made_by: |who, when| format!("by {who}, {when}"),
    used: |when| format!("Last used {when}"),
    never_used: "Never used",
    until: |when| format!("until {when}"),
    in_days: |days| format!("In {days} days"),
    revoke_text: |name| {
        format!("“{name}” stops working at once and for good. A new one can be made at any time.")
    },
};

fn power(power: Power) -> &'static str {
    match power {
        Power::OwnAccount => "Change the own name and password, and sign out",
        Power::KeepViews => "Keep views of lists",
        Power::SeePeople => "See leads, companies, visitors and segments",
        Power::SeeWork => "See tasks and promised answers",
        Power::SeeReports => "See reports and the rows behind them",
        Power::SeeRules => "See rules, websites and settings",
        Power::SeeSample => "Look at the sample company",
        Power::EditPeople => "Add leads and companies, and edit them",
        Power::WorkLeads => "Work leads: stages, tasks, conversations, owners",
        Power::Merge => "Merge duplicates, and undo it",
        Power::ExportLists => "Export lists as files",
        Power::Sign => "Sign the definition, when named for it",
        Power::EditRules => "Change scoring, the definition, stages and routing",
        Power::EditSegments => "Change segments and personas",
        Power::EditSettings => "Change websites, fields, tags and working hours",
        Power::Import => "Import files, and take imports back",
        Power::Erase => "Hand out what is held of a person, and erase it",
        Power::Team => "Invite, change roles, take members out",
        Power::Tokens => "Make and revoke tokens, connect WeChat",
        Power::Workspace => "The workspace, the audit log, everything as a file",
    }
}
