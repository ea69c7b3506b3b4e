//! The API's description: what is served is what the types say, and is OpenAPI. That the answers are as it says, story
//! `requests` shows.

use domain::api::{CALLS, OPENAPI_PATH, document};
use roas::v3_1::spec::Spec;
use roas::validation::{Options, Validate};
use serde_json::Value;
use tests::server::Server;

#[test]
fn the_description_is_served_to_anyone_and_is_not_stale() {
    let server = Server::start();
    let answer = server.ask("GET", &server.app(OPENAPI_PATH), &[], None);
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("cache-control"), Some("public, max-age=300"));
    assert!(
        answer.json::<Value>() == document(),
        "what is served is another description than the types give"
    );
    let public = server.ask("GET", &server.public(OPENAPI_PATH), &[], None);
    assert_eq!(public.status, 404);
}

#[test]
fn the_description_is_openapi() {
    let text = document().to_string();
    let spec: Spec = serde_json::from_str(&text).expect("a document of OpenAPI 3.1");
    // Tags are headings for readers and need no declaration. Whether all types are used, the validator cannot see through
    // tuples; a test of `domain` does.
    let options = Options::IgnoreMissingTags | Options::IgnoreUnusedSchemas;
    if let Err(error) = spec.validate(options, None) {
        panic!("not OpenAPI 3.1: {error}");
    }
}

#[test]
fn the_description_has_every_call_and_nothing_else() {
    let document = document();
    let paths = document["paths"].as_object().expect("paths");
    let operations: usize = paths
        .values()
        .filter_map(Value::as_object)
        .map(serde_json::Map::len)
        .sum();
    assert_eq!(operations, CALLS.len());
    for call in CALLS {
        let method = call.method.name().to_lowercase();
        assert_eq!(paths[call.path][&method]["operationId"], call.name);
    }
}
