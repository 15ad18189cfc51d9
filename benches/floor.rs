//! The floor of `make bench`: what an answer costs with axum, the same driver and nothing that need not be.
//!
//! `floor ADDRESS URI DATABASE JSON_BYTES PAGE_BYTES`. A booking as JSON and as a page cost two reads by `_id`, the second with
//! access in its query; an action costs the same reads and one majority write by version. The client is the program's own, so
//! pool and options are equal. Answers are filled up, with more of the same, to about the sizes that are named.

use std::error::Error;
use std::sync::{Arc, OnceLock};

use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::serve::ListenerExt;
use axum::{Json, Router};
use gigsta::web::db::Db;
use mongodb::Collection;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{DateTime, Document, doc};
use mongodb::options::ReturnDocument;
use serde::Deserialize;
use sha2::{Digest, Sha256};

#[path = "floor/model.rs"]
mod model;
#[path = "floor/page.rs"]
mod page;

use model::{Action, Answer, Booking, Session, actions_of};

struct Floor {
    sessions: Collection<Session>,
    bookings: Collection<Booking>,
    json_bytes: usize,
    page_bytes: usize,
    /// How many more actions and how many more rows fill an answer up.
    more: OnceLock<(usize, usize)>,
}

type Problem = Box<dyn Error + Send + Sync>;

/// The same as the program's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> Result<(), Problem> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, uri, database, json_bytes, page_bytes] = arguments.as_slice() else {
        println!("floor ADDRESS URI DATABASE JSON_BYTES PAGE_BYTES; `make bench` calls it.");
        return Ok(());
    };
    let db = Db::connect(uri, database).await?;
    // What anybody needs who lists bookings.
    for key in [doc! { "customer.id": 1, "state.starts_at": -1 }, doc! { "provider.id": 1, "state.starts_at": -1 }] {
        let index = mongodb::IndexModel::builder().keys(key).build();
        db.collection::<Document>("bookings").create_index(index).await?;
    }
    let floor = Floor {
        sessions: db.database.collection("sessions"),
        bookings: db.database.collection("bookings"),
        json_bytes: json_bytes.parse()?,
        page_bytes: page_bytes.parse()?,
        more: OnceLock::new(),
    };
    let app = Router::new()
        .route("/readyz", get(async || "ready"))
        .route("/api/bookings/{id}", get(json))
        .route("/bookings/{id}", get(show))
        .route("/api/finish", post(finish))
        .with_state(Arc::new(floor));
    let listener = tokio::net::TcpListener::bind(address).await?;
    let listener = listener.tap_io(|connection| _ = connection.set_nodelay(true));
    Ok(axum::serve(listener, app).await?)
}

async fn json(State(floor): State<Arc<Floor>>, Path(id): Path<String>, headers: HeaderMap) -> Result<Response, Fault> {
    let viewer = floor.viewer(&headers).await?;
    let booking = floor.booking(&id, &viewer).await?;
    let actions = floor.actions(&booking)?;
    Ok(Json(Answer { booking, actions }).into_response())
}

async fn show(State(floor): State<Arc<Floor>>, Path(id): Path<String>, headers: HeaderMap) -> Result<Response, Fault> {
    let viewer = floor.viewer(&headers).await?;
    let booking = floor.booking(&id, &viewer).await?;
    let (_, more) = floor.more(&booking)?;
    Ok(Html(page::draw(&booking, &actions_of(&booking), more)).into_response())
}

#[derive(Deserialize)]
struct Finish {
    booking_id: String,
    version: i64,
}

async fn finish(
    State(floor): State<Arc<Floor>>,
    headers: HeaderMap,
    Form(form): Form<Finish>,
) -> Result<Response, Fault> {
    let viewer = floor.viewer(&headers).await?;
    let booking = floor.booking(&form.booking_id, &viewer).await?;
    let possible = actions_of(&booking).iter().any(|action| action.action_name == "finish");
    if !possible || booking.provider.id != viewer || booking.version != form.version {
        return Err(Fault(StatusCode::CONFLICT));
    }
    let event = doc! {
        "seq": booking.version + 1, "at": DateTime::now().timestamp_millis(), "action_name": "finish", "actor": "provider",
        "actor_name": &booking.provider.name, "from": &booking.state.status, "to": "awaiting_confirmation",
        "note": "Marked as done by the provider", "message": null, "hash": hex::encode(Sha256::digest(&form.booking_id)),
    };
    let change = doc! {
        "$set": { "state.status": "awaiting_confirmation" }, "$inc": { "version": 1_i64 }, "$push": { "history": event },
    };
    let as_read = doc! { "_id": booking.id, "version": booking.version };
    let written = floor.bookings.find_one_and_update(as_read, change).return_document(ReturnDocument::After).await?;
    let booking = written.ok_or(Fault(StatusCode::CONFLICT))?;
    let actions = floor.actions(&booking)?;
    Ok(Json(Answer { booking, actions }).into_response())
}

impl Floor {
    /// The account of the request's session: one read.
    async fn viewer(&self, headers: &HeaderMap) -> Result<String, Fault> {
        let cookies = headers.get(header::COOKIE).and_then(|cookies| cookies.to_str().ok()).unwrap_or_default();
        let token = cookies.split("; ").find_map(|cookie| cookie.strip_prefix("session=")).unwrap_or_default();
        let lives = doc! { "_id": hex::encode(Sha256::digest(token)), "expires_at": { "$gt": DateTime::now() } };
        let session = self.sessions.find_one(lives).await?.ok_or(Fault(StatusCode::UNAUTHORIZED))?;
        Ok(session.account_id.to_hex())
    }

    /// A booking of the viewer's: one read.
    async fn booking(&self, id: &str, viewer: &str) -> Result<Booking, Fault> {
        let id = ObjectId::parse_str(id).map_err(|_| Fault(StatusCode::NOT_FOUND))?;
        let mine = doc! { "_id": id, "$or": [{ "customer.id": viewer }, { "provider.id": viewer }] };
        let used = doc! { "outbox": 0, "commands": 0, "work": 0, "cells": 0, "history.changes": 0 };
        self.bookings.find_one(mine).projection(used).await?.ok_or(Fault(StatusCode::NOT_FOUND))
    }

    fn actions(&self, booking: &Booking) -> Result<Vec<Action>, Fault> {
        let (more, _) = self.more(booking)?;
        Ok(actions_of(booking).into_iter().cycle().take(actions_of(booking).len() + more).collect())
    }

    /// Found once, from the first booking: all are of the same size.
    fn more(&self, booking: &Booking) -> Result<(usize, usize), Fault> {
        if let Some(found) = self.more.get() {
            return Ok(*found);
        }
        let actions = actions_of(booking);
        let size = serde_json::to_vec(booking)?.len();
        let one = serde_json::to_vec(&actions.first())?.len() + 1;
        let [page, next] = [0, 1].map(|more| page::draw(booking, &actions, more).len());
        let missing = |wanted: usize, there: usize, one: usize| wanted.saturating_sub(there) / one.max(1);
        let json = missing(self.json_bytes, size + one * actions.len(), one);
        Ok(*self.more.get_or_init(|| (json, missing(self.page_bytes, page, next - page))))
    }
}

/// Why there is no answer.
struct Fault(StatusCode);

impl<E: Error> From<E> for Fault {
    fn from(error: E) -> Self {
        eprintln!("floor: {error}");
        Self(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}
