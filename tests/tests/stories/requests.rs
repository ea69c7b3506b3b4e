//! Whatever is sent to the API: never a failure of the worker's, always an answer as the description says.
//!
//! Requests are made of the description by chance, from a fixed seed: right ones, ones that are nearly right, and
//! hostile ones, for every call and everyone who may ask. Not here: what a call means.

mod arbitrary;

use crate::gate::{company, described};
use arbitrary::{Known, Sent, sent};
use domain::api::{ApiError, CALLS, Call, CallInfo, EndSessions, Method, Role, SignOut, document};
use domain::id::{DEMO_SITE, LeadId};
use jsonschema::Validator;
use proptest::prop_oneof;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeMap;
use tests::http::Answer;
use tests::member::{Member, OWNER};
use tests::server::Server;
use tests::visitor::id_of;

/// Requests of each call and caller.
const REQUESTS: u32 = 24;
/// How often a failing one is tried smaller.
const SHRINKS_MAX: u32 = 100;

#[test]
fn whatever_is_sent_is_answered_as_described() {
    let (server, owner) = Server::opened();
    let visitor = server.visitor();
    let form = visitor.form(
        "trial",
        json!({"email": "zhao@tuoyuan.example", "name": "赵"}),
    );
    let other = visitor.form("trial", json!({"email": "wu@tuoyuan.example"}));
    visitor.send(&[visitor.view("/demo/pricing/"), form.clone(), other.clone()]);
    let known = Known {
        ids: vec![
            LeadId::from(id_of(&form)).to_string(),
            LeadId::from(id_of(&other)).to_string(),
            visitor.id.to_string(),
            company(&owner).to_string(),
            described(&owner).to_string(),
        ],
        sites: vec![DEMO_SITE.to_owned()],
        strange: true,
    };
    let right = Known {
        strange: false,
        ..known.clone()
    };
    let document = document();
    let description = Description::of(&document);
    let everyone = everyone(&server, &owner);
    let done = RefCell::new(BTreeMap::<&str, u32>::new());
    let mut count = 0;
    // Who looks at the sample company finds nothing of this one there, and signing out ends the sessions, so these come last.
    let ends = |call: &&CallInfo| {
        call.name.ends_with("sample") || matches!(call.name, SignOut::NAME | EndSessions::NAME)
    };
    let (last, calls): (Vec<&CallInfo>, Vec<_>) = CALLS.iter().partition(ends);
    for call in calls.into_iter().chain(last) {
        let requests = prop_oneof![sent(&document, call, &right), sent(&document, call, &known)];
        for (who, member) in &everyone {
            let mut runner = runner(call.name, who);
            let outcome = runner.run(&requests, |sent: Sent| {
                let answer = member.ask(call.method.name(), &sent.path, sent.body.as_deref());
                if answer.status == 200 {
                    *done.borrow_mut().entry(call.name).or_default() += 1;
                }
                description
                    .holds(call, &answer)
                    .map_err(|why| TestCaseError::fail(format!("{why}: {}", answer.text())))
            });
            if let Err(error) = outcome {
                panic!("{} by {who}: {error}", call.name);
            }
            count += REQUESTS;
        }
    }
    let done = done.into_inner();
    let reads = CALLS.iter().filter(|call| call.method == Method::Get);
    let unread: Vec<&str> = reads
        .map(|call| call.name)
        .filter(|name| !done.contains_key(name))
        .collect();
    assert!(unread.is_empty(), "no reply was seen of {unread:?}");
    println!("requests: {count}; done: {done:?}");
    // And it still works; whoever tried passwords has to wait.
    server.settle();
    server.set_clock(16 * 60_000);
    assert_eq!(
        Member::signs_in(&server, OWNER)
            .ask("GET", "/api/me", None)
            .status,
        200
    );
}

/// The same requests in every run, and others for each call and caller.
fn runner(call: &str, who: &str) -> TestRunner {
    let config = Config {
        cases: REQUESTS,
        max_shrink_iters: SHRINKS_MAX,
        failure_persistence: None,
        ..Config::default()
    };
    let mut seed = [0; 32];
    for (place, byte) in seed.iter_mut().zip(call.bytes().chain(who.bytes())) {
        *place = byte;
    }
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed))
}

/// Every kind of caller.
fn everyone(server: &Server, owner: &Member) -> Vec<(&'static str, Member)> {
    let mut foreign = owner.clone();
    foreign.origin = Some("https://evil.example".to_owned());
    vec![
        ("the owner", owner.clone()),
        ("a viewer", owner.brings(server, Role::Viewer)),
        ("a partner", owner.brings(server, Role::Partner)),
        (
            "a token of the owner's role",
            owner.makes_token(Role::Owner, "all").0,
        ),
        ("a token for leads", owner.makes_token(Role::Sdr, "leads").0),
        ("a wrong token", owner.as_token("trl_wrong")),
        ("a foreign page", foreign),
        ("nobody", Member::nobody(server)),
    ]
}

/// What the document says of each call's answers.
struct Description(BTreeMap<(&'static str, u16), Validator>);

impl Description {
    fn of(document: &Value) -> Description {
        let mut answers = BTreeMap::new();
        for call in CALLS {
            let method = call.method.name().to_lowercase();
            let responses = &document["paths"][call.path][&method]["responses"];
            for (status, response) in responses.as_object().expect("responses") {
                let response = match response["$ref"].as_str() {
                    Some(named) => document.pointer(&named[1..]).expect("a response"),
                    None => response,
                };
                let mut schema = response["content"]["application/json"]["schema"].clone();
                // References lead into the document.
                schema["components"] = document["components"].clone();
                let validator = jsonschema::draft202012::options()
                    .should_validate_formats(true)
                    .build(&schema)
                    .unwrap_or_else(|error| panic!("{} {status}: {error}", call.name));
                let status = status.parse().expect("a status");
                answers.insert((call.name, status), validator);
            }
        }
        Description(answers)
    }

    /// Whether an answer is one of those that the document names.
    fn holds(&self, call: &CallInfo, answer: &Answer) -> Result<(), String> {
        if answer.status >= 500 {
            return Err(format!("{} is a failure", answer.status));
        }
        if answer.header("content-type") != Some("application/json") {
            return Err(format!("{:?} is not JSON", answer.header("content-type")));
        }
        let said = self.0.get(&(call.name, answer.status));
        let said = said.ok_or_else(|| format!("{} is not described", answer.status))?;
        let body: Value = serde_json::from_slice(&answer.body).map_err(|e| e.to_string())?;
        if answer.status != 200 {
            serde_json::from_value::<ApiError>(body.clone()).map_err(|e| e.to_string())?;
        }
        said.validate(&body)
            .map_err(|error| format!("{} at {}", error, error.instance_path()))
    }
}
