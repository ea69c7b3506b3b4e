//! A member of the workspace, with a browser's cookie kept by hand: `Secure` cookies do not travel over plain HTTP
//! by themselves.

use crate::http::{Answer, Client};
use crate::server::Server;
use domain::api::{
    self, Call, Invite, Join, Lang, MadeToken, MakeToken, Password, Role, SetUp, SignIn,
};
use std::time::Duration;

/// The owner's address in every story.
pub const OWNER: &str = "lin@larkmeter.example";
/// The password of everyone in every story.
pub const PASSWORD: &str = "correct horse battery";
/// The company in every story.
pub const COMPANY: &str = "Larkmeter";

/// See the module.
#[derive(Clone)]
pub struct Member {
    client: Client,
    base: String,
    /// `name=value`; none without a session.
    pub cookie: Option<String>,
    /// An API token; none without one.
    pub token: Option<String>,
    /// What writes carry; none sends none.
    pub origin: Option<String>,
}

impl Member {
    /// Someone on the workspace's host without a session.
    pub fn nobody(server: &Server) -> Member {
        Member {
            client: Client::new(Duration::from_secs(30)),
            base: server.app(""),
            cookie: None,
            token: None,
            origin: Some(server.app("")),
        }
    }

    /// The owner, by the one-time link.
    pub fn sets_up(server: &Server) -> Member {
        let mut member = Member::nobody(server);
        member.begin(&Member::set_up(server));
        member
    }

    /// The call that makes the owner.
    pub fn set_up(server: &Server) -> SetUp {
        SetUp {
            token: server.token.clone(),
            email: OWNER.to_owned(),
            password: Password(PASSWORD.to_owned()),
            name: "林一".to_owned(),
            company: COMPANY.to_owned(),
            lang: Lang::Zh,
        }
    }

    /// Someone with an account.
    pub fn signs_in(server: &Server, email: &str) -> Member {
        let mut member = Member::nobody(server);
        member.begin(&SignIn {
            email: email.to_owned(),
            password: Password(PASSWORD.to_owned()),
        });
        member
    }

    /// Someone whom this member invites and who joins: `{role}@larkmeter.example`.
    pub fn brings(&self, server: &Server, role: Role) -> Member {
        let email = format!("{role:?}@larkmeter.example").to_lowercase();
        let invited = self.call(&Invite { email, role });
        let mut member = Member::nobody(server);
        member.begin(&Join {
            token: invited.token,
            name: format!("{role:?}"),
            password: Password(PASSWORD.to_owned()),
            lang: Lang::En,
        });
        member
    }

    /// Another system with a token that this member makes for it: it sends neither a cookie nor an origin.
    pub fn makes_token(&self, role: Role, name: &str) -> (Member, MadeToken) {
        let made = self.call(&MakeToken {
            name: name.to_owned(),
            role,
            expires_at: None,
        });
        (self.as_token(&made.secret), made)
    }

    /// Another system with that token.
    pub fn as_token(&self, secret: &str) -> Member {
        Member {
            cookie: None,
            origin: None,
            token: Some(secret.to_owned()),
            ..self.clone()
        }
    }

    /// Makes a call that begins a session.
    #[track_caller]
    fn begin<C: Call>(&mut self, call: &C) {
        let answer = self.try_call(call);
        assert_eq!(answer.status, 200, "{}: {}", C::NAME, answer.text());
        self.cookie = cookie_of(&answer);
        assert!(self.cookie.is_some(), "{} sets a cookie", C::NAME);
    }

    /// Makes a call that must succeed.
    #[track_caller]
    pub fn call<C: Call>(&self, call: &C) -> C::Reply {
        let answer = self.try_call(call);
        assert_eq!(answer.status, 200, "{}: {}", C::NAME, answer.text());
        answer.json()
    }

    /// Makes a call.
    #[track_caller]
    pub fn try_call<C: Call>(&self, call: &C) -> Answer {
        let request = api::request(call).expect("a call that can be written");
        self.ask(
            request.method.name(),
            &request.path,
            request.body.as_deref().map(str::as_bytes),
        )
    }

    /// Asks for a path of the workspace's host.
    #[track_caller]
    pub fn ask(&self, method: &str, path: &str, body: Option<&[u8]>) -> Answer {
        let mut headers = Vec::new();
        if let Some(cookie) = &self.cookie {
            headers.push(("cookie", cookie.as_str()));
        }
        let bearer = self.token.as_ref().map(|token| format!("Bearer {token}"));
        if let Some(bearer) = &bearer {
            headers.push(("authorization", bearer.as_str()));
        }
        if let Some(origin) = &self.origin {
            headers.push(("origin", origin.as_str()));
        }
        self.client
            .send(method, &format!("{}{path}", self.base), &headers, body)
            .unwrap_or_else(|error| panic!("{method} {path}: {error:?}"))
    }
}

/// The cookie that an answer sets, as a request carries it.
pub fn cookie_of(answer: &Answer) -> Option<String> {
    let set = answer.header("set-cookie")?;
    let pair = set.split(';').next()?;
    (!pair.ends_with('=')).then(|| pair.to_owned())
}
