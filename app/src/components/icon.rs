//! A drawn sign of 16 × 16, in the colour of the text beside it. It says nothing by itself.

use domain::wire::Kind;
use leptos::prelude::*;

/// Which sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Glyph {
    /// People.
    Leads,
    /// A house of many windows.
    Companies,
    /// A footprint of someone unknown.
    Visitors,
    /// Two circles that overlap.
    Segments,
    /// Reports.
    Chart,
    /// Columns of cards.
    Board,
    /// Sliders.
    Rules,
    /// A gear, drawn plainly.
    Settings,
    /// Find.
    Search,
    /// Close, remove.
    Cross,
    /// Add.
    Plus,
    /// Done.
    Check,
    /// Copy.
    Copy,
    /// Open below.
    Chevron,
    /// Back.
    Back,
    /// A page.
    Page,
    /// A form.
    Form,
    /// Time spent.
    Clock,
    /// One person.
    Person,
    /// Something else that happened.
    Spark,
    /// A program.
    Bot,
    /// As the system says.
    System,
    /// Light.
    Sun,
    /// Dark.
    Moon,
    /// Leave.
    Leave,
    /// Elsewhere.
    Out,
    /// Again.
    Again,
    /// Take care.
    Warning,
    /// A telephone.
    Phone,
    /// A letter.
    Mail,
    /// Something said.
    Chat,
    /// Something to write with.
    Pencil,
    /// A file.
    File,
    /// A printer.
    Print,
}

impl Glyph {
    /// The sign of a kind of event.
    pub(crate) const fn of(kind: Kind) -> Glyph {
        match kind {
            Kind::PageView => Glyph::Page,
            Kind::Engagement => Glyph::Clock,
            Kind::FormView | Kind::FormStart | Kind::FormSubmit => Glyph::Form,
            Kind::Identify => Glyph::Person,
            Kind::Custom => Glyph::Spark,
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Glyph::Leads => {
                "M6 7.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM1.500 13.500c0-2.500 2-4 4.500-4s4.500 1.500 4.500 4M10.500 2.800a2.400 2.400 0 0 1 0 4.400M12 9.800c1.500.6 2.500 1.900 2.500 3.700"
            }
            Glyph::Companies => {
                "M3 14V3.500a1 1 0 0 1 1-1h5a1 1 0 0 1 1 1V14M10 6.500h2.500a1 1 0 0 1 1 1V14M1.500 14h13M5.200 5.500h2.600M5.200 8h2.600M5.200 10.500h2.600"
            }
            Glyph::Visitors => {
                "M8 8a2.800 2.800 0 1 0 0-5.600A2.800 2.800 0 0 0 8 8zM2.500 14c.3-2.600 2.500-4 5.500-4 1 0 1.900.2 2.700.5M12.200 12.200c0-1.400 2-1.300 2-2.700 0-.8-.7-1.300-1.500-1.300-.7 0-1.300.4-1.500 1M12.200 14.200v.1"
            }
            Glyph::Chart => "M2.500 13.500h11M4.500 13.500v-4M8 13.500v-10M11.500 13.500v-7",
            Glyph::Segments => {
                "M6 12.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM10 12.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9z"
            }
            Glyph::Board => {
                "M2 2.500h3.200v11H2zM6.400 2.500h3.200v7H6.400zM10.800 2.500H14v9h-3.200z"
            }
            Glyph::Rules => {
                "M2 4.500h6M12 4.500h2M2 11.500h2M8 11.500h6M10 6.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM6 13.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4z"
            }
            Glyph::Settings => {
                "M8 10.200a2.200 2.200 0 1 0 0-4.400 2.200 2.200 0 0 0 0 4.400zM8 1.500v2M8 12.500v2M1.500 8h2M12.500 8h2M3.400 3.400l1.400 1.400M11.200 11.200l1.400 1.400M12.600 3.400l-1.400 1.400M4.800 11.200l-1.400 1.400"
            }
            Glyph::Search => "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.600 10.600 14 14",
            Glyph::Cross => "m4 4 8 8M12 4l-8 8",
            Glyph::Plus => "M8 3v10M3 8h10",
            Glyph::Check => "m3 8.500 3.200 3L13 4.500",
            Glyph::Copy => "M5.500 5.500h8v8h-8zM10.500 5.500v-3h-8v8h3",
            Glyph::Chevron => "m4 6 4 4 4-4",
            Glyph::Back => "m9.500 3.500-4.500 4.500 4.500 4.500",
            Glyph::Page => "M4 2h5.500L12.500 5v9H4zM9.500 2v3h3",
            Glyph::Form => "M2.500 2.500h11v11h-11zM5 6h6M5 9h6M5 11.500h3",
            Glyph::Clock => "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.500V8l2.500 1.500",
            Glyph::Person => {
                "M8 8a2.800 2.800 0 1 0 0-5.600A2.800 2.800 0 0 0 8 8zM2.500 14c.3-2.600 2.500-4 5.500-4s5.200 1.400 5.500 4"
            }
            Glyph::Spark => "M8 2v12M2 8h12M4 4l8 8M12 4l-8 8",
            Glyph::Bot => "M3 6h10v7H3zM8 6V3M6 9v1M10 9v1M1.500 8.500v2M14.500 8.500v2",
            Glyph::System => "M2 3h12v8H2zM6 14h4M8 11v3",
            Glyph::Sun => {
                "M8 10.700a2.700 2.700 0 1 0 0-5.400 2.700 2.700 0 0 0 0 5.400zM8 1.500V3M8 13v1.500M1.500 8H3M13 8h1.500M3.400 3.400l1 1M11.600 11.600l1 1M12.600 3.400l-1 1M4.400 11.600l-1 1"
            }
            Glyph::Moon => "M13.500 9.500A5.800 5.800 0 0 1 6.500 2.500a5.800 5.800 0 1 0 7 7z",
            Glyph::Leave => "M6.500 2.500h-4v11h4M10.500 5l3 3-3 3M13.500 8h-7",
            Glyph::Out => "M6 3H3v10h10v-3M9 3h4v4M13 3 7.500 8.500",
            Glyph::Again => "M13 8a5 5 0 1 1-1.500-3.600M13 2v3h-3",
            Glyph::Phone => {
                "M3.500 2.500h2.300l1.200 3-1.500 1.200a8 8 0 0 0 3.800 3.800l1.200-1.500 3 1.200v2.300c0 .6-.5 1-1.100 1C7 13.100 2.900 9 2.500 3.600c0-.6.4-1.100 1-1.100z"
            }
            Glyph::Mail => "M2 3.500h12v9H2zM2 4l6 5 6-5",
            Glyph::Chat => "M2.500 3h11v7.500H7l-3 2.500v-2.500H2.500z",
            Glyph::Pencil => "M3 13l.7-3L11 2.700l2.300 2.300L6 12.300zM9.500 4.200l2.300 2.300",
            Glyph::File => "M4 2h5.500L12.500 5v9H4zM9.500 2v3h3M6 8h4M6 10.500h4",
            Glyph::Print => {
                "M4.500 6V2.500h7V6M4.500 11.500H2.500V6h11v5.500h-2M4.500 9.500h7v4h-7z"
            }
            Glyph::Warning => "M8 2 1.500 13.500h13zM8 6.500v3M8 11.500v.1",
        }
    }
}

/// A drawn sign.
#[component]
pub(crate) fn Icon(
    /// Which.
    glyph: Glyph,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d=glyph.path() />
        </svg>
    }
}
