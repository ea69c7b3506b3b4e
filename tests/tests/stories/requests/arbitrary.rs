//! Requests by chance: values that a schema allows, with others among them that no schema does.

use domain::api::{CallInfo, Method};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::fmt;

/// No value is nested deeper.
const DEPTH_MAX: u32 = 6;

/// What is there to be named.
#[derive(Clone)]
pub(super) struct Known {
    /// Ids of a lead and a browser.
    pub(super) ids: Vec<String>,
    /// Keys of sites.
    pub(super) sites: Vec<String>,
    /// Whether there is among them what no schema allows.
    pub(super) strange: bool,
}

/// A request.
#[derive(Clone)]
pub(super) struct Sent {
    /// Path and query.
    pub(super) path: String,
    /// The body; none for a read.
    pub(super) body: Option<Vec<u8>>,
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = self.body.as_deref().map(String::from_utf8_lossy);
        write!(f, "{} {:.2000}", self.path, body.unwrap_or_default())
    }
}

/// Requests of a call.
pub(super) fn sent(document: &Value, call: &CallInfo, known: &Known) -> BoxedStrategy<Sent> {
    let method = call.method.name().to_lowercase();
    let operation = &document["paths"][call.path][&method];
    let none = Vec::new();
    let parameters = operation["parameters"].as_array().unwrap_or(&none);
    let parameters: Vec<BoxedStrategy<Option<Parameter>>> = parameters
        .iter()
        .map(|parameter| parameter_of(document, parameter, known))
        .collect();
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
    let bodies = match call.method {
        Method::Get => Just(None).boxed(),
        _ => body(value(document, schema, known, 0), known.strange)
            .prop_map(Some)
            .boxed(),
    };
    let path = call.path;
    (parameters, bodies)
        .prop_map(move |(parameters, body)| Sent {
            path: address(path, parameters.into_iter().flatten()),
            body,
        })
        .boxed()
}

/// A parameter's name, whether it stands in the path, and its text.
type Parameter = (String, bool, String);

fn parameter_of(
    document: &Value,
    parameter: &Value,
    known: &Known,
) -> BoxedStrategy<Option<Parameter>> {
    let name = parameter["name"].as_str().unwrap_or_default().to_owned();
    let in_path = parameter["in"] == "path";
    let required = parameter["required"] == true;
    let texts = value(document, &parameter["schema"], known, 0).prop_map(|value| match value {
        Value::String(text) => text,
        other => other.to_string(),
    });
    // What has to be there is left out now and then; a path always has a text in each place.
    let texts = match (in_path, required) {
        (true, _) => texts.prop_map(Some).boxed(),
        (false, true) => proptest::option::weighted(0.9, texts).boxed(),
        (false, false) => proptest::option::weighted(0.4, texts).boxed(),
    };
    texts
        .prop_map(move |text| {
            let text = text.filter(|text| !(in_path && text.is_empty()));
            match (text, in_path) {
                (None, true) => Some((name.clone(), true, "x".to_owned())),
                (text, _) => text.map(|text| (name.clone(), in_path, text)),
            }
        })
        .boxed()
}

fn address(path: &str, parameters: impl Iterator<Item = Parameter>) -> String {
    let mut path = path.to_owned();
    let mut query = Vec::new();
    for (name, in_path, text) in parameters {
        let text = utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string();
        // Hyphens and dots are in ids and keys, and paths are compared as they are written.
        let text = text.replace("%2D", "-").replace("%2E", ".");
        if in_path {
            // A whole part of dots would change which path it is.
            let text = if text.trim_matches('.').is_empty() {
                "x".to_owned()
            } else {
                text
            };
            path = path.replace(&format!("{{{name}}}"), &text);
        } else {
            query.push(format!("{name}={text}"));
        }
    }
    if query.is_empty() {
        path
    } else {
        format!("{path}?{}", query.join("&"))
    }
}

/// A body: the value, a part of it, or what is no JSON at all.
fn body(values: BoxedStrategy<Value>, strange: bool) -> BoxedStrategy<Vec<u8>> {
    let written = values.prop_map(|value| value.to_string().into_bytes());
    if !strange {
        return written.boxed();
    }
    prop_oneof![
        8 => written.clone(),
        1 => (written, any::<prop::sample::Index>()).prop_map(|(mut bytes, at)| {
            bytes.truncate(at.index(bytes.len() + 1));
            bytes
        }),
        1 => prop_oneof![
            Just(b"".to_vec()),
            Just(b"null".to_vec()),
            Just(b"\xff\xfe{}".to_vec()),
            Just("[".repeat(20_000).into_bytes()),
            Just(b"{\"key\":1,\"key\":2}".to_vec()),
            vec(any::<u8>(), 0..64),
            hostile().prop_map(|value| value.to_string().into_bytes()),
        ],
    ]
    .boxed()
}

/// Values that a schema allows, mostly.
fn value(document: &Value, schema: &Value, known: &Known, depth: u32) -> BoxedStrategy<Value> {
    let allowed = allowed(document, schema, known, depth);
    if known.strange {
        prop_oneof![12 => allowed, 1 => hostile()].boxed()
    } else {
        allowed
    }
}

fn allowed(document: &Value, schema: &Value, known: &Known, depth: u32) -> BoxedStrategy<Value> {
    if depth > DEPTH_MAX {
        return Just(Value::Null).boxed();
    }
    if let Some(named) = schema["$ref"].as_str() {
        let of = document.pointer(&named[1..]).unwrap_or(&Value::Null);
        if named.ends_with("/SiteKey") {
            return prop_oneof![3 => one_of(&known.sites), 1 => text(known).prop_map(Value::from)]
                .boxed();
        }
        return allowed(document, of, known, depth + 1);
    }
    if let Some(only) = schema.get("const") {
        return Just(only.clone()).boxed();
    }
    if let Some(all) = schema["enum"].as_array() {
        return prop::sample::select(all.clone()).boxed();
    }
    for choice in ["oneOf", "anyOf", "allOf"] {
        if let Some(all) = schema[choice].as_array() {
            let all = all
                .iter()
                .map(|one| allowed(document, one, known, depth + 1));
            return proptest::strategy::Union::new(all).boxed();
        }
    }
    match &schema["type"] {
        Value::Array(kinds) => {
            let of = |kind: &Value| {
                let mut schema = schema.clone();
                schema["type"] = kind.clone();
                allowed(document, &schema, known, depth + 1)
            };
            proptest::strategy::Union::new(kinds.iter().map(of)).boxed()
        }
        Value::String(kind) => of_kind(document, schema, kind, known, depth),
        _ => hostile(),
    }
}

fn of_kind(
    document: &Value,
    schema: &Value,
    kind: &str,
    known: &Known,
    depth: u32,
) -> BoxedStrategy<Value> {
    match kind {
        "null" => Just(Value::Null).boxed(),
        "boolean" => any::<bool>().prop_map(Value::from).boxed(),
        "integer" | "number" => {
            let least = schema["minimum"].as_i64().unwrap_or(-1_000);
            let few = least..=least + 200;
            match known.strange {
                true => prop_oneof![4 => few, 1 => any::<i64>()]
                    .prop_map(Value::from)
                    .boxed(),
                false => few.prop_map(Value::from).boxed(),
            }
        }
        "string" if schema["format"] == "uuid" => prop_oneof![
            2 => one_of(&known.ids),
            2 => any::<u128>().prop_map(|n| json!(uuid::Uuid::from_u128(n).to_string())),
        ]
        .boxed(),
        "string" => text(known).prop_map(Value::from).boxed(),
        "array" => vec(value(document, &schema["items"], known, depth + 1), 0..4)
            .prop_map(Value::from)
            .boxed(),
        _ => object(document, schema, known, depth),
    }
}

fn object(document: &Value, schema: &Value, known: &Known, depth: u32) -> BoxedStrategy<Value> {
    let none = Map::new();
    let properties = schema["properties"].as_object().unwrap_or(&none);
    let members: Vec<BoxedStrategy<Option<(String, Value)>>> = properties
        .iter()
        .map(|(name, of)| {
            let required = schema["required"]
                .as_array()
                .is_some_and(|all| all.contains(&json!(name)));
            let name = name.clone();
            let values = value(document, of, known, depth + 1);
            let values = match (required, known.strange) {
                (true, false) => values.prop_map(Some).boxed(),
                (true, true) => proptest::option::weighted(0.98, values).boxed(),
                (false, _) => proptest::option::weighted(0.5, values).boxed(),
            };
            values
                .prop_map(move |value| value.map(|value| (name.clone(), value)))
                .boxed()
        })
        .collect();
    let unknown = match known.strange {
        true => prop::bool::weighted(0.05).boxed(),
        false => Just(false).boxed(),
    };
    (members, unknown)
        .prop_map(|(members, with_unknown)| {
            let mut object: Map<String, Value> = members.into_iter().flatten().collect();
            if with_unknown {
                object.insert("__proto__".to_owned(), json!({"x": 1}));
            }
            Value::Object(object)
        })
        .boxed()
}

fn one_of(texts: &[String]) -> BoxedStrategy<Value> {
    prop::sample::select(texts.to_vec())
        .prop_map(Value::from)
        .boxed()
}

/// Texts that mean something somewhere.
fn text(known: &Known) -> BoxedStrategy<String> {
    let plain = prop_oneof![
        4 => "[a-z]{1,12}",
        1 => "[a-z]{1,8}@[a-z]{1,8}\\.example",
        1 => "https://[a-z]{1,8}\\.example",
        1 => "/[a-z*/?]{0,20}",
    ];
    if known.strange {
        prop_oneof![7 => plain, 3 => strange_text()].boxed()
    } else {
        plain.boxed()
    }
}

/// Texts that have broken something somewhere.
fn strange_text() -> BoxedStrategy<String> {
    prop_oneof![
        1 => any::<String>(),
        1 => prop::sample::select(HOSTILE_TEXTS.to_vec()).prop_map(str::to_owned),
        1 => prop_oneof![Just("é".repeat(10_000)), Just("*".repeat(300)), Just("9".repeat(400))],
    ]
    .boxed()
}

const HOSTILE_TEXTS: &[&str] = &[
    "",
    " ",
    "\0",
    "'; DROP TABLE leads; --",
    "%' OR '1'='1",
    "\u{202e}evil\u{200d}\u{feff}",
    "👩‍👩‍👧‍👦",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "%00%2e%2e%2f",
    "null",
    "-1",
    "1e309",
    "NaN",
    "9223372036854775808",
    "0:00000000-0000-0000-0000-000000000000",
];

/// Values that fit nowhere.
fn hostile() -> BoxedStrategy<Value> {
    prop_oneof![
        prop::sample::select(vec![
            Value::Null,
            json!(true),
            json!(-1),
            json!(0.5),
            json!(1e300),
            json!(u64::MAX),
            json!(i64::MIN),
            json!([]),
            json!({}),
            json!([[[[[[[[[[]]]]]]]]]]),
            json!({"__proto__": null, "": ""}),
        ]),
        strange_text().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
    ]
    .boxed()
}
