//! Who sends too much is told when to come back and loses nothing; others do not notice.

use domain::event::{Answer, Rejection};
use domain::wire::limit;
use serde_json::Value;
use std::io::Write;
use std::net::TcpStream;
use tests::http;
use tests::server::Server;
use tests::settings::root;
use tests::visitor::Visitor;
use tests::wait;

/// What a client may send at once where it may send five events a second: one batch.
const BURST: usize = limit::EVENTS_MAX;

#[test]
fn a_client_beyond_its_rate_comes_back_and_is_counted_once() {
    let (server, _) = Server::opened_with(&["--bind", "CLIENT_EVENTS_PER_S=5"]);
    let from = |address: &str| server.visitor().with_header("cf-connecting-ip", address);
    let office = from("203.0.113.7");
    office.send(&views(&office, BURST));
    let later = office.batch(&views(&office, 30));
    let wait_s = assert_beyond(&office.post(&later), Rejection::RateLimited);
    assert!(wait_s <= 10, "a batch at 5 events a second: {wait_s} s");

    let other = from("203.0.113.8");
    other.send(&views(&other, BURST));
    let claims = office.with_header("x-forwarded-for", "198.51.100.1");
    let many = claims.batch(&views(&claims, BURST));
    assert_beyond(&claims.post(&many), Rejection::RateLimited);

    server.set_clock(i64::from(wait_s) * 1_000);
    for _ in 0..2 {
        let told: Answer = office.post(&later).json();
        assert_eq!((told.accepted, told.refused), (30, vec![]));
        server.set_clock(30_000);
    }
    assert_eq!(server.rows().events, (2 * BURST + 30) as u64);
}

#[test]
fn a_network_of_ipv6_is_one_client() {
    let (server, _) = Server::opened_with(&["--bind", "CLIENT_EVENTS_PER_S=5"]);
    let from = |address: &str| server.visitor().with_header("cf-connecting-ip", address);
    let one = from("2001:db8:1:2::1");
    one.send(&views(&one, BURST));
    let neighbour = from("2001:db8:1:2:ffff::9");
    let batch = neighbour.batch(&views(&neighbour, BURST));
    assert_beyond(&neighbour.post(&batch), Rejection::RateLimited);
    let next_door = from("2001:db8:1:3::1");
    next_door.send(&views(&next_door, BURST));
}

#[test]
fn a_client_that_sends_rubbish_pays_too() {
    let (server, _) = Server::opened_with(&["--bind", "CLIENT_EVENTS_PER_S=1"]);
    let client = server
        .visitor()
        .with_header("cf-connecting-ip", "203.0.113.7");
    let mut answers = (0..4 * BURST).map(|_| client.try_post(b"rubbish").expect("an answer"));
    assert!(answers.any(|answer| answer.status == Rejection::RateLimited.status()));
}

#[test]
fn a_site_beyond_its_rate_is_refused_whoever_sends() {
    let (server, _) = Server::opened_with(&["--bind", "SITE_EVENTS_PER_S=5"]);
    let visitor = server.visitor();
    visitor.send(&views(&visitor, BURST));
    let batch = visitor.batch(&views(&visitor, BURST));
    assert_beyond(&visitor.post(&batch), Rejection::RateLimited);
    server.set_clock(11_000);
    let told: Answer = visitor.post(&batch).json();
    assert_eq!(told.accepted, 50);
}

#[test]
fn the_platforms_limiter_is_asked_where_there_is_one() {
    for (limiter, status) in [
        ("CLIENT_LIMIT=3", 429),
        ("SITE_LIMIT=3", 429),
        ("OTHER=3", 200),
    ] {
        let (server, _) = Server::opened_with(&["--limiter", limiter]);
        let visitor = server
            .visitor()
            .with_header("cf-connecting-ip", "203.0.113.7");
        let answers: Vec<http::Answer> = (0..8)
            .map(|_| visitor.post(&visitor.batch(&views(&visitor, 1))))
            .collect();
        let last = answers.last().expect("eight answers");
        assert_eq!(last.status, status, "{limiter}: {}", last.text());
        if status == 429 {
            assert_eq!(assert_beyond(last, Rejection::RateLimited), 10);
        }
        let taken = answers.iter().filter(|answer| answer.status == 200).count();
        assert_eq!(server.rows().events, taken as u64);
    }
}

#[test]
fn one_request_too_many_is_sent_away_before_its_body() {
    const IN_FLIGHT: usize = 5;
    let (server, _) = Server::opened_with(&["--bind", &format!("IN_FLIGHT_MAX={IN_FLIGHT}")]);
    let visitor = server.visitor();
    let send = || visitor.post(&visitor.batch(&views(&visitor, 1)));
    let sent_away = || {
        let answer = send();
        (answer.status != 200).then_some(answer)
    };
    let idle: Vec<TcpStream> = (0..IN_FLIGHT).map(|_| begin_request(&server)).collect();
    let answer = wait::until("a collector with its hands full", sent_away);
    assert_eq!(assert_beyond(&answer, Rejection::Overloaded), 5);

    // Who only opens requests keeps nobody out for long.
    server.set_clock(10_000);
    assert_eq!(send().status, 200);
    drop(idle);
}

#[test]
fn the_protocols_page_tells_the_collectors_limits() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).expect("a file");
    let (page, source) = (read("docs/protocol.md"), read("worker/src/limit.rs"));
    for (name, shown) in [
        ("CLIENT_EVENTS_PER_S: u32", "of its IPv6 address | {} |"),
        ("SITE_EVENTS_PER_S: u32", "| one site | {} |"),
        ("IN_FLIGHT_MAX: usize", "that has {} requests in hand"),
    ] {
        let (_, rest) = source
            .split_once(&format!("const {name} = "))
            .expect("the limit");
        let value = rest.split(';').next().expect("its value").replace('_', ",");
        let shown = shown.replace("{}", &value);
        assert!(page.contains(&shown), "{shown:?} is not on the page");
    }
}

/// Page views of a visitor.
fn views(visitor: &Visitor, count: usize) -> Vec<Value> {
    (0..count).map(|_| visitor.view("/demo/")).collect()
}

/// The answer is that refusal, readable by any page; when to come back, in seconds.
#[track_caller]
fn assert_beyond(answer: &http::Answer, why: Rejection) -> u32 {
    assert_eq!(answer.status, why.status(), "{}", answer.text());
    assert_eq!(answer.error().code, why.code());
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    assert_eq!(
        answer.header("access-control-expose-headers"),
        Some("retry-after")
    );
    let seconds = answer.header("retry-after").expect("when to come back");
    let seconds: u32 = seconds.parse().expect("seconds");
    assert!(seconds >= 1);
    seconds
}

fn head(server: &Server, length: usize) -> String {
    format!(
        "POST /e HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\norigin: http://127.0.0.1:{port}\r\n\
         user-agent: {agent}\r\ncontent-length: {length}\r\n\r\n",
        port = server.port,
        agent = http::USER_AGENT,
    )
}

/// A request whose body does not come.
fn begin_request(server: &Server) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).expect("a connection");
    stream
        .write_all(head(server, 1_000).as_bytes())
        .expect("the head is sent");
    stream
}
