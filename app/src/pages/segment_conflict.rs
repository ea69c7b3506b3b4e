//! Someone else saved a segment first: both versions side by side, and the choice.

use crate::components::{Button, Choices, Dialog, Look, condition_text};
use crate::state::segment_desk::SegmentDesk;
use crate::text::{Text, Word, words};
use domain::segment::Segment;
use leptos::prelude::*;

/// The choice between two versions, while there are two.
#[component]
pub(super) fn Contested(desk: SegmentDesk, choices: Choices) -> impl IntoView {
    let t = words();
    let lines = move |theirs: &Segment, mine: &Segment| {
        let yes = |text: &'static Text, public: bool| match public {
            true => text.segments.public_badge,
            false => "–",
        };
        let own = |segment: &Segment| -> [(Word, String); 4] {
            [
                (
                    |t| t.segments.name,
                    format!("{} · {}", segment.name.zh, segment.name.en),
                ),
                (|t| t.segments.who, condition_text(t, choices, &segment.who)),
                (
                    |t| t.segments.tag,
                    segment.tag.clone().unwrap_or_else(|| "–".to_owned()),
                ),
                (
                    |t| t.segments.public,
                    yes(t.get(), segment.public).to_owned(),
                ),
            ]
        };
        let pairs = own(theirs).into_iter().zip(own(mine));
        let differing = pairs.filter(|((_, theirs), (_, mine))| theirs != mine);
        let rows = differing.map(|((label, theirs), (_, mine))| {
            view! { <tr><th scope="row">{label(t.get())}</th><td>{theirs}</td><td>{mine}</td></tr> }
        });
        rows.collect_view()
    };
    move || {
        desk.theirs.get().map(|theirs| {
            let rows = move || desk.form.with(|form| form.read()).map(|mine| lines(&theirs, &mine));
            view! {
                <Dialog title=t.line(|t| t.segments.conflict) name="segment-conflict" close=move |()| desk.theirs.set(None)>
                    <p>{move || t.get().segments.conflict_text}</p>
                    <div class="difference-table">
                        <table>
                            <thead><tr><th></th><th scope="col">{move || t.get().segments.theirs}</th><th scope="col">{move || t.get().segments.mine}</th></tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                    <div class="dialog-actions">
                        <Button label=t.line(|t| t.segments.take_theirs) name="segment-theirs" press=move |()| desk.take_theirs() />
                        <Button label=t.line(|t| t.segments.keep_mine) name="segment-mine" look=Look::Main press=move |()| desk.keep_mine() />
                    </div>
                </Dialog>
            }
        })
    }
}
