//! One condition in a form: what is asked, and the answer that is wanted, as typed.

use domain::channel::Channel;
use domain::grade::Grade;
use domain::id::AccountId;
use domain::persona::Test;
use domain::profile::{
    FieldId, Kind as Holds, Schema, read_date, read_number, show_date, show_number,
};
use domain::rulebook::When;
use domain::segment::{Condition, Dates, Did, Mail, Moment, Range};
use domain::wire::Kind;
use std::collections::BTreeSet;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// Something happened.
    Did,
    /// Nothing happened.
    Silent,
    /// The score.
    Score,
    /// The grade.
    Grade,
    /// The stage.
    Stage,
    /// A field.
    Field,
    /// The tags.
    Tags,
    /// The e-mail address.
    Mail,
    /// The channel of the first touch.
    Channel,
    /// The source of the first touch.
    Source,
    /// Which company it is.
    Account,
    /// Whether the company is in the base.
    HasAccount,
    /// The company's score.
    AccountScore,
    /// When the base learned of the person.
    Created,
    /// When the latest event was.
    LastSeen,
    /// When the person came into its stage.
    StageEntered,
    /// Another segment.
    Segment,
}

impl Ask {
    /// Everything, in the order of the choice.
    pub(crate) const ALL: [Ask; 17] = [
        Ask::Did,
        Ask::Silent,
        Ask::Score,
        Ask::Grade,
        Ask::Stage,
        Ask::Field,
        Ask::Tags,
        Ask::Mail,
        Ask::Channel,
        Ask::Source,
        Ask::Account,
        Ask::HasAccount,
        Ask::AccountScore,
        Ask::Created,
        Ask::LastSeen,
        Ask::StageEntered,
        Ask::Segment,
    ];

    /// The value of its option.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Ask::Did => "did",
            Ask::Silent => "silent",
            Ask::Score => "score",
            Ask::Grade => "grade",
            Ask::Stage => "stage",
            Ask::Field => "field",
            Ask::Tags => "tags",
            Ask::Mail => "mail",
            Ask::Channel => "channel",
            Ask::Source => "source",
            Ask::Account => "account",
            Ask::HasAccount => "has_account",
            Ask::AccountScore => "account_score",
            Ask::Created => "created",
            Ask::LastSeen => "last_seen",
            Ask::StageEntered => "stage_entered",
            Ask::Segment => "segment",
        }
    }

    /// In which ways it can be answered; the field's, where it is about one, say more.
    pub(crate) fn ways(self, field: Option<&Holds>) -> &'static [How] {
        match (self, field) {
            (Ask::Field, Some(Holds::Text { .. })) => {
                &[How::OneOf, How::Contains, How::Range, How::Known]
            }
            (Ask::Field, Some(Holds::Number { .. })) => &[How::Range, How::Known],
            (Ask::Field, Some(Holds::Date)) => &[How::Between, How::FromToday, How::Known],
            (Ask::Field, Some(Holds::Bool)) => &[How::Yes, How::No, How::Known],
            (Ask::Field, _) => &[How::OneOf, How::Known],
            (Ask::Mail, _) => &[How::Work, How::Known, How::Domains],
            (Ask::Created | Ask::LastSeen | Ask::StageEntered, _) => {
                &[How::FromToday, How::Between]
            }
            _ => &[How::OneOf],
        }
    }

    const fn moment(self) -> Option<Moment> {
        match self {
            Ask::Created => Some(Moment::Created),
            Ask::LastSeen => Some(Moment::LastSeen),
            Ask::StageEntered => Some(Moment::StageEntered),
            _ => None,
        }
    }
}

/// In which way it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// By one of some words.
    OneOf,
    /// By a text with one of some words in it.
    Contains,
    /// By a number between two.
    Range,
    /// By yes.
    Yes,
    /// By no.
    No,
    /// By anything at all.
    Known,
    /// By a day between two.
    Between,
    /// By a day so many days from the one it is asked on.
    FromToday,
    /// By a company's address.
    Work,
    /// By an address of some domains.
    Domains,
}

impl How {
    const ALL: [How; 10] = [
        How::OneOf,
        How::Contains,
        How::Range,
        How::Yes,
        How::No,
        How::Known,
        How::Between,
        How::FromToday,
        How::Work,
        How::Domains,
    ];

    /// The value of its option.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            How::OneOf => "one_of",
            How::Contains => "contains",
            How::Range => "range",
            How::Yes => "yes",
            How::No => "no",
            How::Known => "known",
            How::Between => "between",
            How::FromToday => "from_today",
            How::Work => "work",
            How::Domains => "domains",
        }
    }

    /// The way of that name.
    pub(crate) fn named(name: &str) -> Option<How> {
        How::ALL.into_iter().find(|how| how.name() == name)
    }
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Which, in the form.
    pub(crate) id: u32,
    /// Whether it must not hold.
    pub(crate) not: bool,
    /// What is asked.
    pub(crate) ask: Ask,
    /// In which way it is answered.
    pub(crate) how: How,
    /// The field it is about.
    pub(crate) field: String,
    /// The words that are chosen or typed.
    pub(crate) values: Vec<String>,
    /// From, as typed.
    pub(crate) min: String,
    /// To, as typed.
    pub(crate) max: String,
    /// What happened.
    pub(crate) when: When,
    /// How often, as typed.
    pub(crate) times: String,
    /// In how many days, as typed; empty for ever.
    pub(crate) days: String,
}

impl Line {
    /// A line that asks this and says nothing yet.
    pub(crate) fn blank(id: u32, ask: Ask) -> Line {
        Line {
            id,
            not: false,
            ask,
            how: ask.ways(None).first().copied().unwrap_or(How::OneOf),
            field: "company".to_owned(),
            values: Vec::new(),
            min: String::new(),
            max: String::new(),
            when: When::any(Kind::PageView),
            times: "1".to_owned(),
            days: if ask == Ask::Silent { "30" } else { "" }.to_owned(),
        }
    }

    /// Asks something else.
    pub(crate) fn ask(&mut self, ask: Ask) {
        *self = Line {
            not: self.not,
            ..Line::blank(self.id, ask)
        };
    }

    /// Asks about another field, in the way that it is answered first.
    pub(crate) fn about(&mut self, field: &str, schema: &Schema) {
        let holds = field.parse().ok().and_then(|field| schema.kind(&field));
        let how = self.ask.ways(holds).first().copied();
        *self = Line {
            not: self.not,
            how: how.unwrap_or(self.how),
            field: field.to_owned(),
            ..Line::blank(self.id, self.ask)
        };
    }

    /// The line of a condition that holds no others.
    pub(crate) fn of(id: u32, not: bool, condition: &Condition) -> Line {
        let blank = |ask| Line {
            not,
            ..Line::blank(id, ask)
        };
        let words = |ask, values: Vec<String>| Line {
            values,
            ..blank(ask)
        };
        let number = |number: Option<i32>| number.map(|n| n.to_string()).unwrap_or_default();
        let score = |ask, range: &Range| Line {
            min: number(range.min),
            max: number(range.max),
            ..blank(ask)
        };
        match condition {
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) => blank(Ask::Did),
            Condition::Field { field, is } => Line::of_test(blank(Ask::Field), field, is),
            Condition::FieldDate { field, is } => Line {
                field: field.to_string(),
                ..blank(Ask::Field)
            }
            .with_dates(*is),
            Condition::Moment { of, is } => {
                let asks = [Ask::Created, Ask::LastSeen, Ask::StageEntered];
                let ask = asks.into_iter().find(|ask| ask.moment() == Some(*of));
                blank(ask.unwrap_or(Ask::Created)).with_dates(*is)
            }
            Condition::Did(did) => Line {
                when: did.when.clone(),
                times: did.at_least.to_string(),
                days: did.days.map(|days| days.to_string()).unwrap_or_default(),
                ..blank(Ask::Did)
            },
            Condition::Silent { days } => Line {
                days: days.to_string(),
                ..blank(Ask::Silent)
            },
            Condition::Score(range) => score(Ask::Score, range),
            Condition::AccountScore(range) => score(Ask::AccountScore, range),
            Condition::Tags(tags) => words(Ask::Tags, tags.iter().cloned().collect()),
            Condition::Grade(grades) => words(
                Ask::Grade,
                grades.iter().map(|grade| grade.name().to_owned()).collect(),
            ),
            Condition::Stage(stages) => words(Ask::Stage, stages.iter().cloned().collect()),
            Condition::Account(accounts) => words(
                Ask::Account,
                accounts.iter().map(ToString::to_string).collect(),
            ),
            Condition::HasAccount => blank(Ask::HasAccount),
            Condition::Channel(channels) => words(
                Ask::Channel,
                channels
                    .iter()
                    .map(|channel| channel.name().to_owned())
                    .collect(),
            ),
            Condition::Source(sources) => words(Ask::Source, sources.iter().cloned().collect()),
            Condition::Segment(id) => words(Ask::Segment, vec![id.clone()]),
            Condition::Mail(mail) => {
                let (how, values) = match mail {
                    Mail::Known => (How::Known, Vec::new()),
                    Mail::Work => (How::Work, Vec::new()),
                    Mail::Domains(domains) => (How::Domains, domains.iter().cloned().collect()),
                };
                Line {
                    how,
                    ..words(Ask::Mail, values)
                }
            }
        }
    }

    fn of_test(blank: Line, field: &FieldId, test: &Test) -> Line {
        let number = |number: &Option<i64>| number.map(show_number).unwrap_or_default();
        let (how, values, min, max) = match test {
            Test::OneOf(values) => (How::OneOf, Some(values), None, None),
            Test::Contains(values) => (How::Contains, Some(values), None, None),
            Test::Range { min, max } => (How::Range, None, Some(min), Some(max)),
            Test::Is(true) => (How::Yes, None, None, None),
            Test::Is(false) => (How::No, None, None, None),
            Test::Known => (How::Known, None, None, None),
        };
        Line {
            how,
            field: field.to_string(),
            values: values.into_iter().flatten().cloned().collect(),
            min: min.map(number).unwrap_or_default(),
            max: max.map(number).unwrap_or_default(),
            ..blank
        }
    }

    fn with_dates(self, dates: Dates) -> Line {
        let (how, min, max) = match dates {
            Dates::Between { min, max } => (How::Between, min.map(show_date), max.map(show_date)),
            Dates::FromToday { min, max } => (
                How::FromToday,
                min.map(|n| n.to_string()),
                max.map(|n| n.to_string()),
            ),
        };
        Line {
            how,
            min: min.unwrap_or_default(),
            max: max.unwrap_or_default(),
            ..self
        }
    }

    /// The condition; none while it cannot be read.
    pub(crate) fn read(&self) -> Option<Condition> {
        let found = match self.ask {
            Ask::Did => Condition::Did(Did {
                when: self.when.clone(),
                at_least: self.times.trim().parse().ok()?,
                days: optional(&self.days, |text| text.parse().ok())?,
            }),
            Ask::Silent => Condition::Silent {
                days: self.days.trim().parse().ok()?,
            },
            Ask::Score => Condition::Score(self.range()?),
            Ask::AccountScore => Condition::AccountScore(self.range()?),
            Ask::Grade => Condition::Grade(
                self.each(|name| Grade::ALL.into_iter().find(|grade| grade.name() == name))?,
            ),
            Ask::Channel => Condition::Channel(self.each(Channel::from_name)?),
            Ask::Account => Condition::Account(self.each(|id| id.parse::<AccountId>().ok())?),
            Ask::Stage => Condition::Stage(self.words()),
            Ask::Tags => Condition::Tags(self.words()),
            Ask::Source => Condition::Source(self.words()),
            Ask::HasAccount => Condition::HasAccount,
            Ask::Segment => Condition::Segment(self.values.first()?.clone()),
            Ask::Mail => Condition::Mail(match self.how {
                How::Known => Mail::Known,
                How::Domains => Mail::Domains(self.words()),
                _ => Mail::Work,
            }),
            Ask::Created | Ask::LastSeen | Ask::StageEntered => Condition::Moment {
                of: self.ask.moment()?,
                is: self.dates()?,
            },
            Ask::Field => self.read_field()?,
        };
        Some(match self.not {
            true => Condition::Not(Box::new(found)),
            false => found,
        })
    }

    fn read_field(&self) -> Option<Condition> {
        let field: FieldId = self.field.parse().ok()?;
        if matches!(self.how, How::Between | How::FromToday) {
            let is = self.dates()?;
            return Some(Condition::FieldDate { field, is });
        }
        let number = |text: &str| read_number(text).ok();
        let is = match self.how {
            How::Contains => Test::Contains(self.words()),
            How::Range => Test::Range {
                min: optional(&self.min, number)?,
                max: optional(&self.max, number)?,
            },
            How::Yes => Test::Is(true),
            How::No => Test::Is(false),
            How::Known => Test::Known,
            _ => Test::OneOf(self.words()),
        };
        Some(Condition::Field { field, is })
    }

    fn words(&self) -> BTreeSet<String> {
        self.values.iter().cloned().collect()
    }

    fn each<T: Ord>(&self, read: impl Fn(&str) -> Option<T>) -> Option<BTreeSet<T>> {
        self.values.iter().map(|value| read(value)).collect()
    }

    fn range(&self) -> Option<Range> {
        Some(Range {
            min: optional(&self.min, whole)?,
            max: optional(&self.max, whole)?,
        })
    }

    fn dates(&self) -> Option<Dates> {
        let day = |text: &str| read_date(text, None).ok();
        Some(match self.how {
            How::Between => Dates::Between {
                min: optional(&self.min, day)?,
                max: optional(&self.max, day)?,
            },
            _ => Dates::FromToday {
                min: optional(&self.min, whole)?,
                max: optional(&self.max, whole)?,
            },
        })
    }
}

/// A whole number, with either minus sign.
fn whole(text: &str) -> Option<i32> {
    text.replace('−', "-").parse().ok()
}

/// What may be left empty: none of it when it cannot be read.
fn optional<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    let text = text.trim();
    if text.is_empty() {
        return Some(None);
    }
    read(text).map(Some)
}
