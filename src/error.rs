//! What can go wrong, its HTTP status, and what the browser may see of it.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The kinds of error, closed: each has one HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// Nobody is signed in.
    SignInNeeded,
    /// Not for this account.
    Forbidden,
    /// Not there, or not theirs: the two look the same.
    NotFound,
    /// The address is right, the method is not.
    WrongMethod,
    /// The rules say no, or somebody was faster.
    Conflict,
    /// More than may be sent.
    TooLarge,
    /// Not a form.
    WrongType,
    /// Something typed has to be different.
    BadInput,
    /// Too often; try later.
    TooMany,
    /// Our fault.
    Fault,
    /// The database is away.
    Unavailable,
}

impl ErrorKind {
    /// The HTTP status.
    pub const fn status(self) -> u16 {
        match self {
            ErrorKind::SignInNeeded => 401,
            ErrorKind::Forbidden => 403,
            ErrorKind::NotFound => 404,
            ErrorKind::WrongMethod => 405,
            ErrorKind::Conflict => 409,
            ErrorKind::TooLarge => 413,
            ErrorKind::WrongType => 415,
            ErrorKind::BadInput => 422,
            ErrorKind::TooMany => 429,
            ErrorKind::Fault => 500,
            ErrorKind::Unavailable => 503,
        }
    }
}

/// What is wrong with one field, and the remedy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The field's name.
    pub field: String,
    /// A stable code.
    pub code: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// One reason why an action is not possible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DenialView {
    /// A stable name.
    pub code: String,
    /// The reason in words.
    pub message: String,
    /// When time alone cures it: from when on.
    pub retry_at: Option<String>,
}

/// An error as it travels. Nothing in it is secret: causes are logged, not sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AppError {
    /// The HTTP status of the answer.
    pub status: u16,
    /// A stable name of what happened.
    pub code: String,
    /// What happened and what to do, for people.
    pub message: String,
    /// The first wrong field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Every wrong field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
    /// Every reason of the rules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub denials: Vec<DenialView>,
    /// What others did to the booking meanwhile, a sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<String>,
    /// Times that are free instead, in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<String>,
    /// The booking as it stands now, as whoever caused the error reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booking: Option<Value>,
    /// Another page to go to: for a 401 the one that signing in leads on to, for a 303 the one to see instead.
    #[serde(skip)]
    pub return_to: Option<String>,
    /// Seconds after which trying again makes sense; sent as `Retry-After` too.
    #[serde(rename = "retry_after", default, skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u32>,
}

impl AppError {
    /// An error of a kind with its code and its words.
    pub fn new(kind: ErrorKind, code: &str, message: impl Into<String>) -> Self {
        Self {
            status: kind.status(),
            code: code.into(),
            message: message.into(),
            field: None,
            fields: Vec::new(),
            denials: Vec::new(),
            changed: Vec::new(),
            alternatives: Vec::new(),
            booking: None,
            return_to: None,
            retry_after_seconds: None,
        }
    }

    /// Not there or not yours.
    pub fn not_found() -> Self {
        let message = "There is nothing here for you. Check the address, or sign in with the other account.";
        Self::new(ErrorKind::NotFound, "not_found", message)
    }

    /// Sign in first.
    pub fn sign_in_needed() -> Self {
        Self::new(ErrorKind::SignInNeeded, "sign_in_needed", "Sign in first.")
    }

    /// There is nothing to see here, but on another page of the site: a page answers with a redirect to it.
    pub fn elsewhere(path: &str) -> Self {
        Self { status: 303, return_to: Some(path.into()), ..Self::not_found() }
    }

    /// The same error; if it is answered by asking to sign in, that leads on to this path.
    pub fn returning_to(self, path: &str) -> Self {
        if self.status == 401 { Self { return_to: Some(path.into()), ..self } } else { self }
    }

    /// Our fault; the cause is logged, not sent.
    pub fn fault() -> Self {
        Self::new(ErrorKind::Fault, "fault", "Something went wrong on our side. Try again.")
    }

    /// Too often, or too much at once.
    pub fn too_many(message: impl Into<String>, retry_after_seconds: u32) -> Self {
        Self { retry_after_seconds: Some(retry_after_seconds), ..Self::new(ErrorKind::TooMany, "too_many", message) }
    }

    /// Fields that have to be different; the first one names the error.
    pub fn bad_input(fields: Vec<FieldProblem>) -> Self {
        let (code, message) = match fields.as_slice() {
            [] => ("bad_input".into(), "Something in the form could not be read.".into()),
            [first, ..] => (first.code.clone(), first.message.clone()),
        };
        let field = fields.first().map(|first| first.field.clone());
        Self { field, fields, ..Self::new(ErrorKind::BadInput, &code, message) }
    }

    /// One field that has to be different.
    pub fn bad_field(field: &str, code: &str, message: impl Into<String>) -> Self {
        Self::bad_input(vec![FieldProblem { field: field.into(), code: code.into(), message: message.into() }])
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for AppError {}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(detail) | ServerFnErrorErr::MissingArg(detail) => {
                let message = format!("The form could not be read: {detail}.");
                Self::new(ErrorKind::BadInput, "bad_input", message)
            }
            // That an answer did not arrive is only seen, and said, in the browser.
            _ => Self::fault(),
        }
    }
}
