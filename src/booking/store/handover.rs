//! From a write to this process's own worker: a booking that an action has just written is leased by that same write, so
//! that what follows needs no look for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Mutex;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::work::Lease;

/// So many bookings wait here at most; what is written meanwhile is leased as ever. The worker's tasks take much less than a
/// lease's length for these.
const MOST_WAITING: usize = 64;

/// Where bookings are handed over. Closed until [`open`](Self::open): then whoever is first to look takes them on.
#[derive(Clone, Debug)]
pub struct Handover {
    is_open: Arc<AtomicBool>,
    sender: Sender<Lease>,
    receiver: Arc<Mutex<Receiver<Lease>>>,
}

/// Room for one booking.
#[derive(Debug)]
pub struct Room<'a>(tokio::sync::mpsc::Permit<'a, Lease>);

impl Room<'_> {
    /// Hands a booking over.
    pub fn put(self, lease: Lease) {
        self.0.send(lease);
    }
}

impl Default for Handover {
    fn default() -> Self {
        let (sender, receiver) = channel(MOST_WAITING);
        Self { is_open: Arc::default(), sender, receiver: Arc::new(Mutex::new(receiver)) }
    }
}

impl Handover {
    /// Room for one booking; none while nobody here takes them on, or too many wait.
    pub fn room(&self) -> Option<Room<'_>> {
        let is_open = self.is_open.load(Ordering::Relaxed);
        self.sender.try_reserve().ok().filter(|_| is_open).map(Room)
    }

    /// Somebody takes on from now what is handed over.
    pub fn open(&self) {
        self.is_open.store(true, Ordering::Relaxed);
    }

    /// Nothing more is handed over. What waits is left for [`waiting`](Self::waiting).
    pub fn close(&self) {
        self.is_open.store(false, Ordering::Relaxed);
    }

    /// The next booking: waits for it.
    pub async fn take(&self) -> Lease {
        match self.receiver.lock().await.recv().await {
            Some(lease) => lease,
            // It ends only with its sender, and that lives here.
            None => std::future::pending().await,
        }
    }

    /// The next booking, if one waits.
    pub async fn waiting(&self) -> Option<Lease> {
        self.receiver.lock().await.try_recv().ok()
    }
}
