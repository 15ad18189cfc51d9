//! Many generated providers and services, so that searches can be tried as they will be. The same at every time, because
//! everything follows from a number; their ids begin alike, so that all of them can be removed again.

mod invent;
mod trades;

use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Bson, Document, doc, serialize_to_document};

use crate::booking::model::SLOT_CLAIMS;
use crate::catalogue::model::SERVICES;
use crate::catalogue::store as catalogue_store;
use crate::provider::model::PROVIDERS;
use crate::server::serve::Problem;
use crate::time::Timestamp;
use crate::web::db::Db;

/// How every id of something generated begins: in front of its kind and its number.
const MARK: [u8; 3] = [0x5c, 0xa1, 0xe0];
/// So many documents travel at once.
const BATCH: usize = 2000;

/// What is generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Provider = 1,
    Service = 2,
    Booking = 3,
}

impl Kind {
    /// The id of the one with that number.
    fn id(self, number: u64) -> ObjectId {
        let mut bytes = [0; 12];
        bytes[..3].copy_from_slice(&MARK);
        bytes[3] = self as u8;
        bytes[4..].copy_from_slice(&number.to_be_bytes());
        ObjectId::from_bytes(bytes)
    }

    /// The ids of all of the kind.
    fn ids(self) -> (ObjectId, ObjectId) {
        (self.id(0), self.id(u64::MAX))
    }
}

/// Puts that many services, and a fifth as many providers with their claimed times, in place of those generated before.
///
/// # Errors
/// When the database fails, or `print` does.
pub async fn fill(
    db: &Db,
    now: Timestamp,
    services: u32,
    print: impl Fn(&str) -> Result<(), Problem>,
) -> Result<(), Problem> {
    remove(db).await?;
    print("The generated services of before, if any, are gone.")?;
    if services == 0 {
        return Ok(());
    }
    let providers = u64::from(services.div_ceil(5));
    let world = invent::World::new(now, providers);
    let mut claims = Vec::new();
    let mut batch = Vec::new();
    for number in 0..providers {
        let provider = world.provider(number);
        claims.extend(world.claims(number, &provider));
        batch.push(serialize_to_document(&provider)?);
        put(db, PROVIDERS, &mut batch, number + 1 == providers).await?;
        put(db, SLOT_CLAIMS, &mut claims, number + 1 == providers).await?;
    }
    print(&format!("{providers} providers are there."))?;
    let services = u64::from(services);
    for number in 0..services {
        batch.push(catalogue_store::stored(&world.service(number))?);
        put(db, SERVICES, &mut batch, number + 1 == services).await?;
        if (number + 1).is_multiple_of(20_000) || number + 1 == services {
            print(&format!("{} of {services} services are there.", number + 1))?;
        }
    }
    Ok(())
}

/// Writes a batch once it is full, or what is left at the end.
async fn put(db: &Db, collection: &str, batch: &mut Vec<Document>, last: bool) -> mongodb::error::Result<()> {
    if batch.len() >= BATCH || (last && !batch.is_empty()) {
        let all = std::mem::take(batch);
        db.collection::<Document>(collection).insert_many(all).ordered(false).await?;
    }
    Ok(())
}

async fn remove(db: &Db) -> mongodb::error::Result<()> {
    for (collection, kind) in [(SERVICES, Kind::Service), (PROVIDERS, Kind::Provider)] {
        let (first, last) = kind.ids();
        let generated = doc! { "_id": { "$gte": first, "$lte": last } };
        db.collection::<Document>(collection).delete_many(generated).await?;
    }
    // A claim's id begins with its provider's.
    let (first, last) = Kind::Provider.ids();
    let claims = doc! { "_id": { "$gte": first.to_hex(), "$lte": format!("{}:~", last.to_hex()) } };
    db.collection::<Document>(SLOT_CLAIMS).delete_many(claims).await?;
    Ok(())
}

/// A claim on a generated provider's time. There is no booking behind it, so it is one that ends by itself, like a draft's:
/// any other would be given back as nobody's.
fn claim(cell: String, booking: u64, until: Timestamp) -> Document {
    doc! { "_id": cell, "booking": Bson::ObjectId(Kind::Booking.id(booking)), "firm": false, "until": until.0 }
}
