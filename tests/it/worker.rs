//! What happens by itself, on a real MongoDB, with the tests' own time.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use futures::TryStreamExt;
use gigsta::booking::delivery::Delivery;
use gigsta::booking::machine::outbox::{Addressee, OutboxEntry};
use gigsta::booking::machine::{Booking, TABLE};
use gigsta::booking::model::{BOOKINGS, BookingDocument};
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use gigsta::worker::step::{Effects, Killed, Point, Stepped, Worker};
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc};

mod clocks;
mod crowd;
mod kill;
mod leases;
mod process;
mod trouble;

/// Where deliveries are noted, one document for each key and person.
const RECORDED: &str = "recorded";

/// An effects that notes what it is told to do, fails for one booking, and kills its worker at one point.
pub struct Recorder {
    db: Db,
    fails_for: Mutex<Option<String>>,
    kill_at: Option<(Point, usize)>,
    reached: AtomicUsize,
    dead: AtomicBool,
}

impl Effects for Recorder {
    async fn deliver(
        &self,
        booking: &Booking,
        entry: &OutboxEntry,
        now: Timestamp,
    ) -> mongodb::error::Result<Delivery> {
        if self.fails_for.lock().unwrap().as_ref() == Some(&booking.id) {
            return Err(mongodb::error::Error::custom("the post office is shut".to_owned()));
        }
        let id = format!("{} {}", entry.key, entry.to.as_ref().map_or("", Addressee::as_str));
        let note = doc! {
            "$inc": { "calls": 1_i64 },
            "$set": { "kind": entry.kind.name(), "action_name": &entry.action_name, "at": entry.at.0, "done_at": now.0 },
        };
        self.db.collection::<Document>(RECORDED).update_one(doc! { "_id": id }, note).upsert(true).await?;
        Ok(Delivery::Done)
    }

    fn jitter(&self) -> u32 {
        7
    }

    fn reached(&self, point: Point) -> Result<(), Killed> {
        let Some((deadly, nth)) = self.kill_at.filter(|(deadly, _)| *deadly == point) else {
            return Ok(());
        };
        assert_eq!(deadly, point);
        if self.reached.fetch_add(1, Ordering::Relaxed) == nth {
            self.dead.store(true, Ordering::Relaxed);
            return Err(Killed);
        }
        Ok(())
    }
}

/// A worker with such an effects.
pub fn worker(db: &Db) -> Worker<Recorder> {
    killed_at(db, None)
}

pub fn killed_at(db: &Db, kill_at: Option<(Point, usize)>) -> Worker<Recorder> {
    let (reached, dead) = (AtomicUsize::new(0), AtomicBool::new(false));
    let effects = Recorder { db: db.clone(), fails_for: Mutex::new(None), kill_at, reached, dead };
    Worker { db: db.clone(), table: TABLE, metrics: Arc::default(), effects }
}

/// Works until nothing is due or the worker is dead, and says how many bookings it looked at.
pub async fn drain(worker: &Worker<Recorder>, now: Timestamp) -> usize {
    for count in 0.. {
        if !matches!(worker.step(now).await.unwrap(), Stepped::Worked(_)) {
            return count;
        }
    }
    unreachable!()
}

/// What was noted: `(kind, action, when, how often)`, in order of its key.
pub async fn recorded(db: &Db) -> Vec<(String, String, Timestamp, i64)> {
    let found = db.collection::<Document>(RECORDED).find(doc! {}).sort(doc! { "_id": 1 }).await.unwrap();
    let found: Vec<Document> = found.try_collect().await.unwrap();
    let text = |document: &Document, name: &str| document.get_str(name).unwrap().to_owned();
    let note = |document: &Document| {
        let (at, calls) = (document.get_i64("done_at").unwrap(), document.get_i64("calls").unwrap());
        (text(document, "kind"), text(document, "action_name"), Timestamp(at), calls)
    };
    found.iter().map(note).collect()
}

pub async fn stored(db: &Db, id: &str) -> BookingDocument {
    let id = ObjectId::parse_str(id).unwrap();
    db.collection::<BookingDocument>(BOOKINGS).find_one(doc! { "_id": id }).await.unwrap().unwrap()
}
