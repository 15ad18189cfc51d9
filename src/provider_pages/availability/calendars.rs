//! Other calendars: added by file or by address, read again, removed.

use axum::Form as Body;
use axum::extract::Multipart;
use axum::extract::multipart::MultipartRejection;
use axum::response::Response;
use mongodb::bson::oid::ObjectId;

use super::CalendarContext;
use super::shown::Shown;
use super::{done, refuse};
use crate::domain::limit::{megabytes, sentence};
use crate::error::{AppError, ErrorKind};
use crate::provider::calendars::{Changed, change_feeds, fetch, parse, refresh};
use crate::provider::feed::{Feed, MOST_FEEDS};
use crate::provider::fetch::{MAX_BYTES, READS_AN_HOUR};
use crate::provider::guard::OwnProvider;
use crate::provider::ics;
use crate::provider::model::Provider;
use crate::ui::form::Form;
use crate::web::context::RequestContext;

/// The longest name, in characters.
const MAX_NAME_CHARACTERS: usize = 60;
/// The calendars changed under what was to be done.
const BUSY: &str = "Something else changed your calendars at the same time. Try again.";

/// `POST /provider/availability/calendars`: a calendar by its address. It is kept only if it can be read.
pub(super) async fn add(
    ctx: CalendarContext,
    own: OwnProvider,
    Body(pairs): Body<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    count_read(&ctx, &own)?;
    let form = Form::from_pairs(&pairs);
    let read = read_address(&ctx, &own.provider, form.get("url")).await;
    keep(&ctx, &own, read, form, "url").await
}

/// Counts a calendar before it is read: 429 after too many.
fn count_read(ctx: &CalendarContext, own: &OwnProvider) -> Result<(), AppError> {
    let too_many = |seconds: u32| {
        let message = sentence!("Calendars can be read ", READS_AN_HOUR, " times in an hour. Try again later.");
        AppError::too_many(message, seconds)
    };
    ctx.fetcher.count_read(own.provider.id, ctx.now).map_err(too_many)
}

async fn read_address(ctx: &CalendarContext, provider: &Provider, typed: &str) -> Result<Feed, String> {
    let url = ctx.fetcher.read_url(typed)?;
    let name = url.host_str().unwrap_or("calendar").to_owned();
    let calendar = fetch(&ctx.fetcher, url.as_str(), &provider.zone, ctx.now).await?;
    Ok(feed(ctx, name, Some(url.to_string()), calendar))
}

/// `POST /provider/availability/files`: a calendar as a file, in place of an earlier file of the same name.
pub(super) async fn upload(
    ctx: CalendarContext,
    own: OwnProvider,
    multipart: Result<Multipart, MultipartRejection>,
) -> Result<Response, AppError> {
    count_read(&ctx, &own)?;
    let read = read_file(&ctx, &own.provider, multipart).await;
    keep(&ctx, &own, read, Form::default(), "file").await
}

async fn read_file(
    ctx: &CalendarContext,
    provider: &Provider,
    multipart: Result<Multipart, MultipartRejection>,
) -> Result<Feed, String> {
    let multipart = multipart.map_err(|_| "Choose a file first.")?;
    let (name, text) = file_of(multipart).await?;
    let calendar = parse(text, provider.zone.clone(), ctx.now).await?;
    Ok(feed(ctx, name, None, calendar))
}

/// The name and the text of the one file.
async fn file_of(mut multipart: Multipart) -> Result<(String, String), String> {
    let broken = |_| "The file did not arrive whole. Send it again.".to_owned();
    while let Some(field) = multipart.next_field().await.map_err(broken)? {
        if field.name() != Some("file") {
            continue;
        }
        let name: String = field.file_name().unwrap_or_default().trim().chars().take(MAX_NAME_CHARACTERS).collect();
        let bytes = field.bytes().await.map_err(broken)?;
        if bytes.is_empty() {
            break;
        }
        if bytes.len() > MAX_BYTES {
            return Err(format!("The file is larger than {}. Export a shorter period.", megabytes(MAX_BYTES)));
        }
        let text = String::from_utf8(bytes.to_vec());
        let text = text.map_err(|_| "This is no calendar file. Choose a file that ends in .ics.".to_owned())?;
        return Ok((if name.is_empty() { "calendar.ics".into() } else { name }, text));
    }
    Err("Choose a file first. It ends in .ics.".into())
}

/// A calendar as it is kept.
fn feed(ctx: &RequestContext, name: String, url: Option<String>, calendar: ics::Calendar) -> Feed {
    let mut feed = Feed { id: ObjectId::new().to_hex(), name, url, ..Feed::default() };
    feed.take(Ok(calendar), ctx.now);
    feed
}

/// Keeps a calendar that could be read; shows the form again if it could not, or if there are too many.
async fn keep(
    ctx: &RequestContext,
    own: &OwnProvider,
    read: Result<Feed, String>,
    mut form: Form,
    field: &'static str,
) -> Result<Response, AppError> {
    let problem = match read {
        Ok(feed) => match put(ctx, &own.provider, &feed).await? {
            None => return Ok(done("calendar")),
            Some(problem) => problem,
        },
        Err(problem) => problem,
    };
    form.problem(field, "bad_calendar", problem);
    refuse(ctx, own, Shown { typed_calendar: form, ..Shown::default() }).await
}

/// Writes a calendar, in place of the same one if there is one; gives the reason, for people, if that is not possible.
async fn put(ctx: &RequestContext, provider: &Provider, feed: &Feed) -> Result<Option<String>, AppError> {
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
    Ok(match change_feeds(&ctx.kit.db, provider.id, change).await? {
        Changed::Done(_) => None,
        Changed::Refused => Some(format!("At most {MOST_FEEDS} calendars are possible. Remove one first.")),
        Changed::Gone => Some(BUSY.into()),
    })
}

/// `POST /provider/availability/calendars/refresh`: reads one calendar, or all, again.
pub(super) async fn refresh_now(
    ctx: CalendarContext,
    own: OwnProvider,
    Body(pairs): Body<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    count_read(&ctx, &own)?;
    let form = Form::from_pairs(&pairs);
    refresh(&ctx.kit.db, &ctx.fetcher, own.provider.id, ctx.now, Some(form.get("id"))).await?;
    Ok(done("refreshed"))
}

/// `POST /provider/availability/calendars/remove`: what it took is free again.
pub(super) async fn remove(
    ctx: CalendarContext,
    own: OwnProvider,
    Body(pairs): Body<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let form = Form::from_pairs(&pairs);
    let change = |list: &mut Vec<Feed>| {
        list.retain(|feed| feed.id != form.get("id"));
        true
    };
    match change_feeds(&ctx.kit.db, own.provider.id, change).await? {
        Changed::Done(_) => Ok(done("calendar-removed")),
        _ => Err(AppError::new(ErrorKind::Conflict, "stale", BUSY)),
    }
}
