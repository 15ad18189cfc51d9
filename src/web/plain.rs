//! Plain pages: a column with a form in it, and what their answers need.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::page::PageContext;
use super::page_head::PageHead;
use super::shell::respond;
use crate::error::AppError;
use crate::ui::form::Form;
use crate::ui::icon::Icon;

/// A page of one narrow column.
pub fn narrow(status: StatusCode, page: &PageContext, head: PageHead, body: impl IntoView) -> Response {
    respond(status, page, head, move || view! { <div class="narrow">{body}</div> }.into_any())
}

/// A page of the full width.
pub fn wide(status: StatusCode, page: &PageContext, head: PageHead, body: impl IntoView) -> Response {
    respond(status, page, head, move || view! { <div class="parts">{body}</div> }.into_any())
}

/// A field that is not seen; nothing for an empty value.
pub fn hidden_field(name: &str, value: &str) -> AnyView {
    let (name, value) = (name.to_owned(), value.to_owned());
    (!value.is_empty()).then(|| view! { <input type="hidden" name=name value=value /> }).into_any()
}

/// The way back to where one came from.
pub fn back_link(href: &str, text: &str) -> AnyView {
    view! { <a class="back" href=href.to_owned()><Icon name="arrow-left" />{text.to_owned()}</a> }.into_any()
}

/// On to another page after something was done.
pub fn see_other(to: &str) -> Response {
    let to = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// The status of the answer to an error.
pub fn status(error: &AppError) -> StatusCode {
    StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Takes what an error says into the form, and gives the status of the page that shows it again.
pub fn refused(form: &mut Form, error: &AppError) -> StatusCode {
    form.refuse(error);
    status(error)
}

/// Says when to come back, if the error does.
pub fn with_retry(mut response: Response, error: Option<&AppError>) -> Response {
    if let Some(seconds) = error.and_then(|error| error.retry_after_seconds) {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}
