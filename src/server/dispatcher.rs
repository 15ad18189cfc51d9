//! The outside of the real marketplace: who does what an entry of the outbox asks for.

use crate::booking::delivery::Told;
use crate::booking::machine::Booking;
use crate::booking::machine::effects::OutboxEntry;
use crate::notice::tell::tell;
use crate::review::ratings;
use crate::server::state::AppState;
use crate::time::Timestamp;
use crate::worker::step::Outside;

/// The marketplace itself.
#[derive(Clone)]
pub struct Market(pub AppState);

impl Outside for Market {
    async fn deliver(&self, booking: &Booking, entry: &OutboxEntry, now: Timestamp) -> mongodb::error::Result<Told> {
        match entry.kind.as_str() {
            "notice" | "reminder" => tell(&self.0.db, &self.0.site, booking, entry, now).await,
            "invite_reviews" => {
                // A completed booking counts, whether or not anybody reviews it.
                ratings::update(&self.0.db, booking).await?;
                tell(&self.0.db, &self.0.site, booking, entry, now).await
            }
            "update_ratings" | "strike" => ratings::update(&self.0.db, booking).await.map(|()| Told::Done),
            // Nothing is paid through the marketplace yet: the entries say what a payment service will have to do.
            "authorise_payment" | "settle_payment" => Ok(Told::Done),
            unknown => Err(mongodb::error::Error::custom(format!("There is no {unknown:?} to do."))),
        }
    }

    fn jitter(&self) -> u32 {
        getrandom::u32().unwrap_or_default()
    }
}
