//! English.

use super::FrameText;

pub(in crate::text) static TEXT: FrameText = FrameText {
    find: "Find anything",
    find_hint: "Person, company, page or action",
    nothing: "Nothing found",
    people: "People",
    pages: "Pages",
    actions: "Actions",
    new_lead: "New lead",
    edit_lead: "Edit the lead",
    edit: "Edit",
    save: "Save",
    cancel: "Cancel",
    undo: "Undo",
    figures: "The figures",
    keys_title: "Keyboard",
    other_language: "Switch the language to Chinese",
    theme_light: "Light theme",
    theme_dark: "Dark theme",
    theme_system: "Theme as the system says",
    take_out: |name| format!("Take {name} out"),
    saved: |name| format!("{name} is saved."),
    keys: &[
        (
            "Anywhere",
            &[
                (&["Ctrl", "K"], "Find people, companies, pages and actions"),
                (&["/"], "Search this list"),
                (&["?"], "Show these keys"),
                (&["Esc"], "Close what lies over the page"),
            ],
        ),
        (
            "In a list",
            &[
                (&["j"], "Next row"),
                (&["k"], "Row before"),
                (&["↵"], "Open the row"),
                (&["n"], "New"),
            ],
        ),
        (
            "On a page",
            &[
                (&["e"], "Edit"),
                (&["n"], "New, or log a conversation"),
                (&["t"], "New task"),
                (&["m"], "Move, or say that two are one"),
                (&["d"], "Done, or say that it is not so"),
            ],
        ),
        (
            "Go to",
            &[
                (&["g", "l"], "Leads"),
                (&["g", "c"], "Companies"),
                (&["g", "v"], "Visitors"),
                (&["g", "b"], "Stages"),
                (&["g", "s"], "Segments"),
                (&["g", "r"], "Rules"),
                (&["g", ","], "Settings"),
            ],
        ),
    ],
};
