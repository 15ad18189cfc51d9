//! Other calendars: added by file or by address, read again, removed.

use axum::Form as Body;
use axum::extract::Multipart;
use axum::response::Response;
use mongodb::bson::oid::ObjectId;

use super::CalendarContext;
use super::{Room, Shown, done};
use crate::domain::limit::megabytes;
use crate::error::{AppError, ErrorKind};
use crate::provider::calendars::{Changed, change_feeds, fetch, parse, refresh};
use crate::provider::feed::{Feed, MOST_FEEDS};
use crate::provider::fetch::LIMIT;
use crate::provider::ics;
use crate::ui::form::Form;
use crate::web::context::RequestContext;

/// The longest name, in letters.
const LONGEST_NAME: usize = 60;

/// `POST /provider/availability/calendars`: a calendar by its address. It is kept only if it can be read.
pub(super) async fn add(ctx: CalendarContext, Body(pairs): Body<Vec<(String, String)>>) -> Response {
    let room = match Room::open(&ctx).await {
        Ok(room) => room,
        Err(response) => return response,
    };
    let mut form = Form::from_pairs(&pairs);
    let fetcher = &ctx.fetcher;
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
    ctx: CalendarContext,
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
            return Err(format!("The file is larger than {}. Export a shorter period.", megabytes(LIMIT)));
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
    match change_feeds(&ctx.kit.db, room.provider.id, change).await {
        Ok(Changed::Done(_)) => Ok(done("calendar")),
        Ok(Changed::Refused) => Err(format!("At most {MOST_FEEDS} calendars are possible. Remove one first.")),
        Ok(Changed::Gone) => Err("Something else changed your calendars at the same time. Try again.".into()),
        Err(error) => Ok(room.fail(error)),
    }
}

/// `POST /provider/availability/calendars/refresh`: reads one calendar, or all, again.
pub(super) async fn refresh_now(ctx: CalendarContext, Body(pairs): Body<Vec<(String, String)>>) -> Response {
    let room = match Room::open(&ctx).await {
        Ok(room) => room,
        Err(response) => return response,
    };
    let form = Form::from_pairs(&pairs);
    match refresh(&ctx.kit.db, &ctx.fetcher, room.provider.id, ctx.now, Some(form.get("id"))).await {
        Ok(_) => done("refreshed"),
        Err(error) => room.fail(error),
    }
}

/// `POST /provider/availability/calendars/remove`: what it took is free again.
pub(super) async fn remove(ctx: CalendarContext, Body(pairs): Body<Vec<(String, String)>>) -> Response {
    let room = match Room::open(&ctx).await {
        Ok(room) => room,
        Err(response) => return response,
    };
    let form = Form::from_pairs(&pairs);
    let change = |list: &mut Vec<Feed>| {
        list.retain(|feed| feed.id != form.get("id"));
        true
    };
    match change_feeds(&ctx.kit.db, room.provider.id, change).await {
        Ok(Changed::Done(_)) => done("calendar-removed"),
        Ok(_) => {
            let message = "Something else changed your calendars at the same time. Try again.";
            room.fail(AppError::new(ErrorKind::Conflict, "stale", message))
        }
        Err(error) => room.fail(error),
    }
}
