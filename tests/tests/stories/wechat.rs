//! An official account of WeChat: its followers become people of the base, by the id that WeChat proves.

use crate::people::{leads, timeline};
use domain::api::{
    ReadLead, RemoveWechatAccount, Role, SaveWechatAccount, Tallies, WechatAccounts,
};
use domain::channel::Channel;
use domain::contact::{Key, Strength};
use domain::tally::What;
use tests::member::Member;
use tests::now_ms;
use tests::official::Official;
use tests::server::Server;

const APP_ID: &str = "wx0123456789abcdef";
const OPENID: &str = "oLark-7_abc";

const PLAIN: Official<'_> = Official {
    path: "/wechat/main/service",
    app_id: APP_ID,
    token: "larkmeter1",
    aes_key: None,
};
const SAFE: Official<'_> = Official {
    path: "/wechat/main/news",
    app_id: "wxfedcba9876543210",
    token: "larkmeter2",
    aes_key: Some("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"),
};

fn connect(owner: &Member, official: &Official<'_>) {
    let id = official.path.rsplit('/').next().unwrap_or_default();
    let saved = owner.call(&SaveWechatAccount {
        id: id.to_owned(),
        name: "云雀智表".to_owned(),
        app_id: official.app_id.to_owned(),
        token: official.token.to_owned(),
        aes_key: official.aes_key.map(str::to_owned),
    });
    assert_eq!(saved.path, official.path);
    assert_eq!(saved.encrypts, official.aes_key.is_some());
}

fn event(name: &str, key: &str) -> String {
    format!(
        "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[{name}]]></Event><EventKey><![CDATA[{key}]]></EventKey>"
    )
}

fn text(text: &str, id: u64) -> String {
    format!(
        "<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{text}]]></Content><MsgId>{id}</MsgId>"
    )
}

#[test]
fn a_follower_becomes_a_person_whom_wechat_proves() {
    let (server, owner) = Server::opened();
    connect(&owner, &PLAIN);
    let tried = PLAIN.tries(&server, "5927782489442352469");
    assert_eq!(
        (tried.status, tried.text().as_str()),
        (200, "5927782489442352469")
    );

    let at = now_ms() - 3_000;
    let scanned = event("subscribe", "qrscene_salon-0918");
    for _ in 0..3 {
        // WeChat sends again what it holds for unanswered.
        let answer = PLAIN.pushes(&server, OPENID, at, &scanned);
        assert_eq!((answer.status, answer.text().as_str()), (200, "success"));
    }
    for (elements, again) in [(text("报价多少?", 23_012), 2), (event("CLICK", "demo"), 1)] {
        for _ in 0..again {
            assert_eq!(
                PLAIN.pushes(&server, OPENID, at + 1_000, &elements).status,
                200
            );
        }
    }
    let other = PLAIN.pushes(&server, "oLark-8_abc", at, &event("subscribe", ""));
    assert_eq!(other.status, 200);

    let people = leads(&owner);
    assert_eq!(people.len(), 2);
    let key = Key::open_id(APP_ID, OPENID).expect("a key");
    let detail = people
        .iter()
        .map(|row| {
            owner.call(&ReadLead {
                id: row.id,
                as_of: None,
            })
        })
        .find(|detail| detail.keys.iter().any(|known| known.0 == key))
        .expect("the follower");
    assert_eq!(detail.keys[0].1, Strength::Proven);
    let first = detail.first_touch.as_ref().expect("a first touch");
    assert_eq!(first.touch.channel, Channel::Event);
    assert_eq!(first.touch.campaign.as_deref(), Some("salon-0918"));

    let mut told: Vec<_> = timeline(&owner, detail.row.id)
        .into_iter()
        .map(|item| {
            let said = item.fields.values().next().cloned();
            (
                item.name.clone().unwrap_or_default(),
                said.unwrap_or_default(),
            )
        })
        .collect();
    told.sort();
    let expect = [
        ("wechat.menu", "demo"),
        ("wechat.subscribe", "salon-0918"),
        ("wechat.text", "报价多少?"),
    ];
    assert_eq!(
        told,
        expect.map(|(name, said)| (name.to_owned(), said.to_owned()))
    );

    // A rebuild of the projections gives the same.
    let before = server.projections();
    owner.call(&domain::api::Rebuild {});
    server.settle();
    assert_eq!(server.projections(), before);
}

#[test]
fn an_account_that_encrypts_takes_nothing_that_is_not() {
    let (server, owner) = Server::opened();
    connect(&owner, &SAFE);
    let at = now_ms() - 3_000;
    let answer = SAFE.pushes(&server, OPENID, at, &text("你好", 1));
    assert_eq!((answer.status, answer.text().as_str()), (200, "success"));
    let open = Official {
        aes_key: None,
        ..SAFE
    };
    assert_eq!(
        open.pushes(&server, OPENID, at, &text("你好", 2)).status,
        403
    );
    assert_eq!(leads(&owner).len(), 1);
}

#[test]
fn what_is_not_wechats_is_refused_and_counted() {
    let (server, owner) = Server::opened();
    connect(&owner, &PLAIN);
    let at = now_ms() - 3_000;
    let wrong = Official {
        token: "another1",
        ..PLAIN
    };
    assert_eq!(wrong.pushes(&server, OPENID, at, &text("x", 1)).status, 403);
    assert_eq!(wrong.tries(&server, "1").status, 403);
    assert_eq!(PLAIN.sends(&server, "<xml><oops>").status, 422);
    assert_eq!(
        PLAIN
            .pushes(&server, OPENID, at - 40 * 86_400_000, &text("x", 2))
            .status,
        403
    );
    for path in [
        "/wechat/main/other",
        "/wechat/other/service",
        "/wechat/main",
    ] {
        let nobody = Official { path, ..PLAIN };
        assert_eq!(
            nobody.pushes(&server, OPENID, at, &text("x", 4)).status,
            404,
            "{path}"
        );
    }
    let unsigned = server.ask(
        "POST",
        &server.public(PLAIN.path),
        &[],
        Some(b"<xml></xml>"),
    );
    assert_eq!(
        (unsigned.status, unsigned.error().code.as_str()),
        (403, "forbidden")
    );
    assert_eq!(leads(&owner).len(), 0);

    // The same path says nothing on the workspace's host.
    let url = server.app(PLAIN.path);
    assert_eq!(server.ask("POST", &url, &[], Some(b"")).status, 404);
    // Such a connection is closed, so it comes last of what is pushed.
    let long = "长".repeat(30_000);
    assert_eq!(
        PLAIN.pushes(&server, OPENID, at, &text(&long, 3)).status,
        413
    );

    let counted = owner.call(&Tallies { days: Some(1) }).tallies;
    let mut counted: Vec<(&str, u64)> = counted
        .iter()
        .filter(|tally| tally.what == What::Refused)
        .map(|tally| (tally.name.as_str(), tally.count))
        .collect();
    counted.sort_unstable();
    let expect = [
        ("malformed", 1),
        ("stale", 1),
        ("too_large", 1),
        ("unsigned", 1),
        ("wrong_signature", 2),
    ];
    assert_eq!(counted, expect);
}

#[test]
fn the_secrets_are_told_to_no_one_again() {
    let (mut server, owner) = Server::opened();
    connect(&owner, &PLAIN);
    let marketer = owner.brings(&server, Role::Marketer);
    let listed = marketer.call(&WechatAccounts {});
    assert_eq!(listed.len(), 1);
    assert!(
        !marketer
            .try_call(&WechatAccounts {})
            .text()
            .contains(PLAIN.token)
    );
    assert!(!server.projections().join("\n").contains(PLAIN.token));
    server.settle();
    for key in server.kv_keys("") {
        let value = String::from_utf8_lossy(&server.kv_value(&key)).into_owned();
        assert!(!value.contains(PLAIN.token), "{key}");
    }

    // The same AppID is one account; a repeat changes nothing.
    let again = SaveWechatAccount {
        id: "second".into(),
        name: "云雀".into(),
        app_id: APP_ID.into(),
        token: "larkmeter3".into(),
        aes_key: None,
    };
    let refused = owner.try_call(&again).error();
    assert_eq!(
        (refused.code.as_str(), refused.field.as_deref()),
        ("taken", Some("app_id"))
    );
    connect(&owner, &PLAIN);
    assert_eq!(owner.call(&WechatAccounts {}).len(), 1);

    server.kill();
    server.restart();
    assert_eq!(
        PLAIN
            .pushes(&server, OPENID, now_ms(), &text("x", 1))
            .status,
        200
    );
    let heard = owner.call(&WechatAccounts {}).remove(0).heard_at;
    assert!(heard.is_some());
    let remove = RemoveWechatAccount {
        id: "service".into(),
    };
    assert_eq!(owner.call(&remove), []);
    assert_eq!(owner.call(&remove), []);
    assert_eq!(
        PLAIN
            .pushes(&server, OPENID, now_ms(), &text("x", 2))
            .status,
        404
    );
    assert_eq!(leads(&owner).len(), 1, "who came stays");
}
