//! What a column of a file may become, as a list to choose from.
//!
//! Not here: signals, asking anybody.

use domain::import::{Column, Plan, Sureness, Target};
use domain::lead::Field;
use domain::profile::{DateOrder, FieldId, Schema};

/// The keys and the facts that are no fields, in the order in which they are offered.
const PLAIN: [(Target, &str); 14] = [
    (Target::Ignore, "ignore"),
    (Target::Email, "email"),
    (Target::Phone, "phone"),
    (Target::GivenName, "given_name"),
    (Target::FamilyName, "family_name"),
    (Target::Tags, "tags"),
    (Target::Source, "source"),
    (Target::Vendor, "vendor"),
    (Target::Cost, "cost"),
    (Target::Consent, "consent"),
    (Target::ConsentAt, "consent_at"),
    (Target::External, "external"),
    (Target::OpenId, "open_id"),
    (Target::UnionId, "union_id"),
];

/// What a field's id is written after.
const FIELD: &str = "field:";

/// What there is to choose from: nothing, keys, the workspace's fields, and facts of where somebody comes from.
pub(crate) fn targets(schema: &Schema) -> Vec<Target> {
    let custom = schema.fields.iter().filter(|field| !field.retired);
    let custom = custom.map(|field| FieldId::Custom(field.id.clone()));
    let fields = Field::ALL.into_iter().map(FieldId::Standard).chain(custom);
    let mut all: Vec<Target> = PLAIN.iter().map(|(target, _)| target.clone()).collect();
    // Ignoring and the keys first, then the fields, then the rest.
    let place = 3.min(all.len());
    all.splice(place..place, fields.map(Target::Field));
    all
}

/// How one is written in a list.
pub(crate) fn write(target: &Target) -> String {
    if let Target::Field(field) = target {
        return format!("{FIELD}{field}");
    }
    let mut plain = PLAIN.iter();
    let found = plain.find(|(one, _)| one == target);
    found
        .map(|(_, name)| (*name).to_owned())
        .unwrap_or_default()
}

/// The one that is written so.
pub(crate) fn read(text: &str) -> Option<Target> {
    if let Some(field) = text.strip_prefix(FIELD) {
        return field.parse().ok().map(Target::Field);
    }
    let mut plain = PLAIN.iter();
    plain
        .find(|(_, name)| *name == text)
        .map(|(target, _)| target.clone())
}

/// A plan in which one column is taken in otherwise.
pub(crate) fn with_column(plan: &Plan, column: usize, change: impl FnOnce(&mut Column)) -> Plan {
    let mut plan = plan.clone();
    if let Some(column) = plan.columns.get_mut(column) {
        change(column);
    }
    plan
}

/// A column that a person said the target of.
pub(crate) fn aim(column: &mut Column, target: Target) {
    column.target = target;
    column.sure = Sureness::Exact;
}

/// How an order of dates is written in a list.
pub(crate) const fn write_order(order: Option<DateOrder>) -> &'static str {
    match order {
        None => "",
        Some(DateOrder::DayFirst) => "day",
        Some(DateOrder::MonthFirst) => "month",
    }
}

/// The one that is written so.
pub(crate) fn read_order(text: &str) -> Option<DateOrder> {
    match text {
        "day" => Some(DateOrder::DayFirst),
        "month" => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_is_read_back_the_same() {
        let all = targets(&Schema::default());
        assert_eq!(all.len(), PLAIN.len() + Field::ALL.len());
        for target in all {
            assert_eq!(read(&write(&target)), Some(target));
        }
        let custom = Target::Field(FieldId::Custom("budget".into()));
        assert_eq!(read("field:custom.budget"), Some(custom));
        assert_eq!(read("nothing"), None);
        for order in [None, Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst)] {
            assert_eq!(read_order(write_order(order)), order);
        }
    }
}
