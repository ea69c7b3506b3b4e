//! English.

use super::CompaniesText;
use domain::account::BuyingRole;

pub(in crate::text) static TEXT: CompaniesText = CompaniesText {
    title: "Companies",
    one: "Company",
    note: "Someone with a work address is of the company that has its domain. A company's score is made of its people's.",
    search_for: "Name or domain",
    people: "People",
    its_people: "People",
    domains: "Domains",
    interest: "Interest",
    before: "Interest before",
    rising: "Rising",
    by_name: "Name",
    no_companies: "No companies yet",
    no_companies_text: "A company stands here as soon as someone leaves a work address on the website, or comes in by an import.",
    no_rising: "No company's interest rises",
    no_rising_text: "Those stand here whose people and anonymous visitors did clearly more in the last 14 days than in the 14 before.",
    nothing_found: "No company has this in its name or its domain.",
    no_such: "No such company",
    no_such_text: "It was taken away with the import that brought it, or the address is wrong.",
    to_companies: "To the companies",
    no_people: "Nobody is known of it",
    no_people_text: "Whoever leaves an address of its domain stands here.",
    anonymous: "Anonymous visitors",
    anonymous_note: "They come from the company's own pages, and nobody knows who they are.",
    above: "Above it",
    below: "Below it",
    opened: "Known since",
    role,
    events: |count| match count {
        1 => "1 event in 14 days".to_owned(),
        _ => format!("{count} events in 14 days"),
    },
    events_before: |count| format!("{count} in the 14 days before"),
    more_anonymous: |count| format!("and {count} more"),
    first_of: |shown, all| format!("the best {shown} of {all}"),
};

const fn role(role: BuyingRole) -> &'static str {
    match role {
        BuyingRole::DecisionMaker => "Decides",
        BuyingRole::Champion => "Champion",
        BuyingRole::Influencer => "Influencer",
        BuyingRole::User => "User",
        BuyingRole::Gatekeeper => "Gatekeeper",
    }
}
