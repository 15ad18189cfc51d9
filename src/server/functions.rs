//! Server functions below `/api`: called with the request's context, answered with the error's own status.

use axum::extract::{FromRef, Request, State};
use axum::http::{Method, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::provide_context;
use leptos::server_fn::axum::get_server_fn_service;
use leptos::server_fn::error::SERVER_FN_ERROR_HEADER;

use super::state::AppState;
use crate::account::Credentials;
use crate::error::{AppError, ErrorKind};
use crate::web::answer;
use crate::web::context::RequestContext;

/// The most that an error may weigh, in bytes: one with a booking inside stays far below it.
const MAX_ERROR_BYTES: usize = 1024 * 1024;

/// Runs the server function at this address.
pub async fn call(State(state): State<AppState>, ctx: RequestContext, mut request: Request) -> Response {
    if request.method() == Method::HEAD {
        *request.method_mut() = Method::GET;
    }
    let path = request.uri().path().to_owned();
    let exists = |method: Method| get_server_fn_service(&path, method).is_some();
    if !exists(request.method().clone()) {
        let other = [Method::GET, Method::POST].into_iter().find(|method| exists(method.clone()));
        return other.map_or_else(|| AppError::not_found().into_response(), |method| wrong_method(&method));
    }
    // A browser's `Accept: text/html` would turn every answer into a redirect to the page before.
    request.headers_mut().remove(header::ACCEPT);
    // What handlers take by `State`, server functions take by `part`.
    let provide = move || {
        provide_context(ctx.clone());
        provide_context(state.table);
        provide_context(state.handover.clone());
        provide_context(state.photos.clone());
        provide_context(Credentials::from_ref(&state));
    };
    let response = leptos_axum::handle_server_fns_with_context(provide, request).await.into_response();
    if response.headers().contains_key(SERVER_FN_ERROR_HEADER) { error(response).await } else { response }
}

/// Every error arrives as a 500: it knows itself what it should be.
async fn error(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    parts.headers.remove(SERVER_FN_ERROR_HEADER);
    parts.headers.remove(header::CONTENT_LENGTH);
    let read = axum::body::to_bytes(body, MAX_ERROR_BYTES).await;
    let Ok(error) = read.map_err(drop).and_then(|bytes| serde_json::from_slice::<AppError>(&bytes).map_err(drop))
    else {
        tracing::error!("a server function's error could not be read");
        return AppError::fault().into_response();
    };
    let mut answer = answer::json(&error);
    for (name, value) in &parts.headers {
        if name != header::CONTENT_TYPE {
            answer.headers_mut().append(name, value.clone());
        }
    }
    answer
}

fn wrong_method(right: &Method) -> Response {
    let message = format!("This address answers {right} only.");
    let mut response = AppError::new(ErrorKind::WrongMethod, "wrong_method", message).into_response();
    if let Ok(allow) = right.as_str().parse() {
        response.headers_mut().insert(header::ALLOW, allow);
    }
    response
}
