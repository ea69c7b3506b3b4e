//! The sentences of the list of leads: its columns, its filters, the views that are kept of it, and what is done with many.

mod en;
mod zh;

pub(super) use en::TEXT as EN;
pub(super) use zh::TEXT as ZH;

use domain::bulk::Deed;
use domain::list::Column;

table! {
    ListsText
    words {
        columns columns_note move_up move_down usual_columns
        all_leads views view_more save_view save_as rename share unshare remove_view view_name view_name_hint shared shared_note new_view
        filter_title filter_note any_of add_filter add_or apply remove_filter column_label test_label value_label yes no
        choose_row choose_page clear give move_to tag untag enter leave export_chosen nobody
        choose_owner choose_stage choose_tag choose_segment do_it reason note stop go_on let_go bulk_history history_title history_note
        history_none history_none_text when who what changed_count undone_count taken_back undo_bulk by_mistake taking_back
        edit conflict_text
    }
    phrases {
        column: fn(&Column) -> Option<&'static str>,
        test: fn(&str) -> &'static str,
        columns_chosen: fn(usize, usize) -> String,
        view_saved: fn(&str) -> String,
        view_removed: fn(&str) -> String,
        why: fn(&str) -> Option<&'static str>,
        chosen: fn(&str) -> String,
        choose_every: fn(&str) -> String,
        every_chosen: fn(&str) -> String,
        deed: fn(&Deed) -> &'static str,
        doing: fn(&str, &str) -> String,
        done: fn(&str) -> String,
        passed_over: fn(&str, &str) -> String,
        unfinished: fn(&str, &str) -> String,
        undone: fn(&str) -> String,
        refusal: fn(&str) -> &'static str,
        filters: fn(usize) -> String,
    }
}
