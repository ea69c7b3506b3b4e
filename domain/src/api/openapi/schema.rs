//! JSON schemas of the types of the calls: those that are sent, those that are answered, and the text in them.
//!
//! A type that is both has two schemas where they differ: what may be left out of a request is always in an answer, and
//! a request may have no field that nobody knows, while an answer may get new ones.

use schemars::generate::{Contract, SchemaSettings};
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Where the schemas that have a name stand in the document.
const PLACE: &str = "/components/schemas";
/// What the name of a sent type ends with, where the answered type of the same name differs.
const SENT: &str = "Input";

/// The schemas of both ways.
pub(super) struct Schemas {
    sent: SchemaGenerator,
    answered: SchemaGenerator,
}

impl Default for Schemas {
    fn default() -> Schemas {
        let generator = |contract| {
            let mut settings = SchemaSettings::draft2020_12();
            settings.meta_schema = None;
            settings.definitions_path = PLACE.into();
            settings.contract = contract;
            settings.into_generator()
        };
        Schemas {
            sent: generator(Contract::Deserialize),
            answered: generator(Contract::Serialize),
        }
    }
}

impl Schemas {
    /// The schema of something that is sent. References to named types are marked until [`Schemas::finish`].
    pub(super) fn call(&mut self, of: fn(&mut SchemaGenerator) -> Schema) -> Value {
        let mut schema = of(&mut self.sent).to_value();
        mark(&mut schema);
        clean(&mut schema);
        schema
    }

    /// The schema of something that is answered.
    pub(super) fn reply(&mut self, of: fn(&mut SchemaGenerator) -> Schema) -> Value {
        let mut schema = of(&mut self.answered).to_value();
        clean(&mut schema);
        schema
    }

    /// Puts the named types into the document.
    pub(super) fn finish(mut self, mut document: Value) -> Value {
        let mut schemas = self.answered.take_definitions(true);
        let mut sent = self.sent.take_definitions(true);
        for schema in schemas.values_mut() {
            clean(schema);
        }
        for schema in sent.values_mut() {
            clean(schema);
        }
        let differ = differing(&sent, &schemas);
        let rename = |name: &str| match differ.contains(name) {
            true => format!("{name}{SENT}"),
            false => name.to_owned(),
        };
        for (name, mut schema) in sent {
            mark(&mut schema);
            unmark(&mut schema, &rename);
            schemas.entry(rename(&name)).or_insert(schema);
        }
        unmark(&mut document, &rename);
        if let Some(Value::Object(components)) = document.get_mut("components") {
            components.insert("schemas".to_owned(), Value::Object(schemas));
        }
        document
    }
}

/// The sent types that are not as the answered ones of the same name, and those that name such a one.
fn differing(sent: &Map<String, Value>, answered: &Map<String, Value>) -> BTreeSet<String> {
    let mut differ: BTreeSet<String> = sent
        .iter()
        .filter(|(name, schema)| answered.get(*name).is_some_and(|other| other != *schema))
        .map(|(name, _)| name.clone())
        .collect();
    loop {
        let before = differ.len();
        for (name, schema) in sent {
            let text = schema.to_string();
            let names_one = |other: &String| text.contains(&format!("\"#{PLACE}/{other}\""));
            if answered.contains_key(name) && differ.iter().any(names_one) {
                differ.insert(name.clone());
            }
        }
        if differ.len() == before {
            return differ;
        }
    }
}

/// Marks a reference as one to a sent type.
fn mark(schema: &mut Value) {
    each_text(schema, &|key, text| {
        let name = text.strip_prefix(&format!("#{PLACE}/"))?;
        (key == "$ref").then(|| format!("sent:{name}"))
    });
}

fn unmark(schema: &mut Value, rename: &impl Fn(&str) -> String) {
    each_text(schema, &|key, text| {
        let name = text.strip_prefix("sent:")?;
        (key == "$ref").then(|| format!("#{PLACE}/{}", rename(name)))
    });
}

/// Descriptions are for readers of the document, who have no use for the paths of modules; of Rust's widths of numbers
/// OpenAPI knows two; and what stands beside a reference not every reader understands.
fn clean(schema: &mut Value) {
    each_text(schema, &|key, text| match (key, text) {
        ("description", text) => Some(plain(text)),
        ("format", "int8" | "int16" | "uint8" | "uint16") => Some("int32".to_owned()),
        ("format", "uint32" | "uint64") => Some("int64".to_owned()),
        _ => None,
    });
    bare_references(schema);
}

fn bare_references(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if members.contains_key("$ref") {
                members.remove("default");
            }
            members.values_mut().for_each(bare_references);
        }
        Value::Array(items) => items.iter_mut().for_each(bare_references),
        _ => {}
    }
}

/// Replaces texts, wherever they stand, by what `change` gives for the key and the text.
fn each_text(value: &mut Value, change: &impl Fn(&str, &str) -> Option<String>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match member {
                    Value::String(text) => {
                        if let Some(changed) = change(key, text) {
                            *text = changed;
                        }
                    }
                    member => each_text(member, change),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| each_text(item, change)),
        _ => {}
    }
}

/// A doc comment without its links: ``[`crate::fold::save_site`]`` is `` `save_site` ``.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[`") {
        let (path, behind) = after.split_once("`]").unwrap_or((after, ""));
        let name = path.rsplit("::").next().unwrap_or(path);
        plain.push_str(before);
        plain.push('`');
        plain.push_str(name);
        plain.push('`');
        rest = behind;
    }
    plain.push_str(rest);
    plain.replace('\n', " ")
}

/// A text of a schema; empty when it has none.
pub(super) fn text(schema: &Value, key: &str) -> String {
    let text = schema.get(key).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}

/// The fields of a call, until each has its place in a request.
pub(super) struct Fields {
    properties: Map<String, Value>,
    required: BTreeSet<String>,
}

impl Fields {
    /// The fields of the schema of a call.
    pub(super) fn of(mut schema: Value) -> Fields {
        let required = schema.get("required").and_then(Value::as_array);
        let required = required.into_iter().flatten().filter_map(Value::as_str);
        let required = required.map(str::to_owned).collect();
        let properties = match schema.get_mut("properties").map(Value::take) {
            Some(Value::Object(properties)) => properties,
            _ => Map::new(),
        };
        Fields {
            properties,
            required,
        }
    }

    /// Whether there is one of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.properties.contains_key(name)
    }

    /// Their names.
    pub(super) fn names(&self) -> Vec<String> {
        self.properties.keys().cloned().collect()
    }

    /// Takes one out as a parameter of the path or the query.
    pub(super) fn take_parameter(&mut self, name: &str, place: &str) -> Option<Value> {
        let mut schema = self.properties.remove(name)?;
        let about = text(&schema, "description");
        if let Some(members) = schema.as_object_mut() {
            members.remove("description");
            without_null(members);
        }
        let required = self.required.remove(name) || place == "path";
        Some(json!({
            "name": name, "in": place, "required": required, "description": about, "schema": schema,
        }))
    }

    /// What is left, as the body.
    pub(super) fn body(self) -> Value {
        json!({
            "required": !self.required.is_empty(),
            "content": { "application/json": { "schema": {
                "type": "object", "properties": self.properties, "required": self.required,
            } } },
        })
    }
}

/// A query has no null: what is not there is left out.
fn without_null(schema: &mut Map<String, Value>) {
    let not_null = |kind: &Value| kind != "null" && kind.get("type") != Some(&json!("null"));
    if let Some(Value::Array(kinds)) = schema.get_mut("type") {
        kinds.retain(not_null);
        if let [only] = kinds.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(kinds)) = schema.get_mut("anyOf") {
        kinds.retain(not_null);
    }
    if schema.get("default") == Some(&Value::Null) {
        schema.remove("default");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_has_no_paths_of_modules() {
        for (text, expect) in [
            ("See [`page_limit`].", "See `page_limit`."),
            ("[`crate::fold::check`]\nand [`A`]", "`check` and `A`"),
            ("`plain` [text]", "`plain` [text]"),
        ] {
            assert_eq!(plain(text), expect);
        }
    }

    #[test]
    fn a_sent_type_that_names_one_that_differs_differs() {
        let map = |value: Value| value.as_object().unwrap().clone();
        let names_b = json!({"$ref": "#/components/schemas/B"});
        let sent = map(json!({"A": names_b, "B": {"type": "string"}, "C": {}, "D": {}}));
        let answered = map(json!({"A": names_b, "B": {"type": "object"}, "C": {}}));
        let differ = differing(&sent, &answered);
        assert_eq!(differ.into_iter().collect::<Vec<_>>(), ["A", "B"]);
    }
}
