//! What waits for one stream. It never grows: several changes of one booking are one, and too many are "look again".

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::live::news::{News, StreamEvent, What, Why};
use crate::time::Timestamp;

/// How much waits for a stream before it is only asked to look again.
pub(super) const WAITING: usize = 32;

/// Who listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listener {
    /// The account's id.
    pub account: String,
    /// Whether every booking concerns them.
    pub is_admin: bool,
    /// The SHA-256 of the session's token.
    pub session: String,
    /// When the session ends.
    pub expires_at: Timestamp,
    /// The one booking they look at, if it is one.
    pub booking: Option<String>,
}

#[derive(Debug)]
pub(super) struct Mailbox {
    pub who: Listener,
    waiting: Mutex<Waiting>,
    wake: Notify,
}

#[derive(Debug, Default)]
struct Waiting {
    news: Vec<What>,
    look: bool,
    closed: Option<Why>,
}

impl Mailbox {
    pub fn new(who: Listener) -> Self {
        Self { who, waiting: Mutex::default(), wake: Notify::new() }
    }

    /// Whether the news concern this stream.
    pub fn wants(&self, news: &News) -> bool {
        let same_booking = match (news.what.booking(), &self.who.booking) {
            (Some(about), Some(only)) => about == only,
            _ => true,
        };
        same_booking && (news.to.contains(&self.who.account) || (news.admins && self.who.is_admin))
    }

    /// Puts the news in, if they concern this stream.
    pub fn put(&self, news: &News) {
        if !self.wants(news) {
            return;
        }
        let mut waiting = self.waiting();
        if waiting.look {
            return;
        }
        waiting.news.retain(|other| !news.what.replaces(other));
        waiting.news.push(news.what.clone());
        if waiting.news.len() > WAITING {
            waiting.news.clear();
            waiting.look = true;
        }
        drop(waiting);
        self.wake.notify_one();
    }

    /// The same for news of before the stream began, which arrive as one.
    pub fn catch_up(&self, news: &News) {
        match &news.what {
            What::SignedOut { session } if *session == self.who.session => self.close(Why::SignedOut),
            _ if self.wants(news) => self.look(),
            _ => {}
        }
    }

    pub fn look(&self) {
        self.waiting().look = true;
        self.wake.notify_one();
    }

    pub fn close(&self, why: Why) {
        self.waiting().closed.get_or_insert(why);
        self.wake.notify_one();
    }

    /// Whatever waits, as soon as something does; the end comes last.
    pub async fn next(&self) -> Vec<StreamEvent> {
        loop {
            let events = self.take();
            if !events.is_empty() {
                return events;
            }
            self.wake.notified().await;
        }
    }

    fn take(&self) -> Vec<StreamEvent> {
        let mut waiting = self.waiting();
        let look = std::mem::take(&mut waiting.look).then_some(StreamEvent::Look);
        let news = std::mem::take(&mut waiting.news).into_iter().map(StreamEvent::News);
        news.chain(look).chain(waiting.closed.map(StreamEvent::Close)).collect()
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
