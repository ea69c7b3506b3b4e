//! The API described as an OpenAPI 3.1 document, made of [`CALLS`] and of the types that the calls name.
//!
//! Built with the feature `schema` alone, by tools and tests. Not here: serving it, and what the prose of a guide says.

mod schema;

use super::call::{Access, CALLS, CallInfo, Method, Role};
use super::{ApiError, ErrorCode, SESSION_COOKIE, TOKEN_PREFIX};
use schema::{Fields, Schemas};
use serde_json::{Map, Value, json};

/// What the document says of the API as a whole.
const ABOUT: &str = "The JSON API of a Trellis workspace. A call is made in a session, which signing in begins, or with \
    an API token that an owner made. A list answers a page: `next` of one page is `cursor` of the next, and `limit` is 1 \
    to 200. A write that takes a `key` may be sent again with the same key: it is done once. A write that takes an \
    `expected_version` is refused as `conflict` when someone else was first. Times are milliseconds since 1970, UTC.";

/// The document.
pub fn document() -> Value {
    let mut schemas = Schemas::default();
    let mut paths: Map<String, Value> = Map::new();
    for call in CALLS {
        let operation = operation(call, &mut schemas);
        let path = paths.entry(call.path).or_insert_with(|| json!({}));
        if let Some(methods) = path.as_object_mut() {
            methods.insert(call.method.name().to_lowercase(), operation);
        }
    }
    let error = schemas.reply(schemars::SchemaGenerator::subschema_for::<ApiError>);
    let responses = refusals(&error, &codes(&mut schemas));
    let document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Trellis",
            "version": env!("CARGO_PKG_VERSION"),
            "description": ABOUT,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/", "description": "The workspace's host." }],
        "paths": paths,
        "components": {
            "responses": responses,
            "securitySchemes": {
                "session": {
                    "type": "apiKey", "in": "cookie", "name": SESSION_COOKIE,
                    "description": "A person's session. Writes carry the workspace's own `Origin` besides.",
                },
                "token": {
                    "type": "http", "scheme": "bearer",
                    "description": format!("An API token: `Authorization: Bearer {TOKEN_PREFIX}…`. It needs no `Origin`."),
                },
            },
        },
    });
    schemas.finish(document)
}

/// A call as an operation.
fn operation(call: &CallInfo, schemas: &mut Schemas) -> Value {
    let reply = schemas.reply(call.reply);
    let made_of = schemas.call(call.schema);
    let about = schema::text(&made_of, "description");
    let mut fields = Fields::of(made_of);
    let mut parameters = Vec::new();
    let has_version = fields.has("expected_version") || fields.has("expected_seq");
    for part in call.path.split('/') {
        if let Some(name) = part.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
            parameters.extend(fields.take_parameter(name, "path"));
        }
    }
    if call.method == Method::Get {
        for name in fields.names() {
            parameters.extend(fields.take_parameter(&name, "query"));
        }
    }
    let summary = about.split(['.', ';', ':']).next().unwrap_or_default();
    let (security, least) = access(call.access);
    let who = match (call.access, least.as_deref()) {
        (Access::Session(_), Some(least)) => {
            format!("Least role: `{least}`, in a session: closed to tokens.")
        }
        (_, Some(least)) => format!("Least role: `{least}`."),
        (_, None) => "Anyone may call it.".to_owned(),
    };
    let takes = !parameters.is_empty() || call.method != Method::Get;
    let mut operation = json!({
        "operationId": call.name,
        "summary": summary,
        "description": format!("{about}\n\n{who}"),
        "tags": [call.path.split('/').nth(2).unwrap_or_default()],
        "security": security,
        "parameters": parameters,
        "responses": { "200": {
            "description": "Done.",
            "content": { "application/json": { "schema": reply } },
        } },
    });
    let Some(members) = operation.as_object_mut() else {
        return operation;
    };
    if let Some(least) = least {
        members.insert("x-least-role".to_owned(), Value::String(least));
    }
    if call.method != Method::Get {
        members.insert("requestBody".to_owned(), fields.body());
    }
    if let Some(Value::Object(responses)) = members.get_mut("responses") {
        for code in ErrorCode::ALL {
            if may_answer(call, code, takes, has_version) {
                let status = code.status().to_string();
                let named = format!("#/components/responses/{}", refusal_name(code.status()));
                responses.insert(status, json!({ "$ref": named }));
            }
        }
    }
    operation
}

/// Whether a call may be answered with that code.
fn may_answer(call: &CallInfo, code: ErrorCode, takes: bool, has_version: bool) -> bool {
    let is_public = call.access == Access::Public;
    let writes = call.method != Method::Get;
    match code {
        ErrorCode::Internal | ErrorCode::Unavailable | ErrorCode::Overloaded => true,
        ErrorCode::SignedOut | ErrorCode::Forbidden | ErrorCode::RateLimited => {
            !is_public || writes
        }
        ErrorCode::WrongPassword | ErrorCode::SetUpClosed | ErrorCode::InvitationClosed => {
            is_public && writes
        }
        ErrorCode::ForeignOrigin | ErrorCode::TooLarge => writes,
        ErrorCode::Invalid => takes,
        ErrorCode::NotFound => call.path.contains('{'),
        ErrorCode::Conflict => has_version,
        ErrorCode::MethodNotAllowed => false,
    }
}

/// The security of an operation, and the least role.
fn access(access: Access) -> (Value, Option<String>) {
    let name = |role: Role| {
        let name = serde_json::to_value(role).ok()?;
        name.as_str().map(str::to_owned)
    };
    match access {
        Access::Public => (json!([]), None),
        Access::Role(least) => (json!([{ "session": [] }, { "token": [] }]), name(least)),
        Access::Session(least) => (json!([{ "session": [] }]), name(least)),
    }
}

/// Each code with what it means.
fn codes(schemas: &mut Schemas) -> Vec<(ErrorCode, String)> {
    let described = schemas.call(<ErrorCode as schemars::JsonSchema>::json_schema);
    let meant = |code: ErrorCode| {
        let variants = described.get("oneOf").and_then(Value::as_array)?;
        let is_it = |variant: &&Value| schema::text(variant, "const") == code.name();
        let variant = variants.iter().find(is_it)?;
        Some(schema::text(variant, "description"))
    };
    let all = ErrorCode::ALL.into_iter();
    all.map(|code| (code, meant(code).unwrap_or_default()))
        .collect()
}

/// A response for each status of a refusal, with the codes that it may carry.
fn refusals(error: &Value, codes: &[(ErrorCode, String)]) -> Value {
    let mut responses = Map::new();
    // A method that is none of a path's is no operation.
    let told = codes.iter().map(|(code, _)| *code);
    for code in told.filter(|code| *code != ErrorCode::MethodNotAllowed) {
        let status = code.status();
        let mut meaning: Vec<String> = Vec::new();
        for (other, means) in codes {
            if other.status() == status {
                meaning.push(format!("`{}`: {means}", other.name()));
            }
        }
        responses.insert(
            refusal_name(status),
            json!({
                "description": meaning.join("\n\n"),
                "content": { "application/json": { "schema": error } },
            }),
        );
    }
    Value::Object(responses)
}

fn refusal_name(status: u16) -> String {
    format!("Refused{status}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_is_described() {
        let document = document();
        for call in CALLS {
            let method = call.method.name().to_lowercase();
            let operation = &document["paths"][call.path][&method];
            let shown = format!("{}: {operation:#}", call.name);
            assert_eq!(operation["operationId"], call.name, "{shown}");
            assert!(
                operation["summary"]
                    .as_str()
                    .is_some_and(|text| text.len() > 5),
                "{shown}"
            );
            assert!(!operation.to_string().contains("[`"), "{shown}");
            let body = operation.get("requestBody").is_some();
            assert_eq!(body, call.method != Method::Get, "{shown}");
            let tokens = operation["security"].to_string().contains("token");
            assert_eq!(tokens, matches!(call.access, Access::Role(_)), "{shown}");
        }
    }

    #[test]
    fn what_a_call_is_made_of_stands_where_it_travels() {
        let document = document();
        let save = &document["paths"]["/api/sites/{site}"]["put"];
        assert_eq!(save["parameters"][0]["in"], "path");
        let body = &save["requestBody"]["content"]["application/json"]["schema"];
        assert!(body["properties"].get("site").is_none(), "{body:#}");
        assert_eq!(body["properties"]["key"]["format"], "uuid");
        assert!(save["responses"].get("409").is_some());
        let leads = &document["paths"]["/api/leads"]["get"]["parameters"];
        let of = |name: &str| {
            let mut all = leads.as_array().unwrap().iter();
            all.find(|parameter| parameter["name"] == name).unwrap()
        };
        assert_eq!(of("limit")["schema"]["type"], "integer");
        assert_eq!(of("limit")["required"], false);
        assert_eq!(of("order")["in"], "query");
    }

    #[test]
    fn every_type_that_is_named_is_there_and_no_other() {
        let document = document();
        let schemas = &document["components"]["schemas"];
        let text = document.to_string();
        for part in text.split("\"#/components/schemas/").skip(1) {
            let name = part.split('"').next().unwrap();
            assert!(schemas.get(name).is_some(), "{name}");
        }
        for name in schemas.as_object().unwrap().keys() {
            let named = format!("\"#/components/schemas/{name}\"");
            assert!(text.contains(&named), "nothing names {name}");
        }
    }
}
