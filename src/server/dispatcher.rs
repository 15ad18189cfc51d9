//! The outside of the real marketplace: who does what an entry of the outbox asks for.

use crate::booking::delivery::Delivery;
use crate::booking::machine::Booking;
use crate::booking::machine::outbox::{OutboxEntry, OutboxKind};
use crate::notice::deliver::deliver;
use crate::review::ratings;
use crate::server::state::AppState;
use crate::time::Timestamp;
use crate::worker::step::Effects;

/// The marketplace itself.
#[derive(Clone)]
pub struct EffectDispatcher(pub AppState);

impl Effects for EffectDispatcher {
    async fn deliver(
        &self,
        booking: &Booking,
        entry: &OutboxEntry,
        now: Timestamp,
    ) -> mongodb::error::Result<Delivery> {
        // An entry stays in the outbox until its booking says otherwise, after these writes.
        let (db, site) = (&self.0.db.following(), &self.0.site);
        match entry.kind {
            OutboxKind::Notice | OutboxKind::Reminder => deliver(db, site, booking, entry, now).await,
            OutboxKind::InviteReviews => {
                // A completed booking counts, whether or not anybody reviews it.
                ratings::update(db, booking).await?;
                deliver(db, site, booking, entry, now).await
            }
            OutboxKind::UpdateRatings | OutboxKind::Strike => {
                ratings::update(db, booking).await.map(|()| Delivery::Done)
            }
            // Nothing is paid through the marketplace yet: the entries say what a payment service will have to do.
            OutboxKind::AuthorisePayment | OutboxKind::SettlePayment => Ok(Delivery::Done),
        }
    }

    fn jitter(&self) -> u32 {
        getrandom::u32().unwrap_or_default()
    }
}
