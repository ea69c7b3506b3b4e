//! API tokens: told once, of use until they expire or are revoked, and named in what they change. Which calls they may
//! make stands in `gate`.

use domain::api::{
    ErrorCode, MakeToken, Me, ReadRulebook, RevokeToken, Role, Sites, Token, Tokens,
};
use domain::id::TokenId;
use domain::journal::Actor;
use serde_json::json;
use std::path::Path;
use tests::member::{Member, OWNER};
use tests::server::Server;
use tests::{new_uuid, now_ms};

const MINUTE_MS: i64 = 60_000;

#[test]
fn a_token_comes_in_and_is_named_in_what_it_changes() {
    let (server, owner) = Server::opened();
    let (crm, made) = owner.makes_token(Role::Marketer, "CRM");
    assert!(made.secret.starts_with("trl_"), "{}", made.secret.len());
    let me = crm.call(&Me {});
    assert_eq!((me.name.as_str(), me.role), ("CRM", Role::Marketer));

    let site = crm.call(&Sites {}).sites.remove(0);
    let body = json!({"key": new_uuid(), "expected_version": site.version, "origins": site.origins, "consent_required": true});
    let path = format!("/api/sites/{}", site.key);
    let saved = crm.ask("PUT", &path, Some(body.to_string().as_bytes()));
    assert_eq!(saved.status, 200, "{}", saved.text());
    let facts = server.journal();
    let last = facts.last().expect("a fact");
    assert_eq!(last.actor, Actor::User(domain::id::UserId(made.token.id.0)));

    // Its name is free again once it is revoked, and not before.
    let again = owner.try_call(&make("CRM", None));
    assert_eq!(again.status, 422, "{}", again.text());
    assert_eq!(again.error().code, "taken");
    let revoked = owner.call(&RevokeToken { id: made.token.id });
    assert!(revoked.revoked_at.is_some());
    assert_eq!(owner.call(&RevokeToken { id: made.token.id }), revoked);
    assert_refused(&crm, ErrorCode::SignedOut);
    owner.call(&make("CRM", None));
    let unknown = RevokeToken {
        id: TokenId(new_uuid()),
    };
    assert_eq!(owner.try_call(&unknown).status, 404);
}

#[test]
fn a_token_is_kept_nowhere_but_as_a_hash() {
    let (mut server, owner) = Server::opened();
    let (crm, made) = owner.makes_token(Role::Sdr, "CRM");
    crm.call(&ReadRulebook {});
    let listed = owner.try_call(&Tokens {}).text();
    let secret = made.secret.trim_start_matches("trl_");
    assert!(!listed.contains(secret));
    server.kill();
    let holds = files_with(server.data(), made.token.id.to_string().as_bytes());
    assert!(!holds.is_empty(), "the token's row is somewhere");
    assert_eq!(files_with(server.data(), secret.as_bytes()), [""; 0]);
}

#[test]
fn a_token_expires_and_tells_when_it_was_used() {
    let (server, owner) = Server::opened();
    let of = |token: &Token| {
        let all = owner.call(&Tokens {});
        let found = all.into_iter().find(|other| other.id == token.id);
        found.expect("the token is listed")
    };
    let past = owner.try_call(&make("late", Some(now_ms() - 1)));
    assert_eq!(past.error().field.as_deref(), Some("expires_at"));
    let made = owner.call(&make("short", Some(now_ms() + 10 * MINUTE_MS)));
    assert_eq!(of(&made.token), made.token);
    assert_eq!(made.token.made_by, OWNER);
    let short = owner.as_token(&made.secret);

    short.call(&ReadRulebook {});
    let used = of(&made.token).used_at;
    assert!(used.is_some_and(|at| at >= made.token.made_at));
    short.call(&ReadRulebook {});
    assert_eq!(of(&made.token).used_at, used, "once a minute");
    server.set_clock(2 * MINUTE_MS);
    short.call(&ReadRulebook {});
    assert!(of(&made.token).used_at > used);

    server.set_clock(11 * MINUTE_MS);
    assert_refused(&short, ErrorCode::SignedOut);
    server.set_clock(0);
}

#[test]
fn trying_tokens_has_to_wait_and_a_right_one_has_not() {
    let (server, owner) = Server::opened();
    let (crm, _) = owner.makes_token(Role::Sdr, "CRM");
    let wrong = owner.as_token("trl_wrong");
    let mut tries = 0;
    while wrong.try_call(&ReadRulebook {}).status == 401 {
        tries += 1;
        assert!(tries <= 300, "nobody is told to wait");
    }
    assert_eq!(tries, 300);
    assert_refused(&wrong, ErrorCode::RateLimited);
    crm.call(&ReadRulebook {});
    owner.call(&ReadRulebook {});
    server.set_clock(16 * MINUTE_MS);
    assert_refused(&wrong, ErrorCode::SignedOut);
    server.set_clock(0);
}

fn make(name: &str, expires_at: Option<i64>) -> MakeToken {
    MakeToken {
        name: name.to_owned(),
        role: Role::Sdr,
        expires_at,
    }
}

#[track_caller]
fn assert_refused(member: &Member, code: ErrorCode) {
    let answer = member.try_call(&ReadRulebook {});
    assert_eq!(answer.status, code.status(), "{}", answer.text());
    assert_eq!(answer.error().code, code.name());
}

/// The files below a folder that hold these bytes.
fn files_with(folder: &Path, bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let content = std::fs::read(&path).unwrap_or_default();
            if content.windows(bytes.len()).any(|part| part == bytes) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}
