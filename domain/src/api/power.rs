//! What each role may do, in groups that a person can survey: made of [`CALLS`], so it says what the gate does.

use super::call::{Access, CALLS, CallInfo, Role};

macro_rules! powers {
    ($($(#[$doc:meta])* $name:ident: $($call:literal)+;)+) => {
        /// Something that a role may do or not: some calls of one least role.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Power {
            $($(#[$doc])* $name,)+
        }

        impl Power {
            /// Every one, those first that most may.
            pub const ALL: &[Power] = &[$(Power::$name),+];

            /// The names of the calls that it is made of.
            const fn calls(self) -> &'static [&'static str] {
                match self { $(Power::$name => &[$($call),+],)+ }
            }
        }
    };
}

powers! {
    /// One's own account: name, password, sessions.
    OwnAccount: "me" "save_me" "change_password" "sessions" "end_session" "end_sessions" "sign_out";
    /// Keeping lists of people under a name, for oneself.
    KeepViews: "views" "save_view" "remove_view";
    /// Seeing people, companies and browsers, and what they did.
    SeePeople: "leads" "alike" "lead" "timeline" "visitors" "accounts" "account" "pursuit" "board" "suggestions" "segments"
        "preview_segment" "personas" "persona_card" "imports";
    /// Seeing what is to be done.
    SeeWork: "clocks" "tasks" "task_loads" "forgotten" "today" "promises";
    /// Seeing reports, and the rows behind each figure.
    SeeReports: "report_visits" "reported_visits" "report_funnel" "reported_leads" "report_responses" "reported_responses";
    /// Seeing rules and settings.
    SeeRules: "rulebook" "rulebook_versions" "would_move" "replay" "definition" "compare_definitions" "ladder" "calendar" "holidays" "routing" "schema"
        "sites" "site_status" "tallies" "dictionary" "samples" "suspected" "members" "workspace";
    /// Looking at the sample company.
    SeeSample: "sample" "view_sample";
    /// Putting people and companies down, and changing what is known of them.
    EditPeople: "put_lead" "save_lead" "save_account" "assign_account" "choose_member";
    /// Working leads: stages, answers, tasks, conversations, whose they are.
    WorkLeads: "move_lead" "answer_lead" "note_step" "assign_lead" "save_task" "complete_task" "cancel_task"
        "save_conversation" "remove_conversation" "save_away" "do_bulk" "undo_bulk" "bulks";
    /// Merging what is one person, and parting it again.
    Merge: "preview_merge" "merge_leads" "undo_merge" "dismiss_suggestion";
    /// Taking lists of people out as files.
    ExportLists: "export_leads";
    /// Signing the definition, where one was named for it.
    Sign: "sign_definition";
    /// Changing how leads are scored, defined, staged and given to people.
    EditRules: "save_rulebook" "draft_definition" "save_ladder" "apply_moves" "save_routing" "save_verdict";
    /// Changing segments and personas.
    EditSegments: "save_segment" "remove_segment" "save_persona" "remove_persona";
    /// Changing websites, fields, tags and working hours.
    EditSettings: "save_site" "save_schema" "admit_tags" "save_calendar" "take_holidays" "wechat_accounts";
    /// Importing files and taking imports back.
    Import: "preview_import" "open_import" "import_rows" "undo_import";
    /// Handing out what is held of a person, and erasing it.
    Erase: "export_person" "erase_person";
    /// Inviting, roles, taking out.
    Team: "invites" "invite" "withdraw_invite" "change_role" "remove_member" "name_heads";
    /// API tokens and official accounts of WeChat.
    Tokens: "tokens" "make_token" "revoke_token" "save_wechat_account" "remove_wechat_account";
    /// The workspace itself: its name, the log, everything as a file, the sample company, building anew.
    Workspace: "save_workspace" "audit" "export_facts" "load_sample" "remove_sample" "rebuild";
}

impl Power {
    /// Whether a role may.
    pub fn is_of(self, role: Role) -> bool {
        let mut own = CALLS
            .iter()
            .filter(|call| self.calls().contains(&call.name));
        own.all(|call| least(call).is_none_or(|least| role.may(least)))
    }
}

/// The least role of a call; none for a call that proves itself.
const fn least(call: &CallInfo) -> Option<Role> {
    match call.access {
        Access::Public => None,
        Access::Role(least) | Access::Session(least) => Some(least),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_is_part_of_one_power_and_a_power_is_of_whom_all_its_calls_are() {
        for call in CALLS {
            let within = Power::ALL
                .iter()
                .filter(|power| power.calls().contains(&call.name));
            let expect = usize::from(call.access != Access::Public);
            assert_eq!(within.count(), expect, "{} in one power", call.name);
        }
        for power in Power::ALL {
            for name in power.calls() {
                let call = CALLS.iter().find(|call| call.name == *name);
                let call = call.unwrap_or_else(|| panic!("{name} is no call"));
                for role in Role::ALL {
                    let may = least(call).is_none_or(|least| role.may(least));
                    assert_eq!(may, power.is_of(role), "{name} of {power:?} for {role:?}");
                }
            }
        }
    }
}
