//! Messages as WeChat sends them, made up after its documentation, and what somebody else might send.

use super::cipher::encrypt;
use super::signature::sign;
use super::*;

const TOKEN: &str = "larkmeter-callback";
const APP_ID: &str = "wx0123456789abcdef";
/// Its last letter has bits that no key has.
const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const NOW: Ms = 1_790_000_000_000;

const PLAIN: Account = Account {
    app_id: APP_ID,
    token: TOKEN,
    aes_key: None,
};
const SAFE: Account = Account {
    aes_key: Some(KEY),
    ..PLAIN
};

/// A query as WeChat writes it, signed at that time.
fn query(at: Ms) -> String {
    let at = (at / 1_000).to_string();
    let signature = sign(&[TOKEN, &at, "486451"]);
    format!("signature={signature}&timestamp={at}&nonce=486451&openid=oLark-7_abc")
}

/// A message of these elements.
fn xml(elements: &str) -> String {
    format!(
        "<xml><ToUserName><![CDATA[gh_larkmeter]]></ToUserName>\n<FromUserName><![CDATA[oLark-7_abc]]></FromUserName>\n\
         <CreateTime>1789999999</CreateTime>\n{elements}</xml>"
    )
}

fn event_xml(name: &str, more: &str) -> String {
    xml(&format!(
        "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[{name}]]></Event>{more}"
    ))
}

/// A request of safe mode: query and body.
fn safe(message: &str, app_id: &str) -> (String, String) {
    let encrypted = encrypt(KEY, app_id, message);
    let at = (NOW / 1_000).to_string();
    let signature = sign(&[TOKEN, &at, "486451", &encrypted]);
    let query = format!("{}&encrypt_type=aes&msg_signature={signature}", query(NOW));
    let body = format!(
        "<xml><ToUserName><![CDATA[gh_larkmeter]]></ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
    );
    (query, body)
}

#[test]
fn every_kind_is_read_plain_and_encrypted() {
    let check = |body: String, kind: Kind, msg_id: Option<&str>| {
        let expect = Message {
            openid: "oLark-7_abc".into(),
            at: 1_789_999_999_000,
            kind,
            msg_id: msg_id.map(str::to_owned),
        };
        let plain = read(&PLAIN, &query(NOW), body.as_bytes(), NOW);
        assert_eq!(plain.as_ref(), Ok(&expect), "{body}");
        let (query, encrypted) = safe(&body, APP_ID);
        let safe = read(&SAFE, &query, encrypted.as_bytes(), NOW);
        assert_eq!(safe.as_ref(), Ok(&expect), "{body}");
        let stored = serde_json::to_string(&expect).unwrap();
        assert_eq!(serde_json::from_str::<Message>(&stored).unwrap(), expect);
    };
    let key = |key: &str| format!("<EventKey><![CDATA[{key}]]></EventKey>");
    let written = |kind: &str, more: &str| {
        xml(&format!(
            "<MsgType><![CDATA[{kind}]]></MsgType>{more}<MsgId>23012345678901234</MsgId>"
        ))
    };
    let id = Some("23012345678901234");
    let scene = |scene: Option<&str>| Kind::Subscribe {
        scene: scene.map(str::to_owned),
    };
    check(event_xml("subscribe", ""), scene(None), None);
    check(event_xml("subscribe", &key("")), scene(None), None);
    check(
        event_xml(
            "subscribe",
            &(key("qrscene_expo-2026") + "<Ticket><![CDATA[gQ]]></Ticket>"),
        ),
        scene(Some("expo-2026")),
        None,
    );
    check(event_xml("unsubscribe", &key("")), Kind::Unsubscribe, None);
    check(
        event_xml("SCAN", &key("77")),
        Kind::Scan { scene: "77".into() },
        None,
    );
    check(
        event_xml("CLICK", &key("ASK_DEMO")),
        Kind::Menu {
            key: "ASK_DEMO".into(),
        },
        None,
    );
    let url = "https://www.a.cn/?a=1&b=2";
    check(
        event_xml("VIEW", &key(url)),
        Kind::View { url: url.into() },
        None,
    );
    let position = "<Latitude>23.137466</Latitude><Longitude>-113.3</Longitude><Precision>119.385040</Precision>";
    let place = |latitude, longitude| Place {
        latitude,
        longitude,
    };
    check(
        event_xml("LOCATION", position),
        Kind::Position(place(23_137_466, -113_300_000)),
        None,
    );
    let nested = "<ScanCodeInfo><ScanType><![CDATA[qrcode]]></ScanType><FromUserName>oEvil</FromUserName></ScanCodeInfo>";
    check(
        event_xml("scancode_push", nested),
        Kind::Other {
            name: "scancode_push".into(),
        },
        None,
    );
    check(
        written("text", "<Content><![CDATA[多少钱? <b>&amp;]]></Content>"),
        Kind::Text {
            text: "多少钱? <b>&amp;".into(),
        },
        id,
    );
    check(
        written("text", "<Content>1 &lt; 2 &amp; &#x597D;</Content>"),
        Kind::Text {
            text: "1 < 2 & 好".into(),
        },
        id,
    );
    check(
        written("text", "<Content/>"),
        Kind::Text {
            text: String::new(),
        },
        id,
    );
    check(
        written(
            "image",
            "<PicUrl><![CDATA[http://mmbiz.qpic.cn/x]]></PicUrl><MediaId>m</MediaId>",
        ),
        Kind::Image {
            url: "http://mmbiz.qpic.cn/x".into(),
        },
        id,
    );
    let said = "<Recognition><![CDATA[你好]]></Recognition>";
    check(
        written("voice", said),
        Kind::Voice {
            text: Some("你好".into()),
        },
        id,
    );
    check(written("voice", ""), Kind::Voice { text: None }, id);
    check(written("shortvideo", ""), Kind::Video, id);
    let at = "<Location_X>39.9087</Location_X><Location_Y>116.39751234</Location_Y><Label>天安门</Label>";
    check(
        written("location", at),
        Kind::Location {
            place: place(39_908_700, 116_397_512),
            label: "天安门".into(),
        },
        id,
    );
    let link = "<Title>t</Title><Description>d</Description><Url>https://a.cn</Url>";
    check(
        written("link", link),
        Kind::Link {
            title: "t".into(),
            url: "https://a.cn".into(),
        },
        id,
    );
    check(
        written("miniprogrampage", ""),
        Kind::Other {
            name: "miniprogrampage".into(),
        },
        id,
    );
}

#[test]
fn the_published_signature() {
    // `printf 123456token | sha1sum`, whatever order the parts are given in.
    let expect = sign(&["123", "456", "token"]);
    assert_eq!(expect, sign(&["token", "123", "456"]));
    assert_eq!(expect, "8779cd22a93aad0cb09babdc953a6d114bbf1c53");
}

#[test]
fn what_another_program_encrypted_is_decrypted() {
    // By `openssl enc -aes-256-cbc -nopad` with the key and its first half.
    let encrypted = "Q3stYC6hdFzMh9T8HCvyDEvUJYZtthhTxl+Y4LMR+08ZDDLaXj6cUNZfp3eesyXY6330dd6qBYeQLirVtYCrAr0rjotwgyLbnFuqdglUCaqfeOtx7TBESra2tGbuX7V8";
    let expect = "<xml><Content>多少钱</Content></xml>";
    let found = super::cipher::decrypt(KEY, APP_ID, encrypted);
    assert_eq!(found.as_deref(), Ok(expect));
}

#[test]
fn an_address_is_tried_out() {
    let asked = format!("{}&echostr=5837_x", query(NOW));
    assert_eq!(echo(&PLAIN, &asked, NOW).as_deref(), Ok("5837_x"));
    assert_eq!(echo(&SAFE, &asked, NOW).as_deref(), Ok("5837_x"));
    assert_eq!(echo(&PLAIN, &query(NOW), NOW), Err(Refusal::Unsigned));
}

#[test]
fn what_is_not_wechats_is_refused_by_name() {
    let check = |account: &Account, query: &str, body: &str, expect: Refusal| {
        let found = read(account, query, body.as_bytes(), NOW);
        assert_eq!(found, Err(expect), "{query} {body:.200}");
    };
    let body = event_xml("subscribe", "");
    let right = query(NOW);
    check(&PLAIN, "", &body, Refusal::Unsigned);
    check(&PLAIN, "signature=a&timestamp=1", &body, Refusal::Unsigned);
    check(
        &PLAIN,
        &format!("{right}&nonce=2"),
        &body,
        Refusal::Unsigned,
    );
    check(
        &PLAIN,
        &right.replace("nonce=4", "nonce=5"),
        &body,
        Refusal::WrongSignature,
    );
    check(
        &PLAIN,
        &right.replace("signature=", "signature=0"),
        &body,
        Refusal::WrongSignature,
    );
    let open = Account { token: "", ..PLAIN };
    check(&open, &right, &body, Refusal::WrongSignature);
    check(&PLAIN, &query(NOW - 601_000), &body, Refusal::Stale);
    check(&PLAIN, &query(NOW + 601_000), &body, Refusal::Stale);
    check(
        &PLAIN,
        &right,
        &" ".repeat(limit::BODY_BYTES_MAX + 1),
        Refusal::TooLarge,
    );

    check(&SAFE, &right, &body, Refusal::NotEncrypted);
    let (query, encrypted) = safe(&body, APP_ID);
    check(&SAFE, &right, &encrypted, Refusal::Unsigned);
    check(
        &SAFE,
        &query.replace("msg_signature=", "msg_signature=0"),
        &encrypted,
        Refusal::WrongSignature,
    );
    let other = encrypted.replace("<Encrypt><![CDATA[", "<Encrypt><![CDATA[AAAA");
    check(&SAFE, &query, &other, Refusal::WrongSignature);
    let (query, encrypted) = safe(&body, "wx-of-somebody-else");
    check(&SAFE, &query, &encrypted, Refusal::OtherAccount);
    for key in ["short", &"B".repeat(43), &"*".repeat(43)] {
        let (query, encrypted) = safe(&body, APP_ID);
        let account = Account {
            aes_key: Some(key),
            ..PLAIN
        };
        check(&account, &query, &encrypted, Refusal::Undecryptable);
    }
}

#[test]
fn xml_that_means_harm_is_refused() {
    let check = |body: &str| {
        let found = read(&PLAIN, &query(NOW), body.as_bytes(), NOW);
        assert_eq!(found, Err(Refusal::Malformed), "{body:.200}");
    };
    let whole = event_xml("subscribe", "");
    for body in [
        "",
        "nonsense",
        "<xml>",
        "<xml/>",
        "{\"ToUserName\":1}",
        "<html></html>",
        "<xml></xml><xml></xml>",
        "<xml><a></b></xml>",
    ] {
        check(body);
    }
    check(&format!("<!DOCTYPE xml [<!ENTITY a \"aaaa\">]>{whole}"));
    check(&event_xml("subscribe", "<EventKey>&a;</EventKey>"));
    check(&event_xml(
        "subscribe",
        "<FromUserName>oOther</FromUserName>",
    ));
    check(&whole.replace("oLark-7_abc", "o<x>"));
    check(&whole.replace("oLark-7_abc", &"o".repeat(65)));
    check(&whole.replace("oLark-7_abc", ""));
    for time in ["", "-1", "soon", "99999999999", "1e9"] {
        check(&whole.replace("1789999999", time));
    }
    check(&event_xml("SCAN", ""));
    check(&event_xml(
        "LOCATION",
        "<Latitude>91</Latitude><Longitude>1</Longitude>",
    ));
    check(&event_xml(
        "LOCATION",
        "<Latitude>NaN</Latitude><Longitude>1</Longitude>",
    ));
    check(&event_xml("subscribe", &"<a>".repeat(20)));
    check(&event_xml(
        "subscribe",
        &"<a></a>".repeat(limit::ELEMENTS_MAX),
    ));
    let many: String = (0..limit::ELEMENTS_MAX)
        .map(|n| format!("<a{n}/>"))
        .collect();
    check(&event_xml("subscribe", &many));
    let not_text = [b"<xml>\xff</xml>".as_slice(), b"\x00"];
    for body in not_text {
        assert_eq!(
            read(&PLAIN, &query(NOW), body, NOW),
            Err(Refusal::Malformed)
        );
    }
}

#[test]
fn a_message_that_comes_again_is_the_same() {
    let of = |body: String| {
        read(&PLAIN, &query(NOW), body.as_bytes(), NOW)
            .unwrap()
            .identity()
    };
    let event = of(event_xml("subscribe", ""));
    assert_eq!(event, "oLark-7_abc 1789999999000 wechat.subscribe");
    assert_ne!(event, of(event_xml("unsubscribe", "")));
    let text = xml("<MsgType>text</MsgType><Content>a</Content><MsgId>7</MsgId>");
    assert_eq!(of(text), "7");
}

proptest::proptest! {
    #[test]
    fn whatever_comes_is_answered(bytes: Vec<u8>, text in "[<>/!\\[\\]a-zA-Z&;#\"= ]{0,200}", key in ".{43}") {
        let _ = read(&PLAIN, &query(NOW), &bytes, NOW);
        let _ = read(&PLAIN, &query(NOW), text.as_bytes(), NOW);
        let _ = read(&PLAIN, &text, text.as_bytes(), NOW);
        let _ = super::cipher::decrypt(&key, APP_ID, &text);
        let _ = super::cipher::decrypt(KEY, APP_ID, &text);
    }

    #[test]
    fn what_was_encrypted_is_decrypted(text in ".{0,300}") {
        let encrypted = encrypt(KEY, APP_ID, &text);
        proptest::prop_assert_eq!(super::cipher::decrypt(KEY, APP_ID, &encrypted), Ok(text));
    }
}
