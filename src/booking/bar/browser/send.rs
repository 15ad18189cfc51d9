//! Sending an action and reading the answer: the wire of the server function `perform_booking_action`, by hand, because
//! the client half of server functions weighs as much as all buttons.

use serde::Deserialize;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{FormData, HtmlFormElement, RequestInit, Response, UrlSearchParams, window};

use crate::booking::bar::schema::{Bar, Trouble};

const PATH: &str = "/api/perform_booking_action";

/// What the form holds, as it is sent.
pub fn fields(form: &HtmlFormElement) -> Option<UrlSearchParams> {
    let data = FormData::new_with_form(form).ok()?;
    UrlSearchParams::new_with_str_sequence_sequence(&data).ok()
}

/// Sends the action.
///
/// # Errors
/// What the server says, or that no answer came.
pub async fn action(body: &UrlSearchParams) -> Result<Bar, Trouble> {
    let response = match post(body).await {
        Some((true, text)) => serde_json::from_str(&text).map(Ok),
        Some((false, text)) => serde_json::from_str(&text).map(Err),
        None => return Err(no_answer()),
    };
    response.unwrap_or_else(|_| Err(no_answer()))
}

async fn post(body: &UrlSearchParams) -> Option<(bool, String)> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(body);
    let answer = JsFuture::from(window()?.fetch_with_str_and_init(PATH, &init)).await.ok()?;
    let answer = answer.unchecked_into::<Response>();
    let text = JsFuture::from(answer.text().ok()?).await.ok()?.as_string()?;
    Some((answer.ok(), text))
}

fn no_answer() -> Trouble {
    Trouble {
        status: 503,
        message: "The answer did not arrive. What you typed is still here: try again.".to_owned(),
        fields: Vec::new(),
        denials: Vec::new(),
        changed: Vec::new(),
        alternatives: Vec::new(),
        booking: None,
    }
}

/// The booking in the properties of an island.
pub fn properties(json: &str) -> Option<Bar> {
    #[derive(Deserialize)]
    struct Properties {
        bar: Bar,
    }
    serde_json::from_str::<Properties>(json).ok().map(|properties| properties.bar)
}
