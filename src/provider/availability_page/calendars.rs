//! Other calendars: added by file or by address, read again, removed.

use std::collections::BTreeMap;

use axum::Form as Body;
use axum::extract::Multipart;
use axum::response::Response;
use futures::future::join_all;
use mongodb::bson::oid::ObjectId;

use super::{Room, Shown, done};
use crate::error::{AppError, ErrorKind};
use crate::provider::feed::{Feed, MOST_FEEDS};
use crate::provider::fetch::{Fetcher, LIMIT};
use crate::provider::ics;
use crate::provider::model::Provider;
use crate::provider::{hours_store, store};
use crate::server::context::RequestContext;
use crate::server::db::Db;
use crate::server::state::AppState;
use crate::time::Timestamp;
use crate::ui::form::Form;

/// How often a change is tried that others disturb.
const TRIES: u32 = 5;
/// A calendar is not fetched again within this many minutes, however often somebody presses the button.
const REST_MINUTES: i64 = 1;
/// The longest name, in letters.
const LONGEST_NAME: usize = 60;

/// `POST /provider/availability/calendars`: a calendar by its address. It is kept only if it can be read.
pub(super) async fn add(ctx: RequestContext, Body(pairs): Body<Vec<(String, String)>>) -> Response {
    let room = match Room::open(&ctx).await {
        Ok(room) => room,
        Err(response) => return response,
    };
    let mut form = Form::from_pairs(&pairs);
    let fetcher = &ctx.state.fetcher;
    let read = match fetcher.read_url(form.get("url")) {
        Ok(url) => {
            let name = url.host_str().unwrap_or("calendar").to_owned();
            let outcome = fetch(fetcher, url.as_str(), &room.provider.zone, ctx.now).await;
            outcome.map(|calendar| (calendar, name, url.to_string()))
        }
        Err(problem) => Err(problem),
    };
    let problem = match read {
        Ok((calendar, name, url)) => match put(&ctx, &room, name, Some(url), calendar).await {
            Ok(response) => return response,
            Err(problem) => problem,
        },
        Err(problem) => problem,
    };
    form.problem("url", "bad_calendar", problem);
    room.refuse(&ctx, Shown { typed_calendar: form, ..Shown::default() }).await
}

/// `POST /provider/availability/files`: a calendar as a file, in place of an earlier file of the same name.
pub(super) async fn upload(
    ctx: RequestContext,
    multipart: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Response {
    let room = match Room::open(&ctx).await {
        Ok(room) => room,
        Err(response) => return response,
    };
    let read = match multipart {
        Ok(multipart) => file_of(multipart).await,
        Err(_) => Err("Choose a file first.".into()),
    };
    let read = match read {
        Ok((name, text)) => parse(text, room.provider.zone.clone(), ctx.now).await.map(|calendar| (name, calendar)),
        Err(problem) => Err(problem),
    };
    let problem = match read {
        Ok((name, calendar)) => match put(&ctx, &room, name, None, calendar).await {
            Ok(response) => return response,
            Err(problem) => problem,
        },
        Err(problem) => problem,
    };
    let mut form = Form::default();
    form.problem("file", "bad_calendar", problem);
    room.refuse(&ctx, Shown { typed_calendar: form, ..Shown::default() }).await
}

/// The name and the text of the one file.
async fn file_of(mut multipart: Multipart) -> Result<(String, String), String> {
    let broken = |_| "The file did not arrive whole. Send it again.".to_owned();
    while let Some(field) = multipart.next_field().await.map_err(broken)? {
        if field.name() != Some("file") {
            continue;
        }
        let name: String = field.file_name().unwrap_or_default().trim().chars().take(LONGEST_NAME).collect();
        let bytes = field.bytes().await.map_err(broken)?;
        if bytes.is_empty() {
            break;
        }
        if bytes.len() > LIMIT {
            return Err("The file is larger than 1 MB. Export a shorter period.".into());
        }
        let text = String::from_utf8(bytes.to_vec());
        let text = text.map_err(|_| "This is no calendar file. Choose a file that ends in .ics.".to_owned())?;
        return Ok((if name.is_empty() { "calendar.ics".into() } else { name }, text));
    }
    Err("Choose a file first. It ends in .ics.".into())
}

/// Keeps a calendar. What says no is for people.
async fn put(
    ctx: &RequestContext,
    room: &Room,
    name: String,
    url: Option<String>,
    calendar: ics::Calendar,
) -> Result<Response, String> {
    let mut feed = Feed { id: ObjectId::new().to_hex(), name, url, ..Feed::default() };
    feed.take(Ok(calendar), ctx.now);
    let change = |list: &mut Vec<Feed>| {
        let same = |old: &Feed| old.url == feed.url && (feed.url.is_some() || old.name == feed.name);
        let (place, full) = (list.iter().position(same), list.len() >= MOST_FEEDS);
        match place.and_then(|place| list.get_mut(place)) {
            Some(old) => *old = Feed { id: old.id.clone(), ..feed.clone() },
            None if full => return false,
            None => list.push(feed.clone()),
        }
        true
    };
    match change_feeds(&ctx.state.db, room.provider.id, change).await {
        Ok(Changed::Done(_)) => Ok(done("calendar")),
        Ok(Changed::Refused) => Err(format!("At most {MOST_FEEDS} calendars are possible. Remove one first.")),
        Ok(Changed::Gone) => Err("Something else changed your calendars at the same time. Try again.".into()),
        Err(error) => Ok(room.fail(error)),
    }
}

/// `POST /provider/availability/calendars/refresh`: reads one calendar, or all, again.
pub(super) async fn refresh_now(ctx: RequestContext, Body(pairs): Body<Vec<(String, String)>>) -> Response {
    let room = match Room::open(&ctx).await {
        Ok(room) => room,
        Err(response) => return response,
    };
    let form = Form::from_pairs(&pairs);
    match refresh(&ctx.state, room.provider.id, ctx.now, Some(form.get("id"))).await {
        Ok(_) => done("refreshed"),
        Err(error) => room.fail(error),
    }
}

/// `POST /provider/availability/calendars/remove`: what it took is free again.
pub(super) async fn remove(ctx: RequestContext, Body(pairs): Body<Vec<(String, String)>>) -> Response {
    let room = match Room::open(&ctx).await {
        Ok(room) => room,
        Err(response) => return response,
    };
    let form = Form::from_pairs(&pairs);
    let change = |list: &mut Vec<Feed>| {
        list.retain(|feed| feed.id != form.get("id"));
        true
    };
    match change_feeds(&ctx.state.db, room.provider.id, change).await {
        Ok(Changed::Done(_)) => done("calendar-removed"),
        Ok(_) => {
            let message = "Something else changed your calendars at the same time. Try again.";
            room.fail(AppError::new(ErrorKind::Conflict, "stale", message))
        }
        Err(error) => room.fail(error),
    }
}

/// Reads a provider's calendars again: those that are due, or the one of that id whether due or not. The fresh provider, if
/// there is one. Calendars that cannot be read keep what they had and say why.
///
/// # Errors
/// When the database fails.
pub(crate) async fn refresh(
    state: &AppState,
    provider: ObjectId,
    now: Timestamp,
    only: Option<&str>,
) -> mongodb::error::Result<Option<Provider>> {
    let Some(found) = store::find(&state.db, provider).await? else {
        return Ok(None);
    };
    let wanted = |feed: &&Feed| match only {
        Some(id) => feed.id == id && feed.url.is_some() && feed.tried_at.plus_minutes(REST_MINUTES) <= now,
        None => feed.is_due(now),
    };
    let reads = found.feeds.list.iter().filter(wanted).map(async |feed| {
        let url = feed.url.clone().unwrap_or_default();
        (feed.id.clone(), fetch(&state.fetcher, &url, &found.zone, now).await)
    });
    let outcomes: BTreeMap<String, Result<ics::Calendar, String>> = join_all(reads).await.into_iter().collect();
    if outcomes.is_empty() {
        return Ok(Some(found));
    }
    let change = |list: &mut Vec<Feed>| {
        for feed in list.iter_mut() {
            if let Some(outcome) = outcomes.get(&feed.id) {
                feed.take(outcome.clone(), now);
            }
        }
        true
    };
    Ok(match change_feeds(&state.db, provider, change).await? {
        Changed::Done(fresh) => Some(*fresh),
        Changed::Refused | Changed::Gone => None,
    })
}

async fn fetch(fetcher: &Fetcher, url: &str, zone: &str, now: Timestamp) -> Result<ics::Calendar, String> {
    // Checked again each time: what is allowed may have become stricter since it was stored.
    let text = fetcher.text(fetcher.read_url(url)?).await?;
    parse(text, zone.to_owned(), now).await
}

/// Reads a calendar off the threads that serve others: a large one takes a while. One that breaks the reader is broken.
async fn parse(text: String, zone: String, now: Timestamp) -> Result<ics::Calendar, String> {
    let read = tokio::task::spawn_blocking(move || ics::read(&text, &zone, now));
    read.await.unwrap_or_else(|_| Err("This calendar cannot be read. Export it again, or a shorter period.".into()))
}

/// How a change of the calendars went.
enum Changed {
    /// It is written; the provider as they are now.
    Done(Box<Provider>),
    /// The change itself said no.
    Refused,
    /// The provider is gone, or others change the calendars all the time.
    Gone,
}

/// Changes the list of calendars, again if somebody else was faster by a moment.
async fn change_feeds(
    db: &Db,
    provider: ObjectId,
    change: impl Fn(&mut Vec<Feed>) -> bool,
) -> mongodb::error::Result<Changed> {
    for _ in 0..TRIES {
        let Some(mut found) = store::find(db, provider).await? else {
            break;
        };
        let mut list = found.feeds.list.clone();
        if !change(&mut list) {
            return Ok(Changed::Refused);
        }
        let feeds = found.feeds.with(list);
        if hours_store::save_feeds(db, provider, &feeds).await? {
            (found.busy, found.feeds) = (feeds.busy(), feeds);
            return Ok(Changed::Done(Box::new(found)));
        }
    }
    Ok(Changed::Gone)
}
