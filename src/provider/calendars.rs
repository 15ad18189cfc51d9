//! Other calendars of a provider: fetched, read, kept, and read again.

use std::collections::BTreeMap;

use futures::future::join_all;
use mongodb::bson::oid::ObjectId;

use super::feed::Feed;
use super::fetch::Fetcher;
use super::model::Provider;
use super::{hours_store, ics, store};
use crate::time::Timestamp;
use crate::web::db::Db;

/// How often a change is tried that others disturb.
const TRIES: u32 = 5;
/// A calendar is not fetched again within this many minutes, however often somebody presses the button.
const REST_MINUTES: i64 = 1;

/// Reads a provider's calendars again: those that are due, or the one of that id whether due or not. The fresh provider, if
/// there is one. Calendars that cannot be read keep what they had and say why.
///
/// # Errors
/// When the database fails.
pub async fn refresh(
    db: &Db,
    fetcher: &Fetcher,
    provider: ObjectId,
    now: Timestamp,
    only: Option<&str>,
) -> mongodb::error::Result<Option<Provider>> {
    let Some(found) = store::find(db, provider).await? else {
        return Ok(None);
    };
    let wanted = |feed: &&Feed| match only {
        Some(id) => feed.id == id && feed.url.is_some() && feed.tried_at.plus_minutes(REST_MINUTES) <= now,
        None => feed.is_due(now),
    };
    let reads = found.feeds.list.iter().filter(wanted).map(async |feed| {
        let url = feed.url.clone().unwrap_or_default();
        (feed.id.clone(), fetch(fetcher, &url, &found.zone, now).await)
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
    Ok(match change_feeds(db, provider, change).await? {
        Changed::Done(fresh) => Some(*fresh),
        Changed::Refused | Changed::Gone => None,
    })
}

/// Fetches a calendar and reads it. What says no is for people.
///
/// # Errors
/// Why it cannot be read, and what to do.
pub async fn fetch(fetcher: &Fetcher, url: &str, zone: &str, now: Timestamp) -> Result<ics::Calendar, String> {
    // Checked again each time: what is allowed may have become stricter since it was stored.
    let text = fetcher.text(fetcher.read_url(url)?).await?;
    parse(text, zone.to_owned(), now).await
}

/// Reads a calendar off the threads that serve others: a large one takes a while. One that breaks the reader is broken.
///
/// # Errors
/// Why it cannot be read, and what to do.
pub async fn parse(text: String, zone: String, now: Timestamp) -> Result<ics::Calendar, String> {
    let read = tokio::task::spawn_blocking(move || ics::read(&text, &zone, now));
    read.await.unwrap_or_else(|_| Err("This calendar cannot be read. Export it again, or a shorter period.".into()))
}

/// How a change of the calendars went.
#[derive(Debug)]
pub enum Changed {
    /// It is written; the provider as they are now.
    Done(Box<Provider>),
    /// The change itself said no.
    Refused,
    /// The provider is gone, or others change the calendars all the time.
    Gone,
}

/// Changes the list of calendars, again if somebody else was faster by a moment.
///
/// # Errors
/// When the database fails.
pub async fn change_feeds(
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
