//! Every sentence that a person reads, in Chinese and in English.
//!
//! A table a language, of one type: a sentence that one of them lacks does not compile, and neither does a name
//! of a channel, role, kind, reason or code that one of them forgets. Not here: numbers and dates, which
//! [`crate::format`] writes.

use crate::state::live::Status;
use crate::state::prefs::Theme;
use crate::state::rules_form::{RepeatChoice, RuleForm, Why};
use domain::agent::BotReason;
use domain::api::{ErrorCode, Lang, Role};
use domain::channel::Channel;
use domain::device::Device;
use domain::event::{Engagement, Rejection};
use domain::lead::Field;
use domain::wire::Kind;
use leptos::prelude::*;

pub(crate) use board::BoardText;
pub(crate) use companies::CompaniesText;
pub(crate) use definition::DefinitionText;
pub(crate) use dictionary::DictionaryText;
pub(crate) use edits::EditsText;
pub(crate) use fields::FieldsText;
pub(crate) use frame::{FrameText, KeyLine};
pub(crate) use hours::{HoursText, minute_text, week_line};
pub(crate) use import::ImportText;
pub(crate) use imported::imported;
pub(crate) use kit::KitText;
pub(crate) use lists::ListsText;
pub(crate) use own::OwnText;
pub(crate) use personas::PersonasText;
pub(crate) use profile::ProfileText;
pub(crate) use pursuit::PursuitText;
pub(crate) use records::RecordsText;
pub(crate) use refused::RefusedText;
pub(crate) use reports::ReportsText;
pub(crate) use routing::RoutingText;
use sample::SampleText;
pub(crate) use scoring::ScoringText;
pub(crate) use segments::SegmentsText;
pub(crate) use snippet::SnippetText;
pub(crate) use staff::StaffText;
pub(crate) use stages::StagesText;
pub(crate) use suggestions::SuggestionsText;
pub(crate) use today::TodayText;

macro_rules! table {
    ($table:ident words { $($word:ident)* } phrases { $($phrase:ident: $type:ty,)* }) => {
        /// A language's table.
        pub(crate) struct $table {
            $(pub(crate) $word: &'static str,)*
            $(pub(crate) $phrase: $type,)*
        }

        #[cfg(test)]
        impl $table {
            pub(super) fn words(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($word), self.$word)),*]
            }
        }
    };
}

mod board;
mod brand;
mod companies;
mod definition;
mod dictionary;
mod edits;
mod en;
mod fields;
mod frame;
mod hours;
mod import;
mod imported;
mod kit;
mod lists;
mod own;
mod personas;
mod profile;
mod pursuit;
mod records;
mod refused;
mod reports;
mod routing;
mod sample;
mod scoring;
mod segments;
mod snippet;
mod staff;
mod stages;
mod suggestions;
mod today;
mod zh;

table! {
    Text
    words {
        own_name product claim language theme skip navigation
        leads lead visitors visitors_short visitors_note visitor settings sites site
        sign_in sign_out sign_out_failed set_up join email password password_hint company your_name
        make_account ask_owner set_up_is_open set_up_lead set_up_link_where set_up_link_form set_up_done
        join_lead join_link_missing not_an_email must_not_be_empty field_refused one_moment
        person first_source score last_activity created page_views first_seen order search search_leads
        clear_search nothing_found load_more load_earlier unknown just_now mql
        no_leads no_leads_demo track_own_site open_demo no_visitors no_visitors_text
        no_such_lead no_such_lead_text to_leads not_found not_found_text nothing_for_partner
        why_this_score no_points_yet clamped sum timeline known_fields sources first_touch last_touch only_touch
        no_touch touches sessions browsers last_device unread_event
        source medium campaign term content click_id referrer landing_page
        starter_rules rules_read_only rule_list add_rule remove_rule unnamed_rule added changed to_mend
        points mql_line mql_line_hint name_zh name_en kind_of_event path_pattern path_hint name_of_event
        any_when_empty channel_of_visit any_channel repeat times_a_day times_within within_days cap cap_hint
        no_changes see_changes discard publish compare published_now your_draft not_there no_difference
        conflict take_theirs keep_mine decide_later
        what_if_title mend_first read_again qualified_now qualified_then scores_changed would_cross would_fall
        before after histogram mql_a_week by_source
        you role_label invite_someone owner_invites make_link
        no_sites consent_needed consent_not_needed origins
        refusals
        copy copied try_again try_now offline reconnecting no_answer unreadable
        close export export_stop export_failed csv xlsx tags vendor cost consent consent_at open_id
        union_id channel_first account filters any_tag any_score any_points with_email with_phone with_account clear_filters no_match
    }
    phrases {
        theme_name: fn(Theme) -> &'static str,
        live_status: fn(Status) -> &'static str,
        channel: fn(Channel) -> &'static str,
        kind: fn(Kind) -> &'static str,
        wechat_event: fn(&str) -> Option<&'static str>,
        engagement: fn(Engagement) -> String,
        session_at: fn(&str) -> String,
        session_lasted: fn(u32) -> String,
        pages: fn(u32) -> String,
        key_event: fn(&str) -> String,
        field: fn(Field) -> &'static str,
        role: fn(Role) -> &'static str,
        role_may: fn(Role) -> &'static str,
        bot_reason: fn(BotReason) -> &'static str,
        device: fn(Device) -> String,
        rejection: fn(Rejection) -> &'static str,
        repeat_choice: fn(RepeatChoice) -> &'static str,
        error: fn(ErrorCode) -> &'static str,
        why_wrong: fn(Why) -> String,
        new_rows: fn(usize) -> String,
        exporting: fn(String, String) -> String,
        from_mql: fn(i32) -> String,
        shown_of: fn(String, String) -> String,
        of: fn(String, String) -> String,
        nothing_found_text: fn(&str) -> String,
        score_against_line: fn(i32, i32) -> String,
        to_mql: fn(i32) -> String,
        by_version: fn(u32) -> String,
        version: fn(u32) -> String,
        awards: fn(usize) -> String,
        lost_to_cap: fn(i32) -> String,
        faded: fn(i64) -> String,
        silent: fn(u32) -> String,
        group_cap: fn(String, i32) -> String,
        to_band: fn(u8, i32) -> String,
        from_to: fn(String, String) -> String,
        up_and_down: fn(usize, usize) -> String,
        rule_sentence: fn(&RuleForm) -> String,
        published_by: fn(&str, &str) -> String,
        published_now_as: fn(u32) -> String,
        changes_kept_here: fn(usize) -> String,
        fields_to_mend: fn(usize) -> String,
        draft_is_behind: fn(u32, &str, u32) -> String,
        rescoring: fn(u32, String, String) -> String,
        what_if: fn(usize, usize, i32) -> String,
        history_from: fn(&str) -> String,
        reading_history: fn(String, String) -> String,
        histogram_column: fn(usize, usize, u32, u32) -> String,
        mql_line_at: fn(i32) -> String,
        most_in_column: fn(String) -> String,
        show_all: fn(String) -> String,
        link_for: fn(&str, &str) -> String,
        snippet: &'static SnippetText,
        dictionary: &'static DictionaryText,
        refused: &'static RefusedText,
        companies: &'static CompaniesText,
        sample: &'static SampleText,
        today: &'static TodayText,
        personas: &'static PersonasText,
        profile: &'static ProfileText,
        pursuit: &'static PursuitText,
        frame: &'static FrameText,
        kit: &'static KitText,
        board: &'static BoardText,
        scoring: &'static ScoringText,
        definition: &'static DefinitionText,
        stages: &'static StagesText,
        routing: &'static RoutingText,
        reports: &'static ReportsText,
        segments: &'static SegmentsText,
        import: &'static ImportText,
        suggestions: &'static SuggestionsText,
        own: &'static OwnText,
        staff: &'static StaffText,
        records: &'static RecordsText,
        edits: &'static EditsText,
        fields: &'static FieldsText,
        hours: &'static HoursText,
        lists: &'static ListsText,
    }
}

/// One word of a table, whichever the language.
pub(crate) type Word = fn(&Text) -> &'static str;

/// A language's table.
pub(crate) const fn of(lang: Lang) -> &'static Text {
    match lang {
        Lang::Zh => &zh::TEXT,
        Lang::En => &en::TEXT,
    }
}

/// The table of the language chosen; reading it inside a signal follows the choice.
#[derive(Clone, Copy)]
pub(crate) struct Words(Signal<Lang>);

impl Words {
    /// The table.
    pub(crate) fn get(self) -> &'static Text {
        of(self.0.get())
    }

    /// One word of the table, following the choice.
    pub(crate) fn line(self, word: Word) -> Signal<String> {
        Signal::derive(move || word(self.get()).to_owned())
    }

    /// The language.
    pub(crate) fn lang(self) -> Lang {
        self.0.get()
    }
}

/// Says which language is chosen.
pub(crate) fn provide(lang: Signal<Lang>) {
    provide_context(Words(lang));
}

/// The words of the language chosen.
pub(crate) fn words() -> Words {
    use_context().unwrap_or_else(|| Words(Signal::stored(Lang::default())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_chinese(text: &str) -> bool {
        text.chars().any(|c| {
            ('\u{3000}'..='\u{9fff}').contains(&c) || ('\u{ff00}'..='\u{ffef}').contains(&c)
        })
    }

    #[test]
    fn no_sentence_is_empty_and_none_is_in_the_other_language() {
        // Names that are the same in both.
        let shared = [
            "product", "mql", "name_en", "name_zh", "csv", "xlsx", "listed",
        ];
        let tables = |text: &Text| {
            [
                text.words(),
                text.snippet.words(),
                text.dictionary.words(),
                text.refused.words(),
                text.companies.words(),
                text.sample.words(),
                text.today.words(),
                text.personas.words(),
                text.profile.words(),
                text.pursuit.words(),
                text.frame.words(),
                text.kit.words(),
                text.board.words(),
                text.reports.words(),
                text.segments.words(),
                text.scoring.words(),
                text.definition.words(),
                text.stages.words(),
                text.routing.words(),
                text.import.words(),
                text.suggestions.words(),
                text.own.words(),
                text.staff.words(),
                text.records.words(),
                text.edits.words(),
                text.fields.words(),
                text.hours.words(),
                text.lists.words(),
            ]
            .concat()
        };
        for ((name, zh), (_, en)) in tables(&zh::TEXT).into_iter().zip(tables(&en::TEXT)) {
            assert!(!zh.trim().is_empty() && !en.trim().is_empty(), "{name}");
            if !shared.contains(&name) {
                assert!(is_chinese(zh), "{name} in Chinese: {zh}");
                assert!(!is_chinese(en), "{name} in English: {en}");
            }
        }
    }

    #[test]
    fn counts_read_well() {
        assert_eq!(
            (en::TEXT.what_if)(12, 3, 60),
            "12 leads would cross 60, 3 would fall below."
        );
        assert_eq!(
            (en::TEXT.what_if)(1, 0, 60),
            "1 lead would cross 60, none would fall below."
        );
        assert_eq!(
            (en::TEXT.what_if)(0, 0, 60),
            "No lead would cross 60 or fall below."
        );
        assert_eq!(
            (zh::TEXT.what_if)(12, 3, 60),
            "12 条线索将越过 60 分，3 条将跌破。"
        );
        assert_eq!((en::TEXT.to_mql)(7), "7 more points to MQL");
        assert_eq!((en::TEXT.to_mql)(1), "1 more point to MQL");
    }

    #[test]
    fn time_spent_reads_well() {
        for (seconds, en, zh) in [
            (42, "42 s, 80% of the page", "停留 42 秒，读到 80%"),
            (120, "2 min, 80% of the page", "停留 2 分钟，读到 80%"),
            (
                125,
                "2 min 5 s, 80% of the page",
                "停留 2 分 5 秒，读到 80%",
            ),
        ] {
            let read = Engagement {
                seconds,
                scroll: 80,
            };
            assert_eq!((en::TEXT.engagement)(read), en);
            assert_eq!((zh::TEXT.engagement)(read), zh);
        }
    }

    #[test]
    fn a_rule_reads_as_a_sentence() {
        let rule = domain::rulebook::starter().rules.swap_remove(2);
        let form = RuleForm::of(&rule);
        assert_eq!(
            (en::TEXT.rule_sentence)(&form),
            "Page view · */pricing* · up to 2 a day · 30 points at most · halves every 30 days"
        );
        assert_eq!(
            (zh::TEXT.rule_sentence)(&form),
            "浏览页面 · */pricing* · 每天最多 2 次 · 合计最多 30 分 · 每 30 天减半"
        );
    }
}
