//! English.

use super::SuggestionsText;
use domain::likeness::{CompanyWhy, NameWhy};
use domain::suggestion::Why;

pub(in crate::text) static TEXT: SuggestionsText = SuggestionsText {
    title: "To settle",
    note: "What only a person can tell: who is one person, whose a contact is, of which company somebody is. j and k step, m says yes, d says no.",
    none: "Nothing to settle",
    none_text: "Leads that may be one, contacts that may be somebody's and companies that may be theirs come up here.",
    swap: "Swap",
    accept: "It is so",
    see_all: "See all",
    why: |why| match why {
        Why::ClaimedTogether(_) => "Given together in one form",
        Why::PutTogether(_) => "Stood together in a file or another system",
        Why::CompanyName => "The company's name is the account's",
        Why::Alike(alike) => match (alike.name, alike.company) {
            (NameWhy::Same, CompanyWhy::Same) => "Same name, same company",
            (NameWhy::Same, CompanyWhy::Place) => "Same name; the companies differ by a place",
            (NameWhy::Same, CompanyWhy::Pinyin) => {
                "Same name; one company is the other's pinyin or translation"
            }
            (NameWhy::Order, _) => "Name in another order, company alike",
            (NameWhy::Pinyin, _) => "One name is the other's pinyin, company alike",
        },
    },
};
