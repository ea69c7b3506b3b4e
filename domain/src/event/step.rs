//! The steps that the collector takes with a batch, in their order. Not here: what each does.

use super::Rejection;

/// A step of the collector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// How much may come, and how large.
    Limit,
    /// The body is read: a batch, and the events in it.
    Parse,
    /// The site is found by its key.
    Site,
    /// The page is one of the site's.
    Origin,
    /// The visitor consents, where the site needs it.
    Consent,
    /// Whether a program sent it. It refuses nothing.
    Bot,
    /// Source and channel are read. It refuses nothing.
    Classify,
    /// What was decided is written on the event. It refuses nothing.
    Stamp,
    /// It is handed over and stored.
    Store,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Step; 9] = [
        Step::Limit,
        Step::Parse,
        Step::Site,
        Step::Origin,
        Step::Consent,
        Step::Bot,
        Step::Classify,
        Step::Stamp,
        Step::Store,
    ];

    /// The step's stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Step::Limit => "limit",
            Step::Parse => "parse",
            Step::Site => "site",
            Step::Origin => "origin",
            Step::Consent => "consent",
            Step::Bot => "bot",
            Step::Classify => "classify",
            Step::Stamp => "stamp",
            Step::Store => "store",
        }
    }

    /// What the step refuses.
    pub fn refuses(self) -> impl Iterator<Item = Rejection> {
        let all = Rejection::ALL.iter().copied();
        all.filter(move |why| why.step() == self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_a_step_and_three_steps_refuse_nothing() {
        let refused: usize = Step::ALL.iter().map(|step| step.refuses().count()).sum();
        assert_eq!(refused, Rejection::ALL.len());
        let silent = Step::ALL.into_iter().filter(|s| s.refuses().count() == 0);
        assert!(silent.eq([Step::Bot, Step::Classify, Step::Stamp]));
        assert!(Step::ALL.is_sorted());
    }
}
