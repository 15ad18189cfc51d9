//! Who listens in this process, and how news reach them. Everything in it is bounded.

mod mailbox;

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use super::news::{News, StreamEvent, What, Why};
use crate::time::Timestamp;
use mailbox::Mailbox;

pub use mailbox::Listener;

/// How many streams one person has at most in one process. One more closes the oldest, because the newest is the one
/// that is surely looked at, and the oldest may belong to a connection that broke silently.
pub const STREAMS: usize = 6;

/// How many changes are remembered for those who connect a moment late.
const REMEMBERED: usize = 2_000;

/// How long a stream may send nothing; then it sends a comment, so that nobody between takes the connection for dead.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// The hub of one process, cheap to clone.
#[derive(Clone, Debug)]
pub struct Hub {
    /// How long a stream may send nothing; then it sends a comment.
    pub heartbeat: Duration,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    started: AtomicBool,
    /// Whether the change stream has been open.
    open: watch::Sender<bool>,
    inside: Mutex<Inside>,
}

#[derive(Debug, Default)]
struct Inside {
    people: HashMap<String, Vec<Arc<Mailbox>>>,
    /// The latest changes, oldest first.
    recent: VecDeque<(Timestamp, News)>,
    /// From when on no change is missing in `recent`.
    whole_since: Timestamp,
}

impl Default for Hub {
    fn default() -> Self {
        Self::new(HEARTBEAT)
    }
}

impl Hub {
    /// A hub whose quiet streams say something once every `heartbeat`.
    pub fn new(heartbeat: Duration) -> Self {
        let inside = Mutex::default();
        let shared = Shared { started: AtomicBool::new(false), open: watch::Sender::new(false), inside };
        Self { heartbeat, shared: Arc::new(shared) }
    }

    /// Whether nobody has begun to follow the database yet; says so once only.
    pub(super) fn begin(&self) -> bool {
        !self.shared.started.swap(true, Ordering::Relaxed)
    }

    /// Waits until nothing can be missed any more.
    pub(super) async fn until_open(&self) {
        // It fails only when the sender is gone, and that lives here.
        _ = self.shared.open.subscribe().wait_for(|open| *open).await;
    }

    /// The change stream is open, and what came before `at` is not known.
    pub(super) fn opened(&self, at: Timestamp) {
        let mut inside = self.inside();
        inside.recent.clear();
        inside.whole_since = at;
        inside.everyone().for_each(|mailbox| mailbox.close(Why::Again));
        self.shared.open.send_replace(true);
    }

    /// Lets everybody know whom it concerns.
    pub(super) fn publish(&self, news: News, at: Timestamp) {
        let mut inside = self.inside();
        if let What::SignedOut { session } = &news.what {
            inside.close(|who| who.session == *session, Why::SignedOut);
        }
        for account in &news.to {
            inside.people.get(account).into_iter().flatten().for_each(|mailbox| mailbox.put(&news));
        }
        if news.admins {
            inside.everyone().filter(|mailbox| mailbox.who.is_admin).for_each(|mailbox| mailbox.put(&news));
        }
        // The clock may jump back; what comes later is never remembered as earlier.
        let at = inside.recent.back().map_or(inside.whole_since, |(last, _)| *last).max(at);
        inside.recent.push_back((at, news));
        if inside.recent.len() > REMEMBERED
            && let Some((lost, _)) = inside.recent.pop_front()
        {
            inside.whole_since = Timestamp(lost.0 + 1);
        }
    }

    /// A stream for somebody whose page is as old as `since`: asked to look again at once if something that concerns them
    /// has changed, or may have.
    pub fn join(&self, who: Listener, since: Timestamp) -> Subscription {
        let mut inside = self.inside();
        let mailbox = Arc::new(Mailbox::new(who));
        let unsure = since < inside.whole_since;
        for (_, news) in inside.recent.iter().rev().take_while(|(at, _)| unsure || *at >= since) {
            mailbox.catch_up(news);
        }
        if unsure {
            mailbox.look();
        }
        let streams = inside.people.entry(mailbox.who.account.clone()).or_default();
        if streams.len() >= STREAMS {
            // It leaves the list now: what is closed does not count.
            streams.remove(0).close(Why::Limit);
        }
        streams.push(mailbox.clone());
        Subscription { hub: self.clone(), mailbox }
    }

    /// Closes the streams of sessions that are over by `now`.
    pub(super) fn end_expired(&self, now: Timestamp) {
        self.inside().close(|who| who.expires_at <= now, Why::SignedOut);
    }

    /// Closes every stream.
    pub(super) fn close(&self, why: Why) {
        self.inside().close(|_| true, why);
    }

    /// How many streams are open.
    pub fn streams(&self) -> usize {
        self.inside().everyone().count()
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.shared.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inside {
    fn everyone(&self) -> impl Iterator<Item = &Arc<Mailbox>> {
        self.people.values().flatten()
    }

    fn close(&self, which: impl Fn(&Listener) -> bool, why: Why) {
        self.everyone().filter(|mailbox| which(&mailbox.who)).for_each(|mailbox| mailbox.close(why));
    }
}

/// One stream's place in the hub; dropping it gives the place up.
#[derive(Debug)]
pub struct Subscription {
    hub: Hub,
    mailbox: Arc<Mailbox>,
}

impl Subscription {
    /// What there is to say, at least one thing: waits for it.
    pub async fn next(&self) -> Vec<StreamEvent> {
        self.mailbox.next().await
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut inside = self.hub.inside();
        let account = &self.mailbox.who.account;
        if let Some(streams) = inside.people.get_mut(account) {
            streams.retain(|mailbox| !Arc::ptr_eq(mailbox, &self.mailbox));
            if streams.is_empty() {
                inside.people.remove(account);
            }
        }
    }
}

#[cfg(test)]
mod tests;
