//! Sending the mails that wait, over SMTP.
//!
//! Every mail is taken by a mail server at least once or given up in sight of the admin; none is lost. That it arrives
//! once only cannot be promised: when the line breaks after the text and before the server's "250", nobody can know
//! whether the server has taken it (RFC 5321, 4.5.3.2.6 and RFC 1047). It is then sent again under the same `Message-ID`,
//! by which mailboxes that look at it show one.

pub mod message;
pub mod server;
pub mod session;

use std::time::{Duration, Instant};

use lettre::message::Mailbox;
use tokio_util::sync::CancellationToken;

use self::server::MailServer;
use self::session::{Failure, Session};
use super::model::{Claimed, Mail};
use super::store;
use crate::domain::backoff;
use crate::ids;
use crate::time::Timestamp;
use crate::web::db::Db;

/// The most mails of one call; whoever calls comes back for the rest.
const MOST: usize = 500;
/// How long one step of a conversation with the server may take.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// For how long a mail is taken on: longer than all steps of its conversation together.
const LEASE_MINUTES: i64 = 10;
/// A mail that leaves later than so long after it was written is asked first whether it is still true.
const LATE_MINUTES: i64 = 5;
/// How many minutes after each failure a mail is tried again. After the last, almost five days, it is given up, as
/// RFC 5321 (4.5.4.1) asks for.
const WAITS_MINUTES: [i64; 10] = [1, 5, 30, 120, 360, 720, 1440, 1440, 1440, 1440];

/// What sending needs.
#[derive(Clone, Copy, Debug)]
pub struct Sender<'a> {
    /// The database.
    pub db: &'a Db,
    /// The mail server; without one mails are only kept.
    pub server: Option<&'a MailServer>,
    /// Who writes the mails.
    pub from: &'a Mailbox,
    /// Cancelled when the server is about to stop: then no more mails are taken on.
    pub draining: &'a CancellationToken,
    /// How long one step of a conversation with the server may take; [`PATIENCE`] at most.
    pub patience: Duration,
}

/// Sends the mails that are due, and says how many went out. Without a mail server they are kept instead. Of a mail that
/// leaves late, `is_worth_sending` is asked first.
///
/// # Errors
/// When the database fails. A mail server that is away is no error: its mails are tried again later.
pub async fn drain<F>(sender: Sender<'_>, now: Timestamp, is_worth_sending: F) -> mongodb::error::Result<usize>
where
    F: AsyncFn(&Db, &Mail, Timestamp) -> mongodb::error::Result<bool>,
{
    let db = sender.db;
    if sender.server.is_none() {
        store::keep_all(db).await?;
        return Ok(0);
    }
    let began = Instant::now();
    let mut line = Line { sender, session: None };
    let mut sent = 0;
    for _ in 0..MOST {
        if sender.draining.is_cancelled() {
            break;
        }
        let now = passed(now, began);
        let Some(mail) = store::claim(db, now, now.plus_minutes(LEASE_MINUTES)).await? else {
            break;
        };
        if mail.mail.expires_at.is_some_and(|end| end <= now) {
            store::give_up(db, &mail, "It was not worth sending any more when it could be sent.", now).await?;
            continue;
        }
        let late = now > mail.mail.at.plus_minutes(LATE_MINUTES);
        if late && !is_worth_sending(db, &mail.mail, now).await? {
            store::drop_stale(db, &mail).await?;
            continue;
        }
        let outcome = line.send(&mail).await;
        let now = passed(now, began);
        match &outcome {
            Ok(()) => {
                sent += 1;
                if !store::sent(db, &mail, now).await? {
                    tracing::warn!(mail = mail.mail.key, "a mail was sent after its lease, and perhaps twice");
                }
            }
            Err(failure) => note(db, &mail, failure, now).await?,
        }
        // The server itself is in trouble: the others keep their turn for another time.
        if matches!(outcome, Err(Failure::Away(_))) {
            break;
        }
    }
    line.close().await;
    Ok(sent)
}

/// Writes what came of a mail that was not sent.
async fn note(db: &Db, mail: &Claimed, failure: &Failure, now: Timestamp) -> mongodb::error::Result<()> {
    let wait_seconds = if matches!(failure, Failure::Refused(_)) { None } else { wait_seconds(mail.tries, chance()) };
    let (kind, tries, why) = (mail.mail.kind.name(), mail.tries, failure.message());
    match wait_seconds {
        Some(seconds) => {
            tracing::warn!(kind, tries, why, seconds, "a mail could not be sent; it is tried again");
            store::again(db, mail, why, Timestamp(now.0 + 1000 * seconds), now).await?;
        }
        None => {
            tracing::error!(kind, tries, why, "a mail was given up");
            store::give_up(db, mail, why, now).await?;
        }
    }
    Ok(())
}

/// How many seconds to wait after that many tries, and by chance up to a fifth more; nothing when it is enough.
fn wait_seconds(tries: i64, chance: u32) -> Option<i64> {
    let minutes = WAITS_MINUTES.get(usize::try_from(tries - 1).ok()?)?;
    Some(backoff::between(minutes * 60, minutes * 72, chance))
}

fn chance() -> u32 {
    let mut bytes = [0; 4];
    ids::fill(&mut bytes);
    u32::from_le_bytes(bytes)
}

/// The marketplace's clock does not tick while we wait for a server; ours does.
fn passed(now: Timestamp, began: Instant) -> Timestamp {
    Timestamp(now.0.saturating_add(i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX)))
}

/// The line to the server, opened for the first mail and used for all.
struct Line<'a> {
    sender: Sender<'a>,
    session: Option<Session>,
}

impl Line<'_> {
    async fn send(&mut self, mail: &Claimed) -> Result<(), Failure> {
        let message = message::build(&mail.mail, self.sender.from).map_err(Failure::Refused)?;
        let mut session = match self.session.take() {
            Some(session) => session,
            None => Session::open(self.sender.server, self.sender.patience.min(PATIENCE)).await?,
        };
        let outcome = session.send(&message).await;
        // A line that broke or that nobody answered on is not used again: an answer that comes late would be taken for
        // the next mail's.
        let good = match &outcome {
            Ok(()) => true,
            Err(Failure::Away(_)) => false,
            Err(_) => session.reset().await,
        };
        self.session = good.then_some(session);
        outcome
    }

    async fn close(&mut self) {
        if let Some(session) = self.session.take() {
            session.close().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_from_a_minute_to_a_day_and_end_after_almost_five_days() {
        let waits: Vec<i64> = (1..).map_while(|tries| wait_seconds(tries, 0)).collect();
        assert_eq!(&waits[..4], [60, 300, 1800, 7200]);
        assert!(waits.is_sorted() && waits.len() == WAITS_MINUTES.len());
        assert!((4 * 86_400..5 * 86_400).contains(&waits.iter().sum::<i64>()));
        assert_eq!((wait_seconds(0, 0), wait_seconds(-1, 0), wait_seconds(i64::MAX, 0)), (None, None, None));
    }

    #[test]
    fn what_failed_together_comes_back_up_to_a_fifth_later() {
        assert_eq!((wait_seconds(1, 0), wait_seconds(1, u32::MAX)), (Some(60), Some(72)));
        assert!((0..=255).all(|chance| (60..=72).contains(&wait_seconds(1, chance << 24).unwrap())));
    }

    #[test]
    fn a_lease_is_longer_than_the_longest_conversation() {
        // Connect, STARTTLS, sign in; sender, recipient, DATA, text; and starting again after a refusal.
        assert!(8 * PATIENCE < Duration::from_secs(60 * LEASE_MINUTES.unsigned_abs()));
    }
}
