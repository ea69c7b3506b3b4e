//! What goes wrong: ours ([`StoreError`]) and the caller's ([`Failure`]), each mapped to HTTP here.

use domain::api::{ApiError, ErrorCode};
use domain::journal::Undecodable;
use domain::rulebook::Invalid;
use wasm_bindgen::JsValue;
use worker::{Response, ResponseBuilder};

/// The store did not do what it was asked. Whatever was being written is rolled back.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// SQLite or the platform refused.
    #[error("store: {0}")]
    Platform(String),
    /// A stored row is not what it should be.
    #[error("stored {what}: {why}")]
    Stored {
        /// Which row.
        what: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// A stored fact cannot be read.
    #[error(transparent)]
    Fact(#[from] Undecodable),
}

impl From<JsValue> for StoreError {
    fn from(error: JsValue) -> StoreError {
        let text = js_sys::Reflect::get(&error, &JsValue::from_str("message"))
            .ok()
            .and_then(|m| m.as_string());
        StoreError::Platform(text.unwrap_or_else(|| format!("{error:?}")))
    }
}

impl From<worker::Error> for StoreError {
    fn from(error: worker::Error) -> StoreError {
        StoreError::Platform(error.to_string())
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> StoreError {
        StoreError::Stored {
            what: "row",
            why: error.to_string(),
        }
    }
}

/// A field that is wrong: why, and which.
#[derive(Debug)]
pub(crate) struct InvalidField {
    /// A stable code.
    pub(crate) code: String,
    /// Which field.
    pub(crate) field: String,
}

/// What a caller is told of a failure of ours.
const MASK: &str = "nothing was changed";

/// A call that is refused, or that failed.
#[derive(Debug)]
pub(crate) struct Failure {
    /// Which of the API's codes.
    pub(crate) code: ErrorCode,
    /// For whoever builds against the API.
    pub(crate) message: String,
    /// With `Invalid`: what is wrong (its own code), and where.
    pub(crate) invalid: Option<InvalidField>,
    /// With `Conflict`: what is current.
    pub(crate) current: Option<serde_json::Value>,
}

impl Failure {
    /// A failure of this code.
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Failure {
        Failure {
            code,
            message: message.into(),
            invalid: None,
            current: None,
        }
    }

    /// A field that is wrong.
    pub(crate) fn invalid(field: impl Into<String>, code: &'static str) -> Failure {
        Failure::of(Invalid {
            field: field.into(),
            code,
        })
    }

    /// A field that a rule of `domain` calls wrong.
    pub(crate) fn of(invalid: Invalid) -> Failure {
        let message = format!("the field is not valid: {invalid}");
        let invalid = InvalidField {
            code: invalid.code.to_owned(),
            field: invalid.field,
        };
        Failure {
            code: ErrorCode::Invalid,
            message,
            invalid: Some(invalid),
            current: None,
        }
    }

    /// A refusal that an object answered with, on its way to the caller.
    pub(crate) fn relayed(text: &str) -> Failure {
        let Ok(error) = serde_json::from_str::<ApiError>(text) else {
            return Failure::new(ErrorCode::Internal, format!("an object answered {text:?}"));
        };
        let known = ErrorCode::ALL
            .into_iter()
            .find(|code| code.name() == error.code);
        let invalid = error.field.map(|field| InvalidField {
            code: error.code,
            field,
        });
        Failure {
            invalid,
            current: error.current,
            ..Failure::new(known.unwrap_or(ErrorCode::Invalid), error.message)
        }
    }

    /// The response, as every caller of the API sees it.
    pub(crate) fn respond(self) -> worker::Result<Response> {
        let (status, body) = self.told();
        ResponseBuilder::new()
            .with_status(status)
            .with_header("cache-control", "no-store")?
            .from_json(&body)
    }

    /// What the caller is told: the HTTP status, and the body.
    pub(crate) fn told(self) -> (u16, ApiError) {
        // Where it happened it is logged; from there on only the mask travels.
        if self.code == ErrorCode::Internal && self.message != MASK {
            worker::console_error!("{}", self.message);
        }
        let (code, field) = match self.invalid {
            Some(invalid) => (invalid.code, Some(invalid.field)),
            None => (self.code.name().to_owned(), None),
        };
        let message = if self.code == ErrorCode::Internal {
            MASK.to_owned()
        } else {
            self.message
        };
        let body = ApiError {
            code,
            message,
            field,
            current: self.current,
        };
        (self.code.status(), body)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        Failure::new(ErrorCode::Internal, error.to_string())
    }
}

impl From<worker::Error> for Failure {
    fn from(error: worker::Error) -> Failure {
        Failure::new(ErrorCode::Internal, error.to_string())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Failure {
        Failure::new(ErrorCode::Internal, error.to_string())
    }
}
