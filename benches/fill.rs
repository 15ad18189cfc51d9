//! Fills the databases of `make bench` through the program's own rules and models, and runs their `mongod`.

use std::error::Error;
use std::io::Write;
use std::path::Path;

use gigsta::account::model::{ACCOUNTS, Account};
use gigsta::account::password::Passwords;
use gigsta::booking::machine::aggregate::{Area, NewBooking, Party, Place, Point, PriceTerms, Service};
use gigsta::booking::machine::{Actor, Ask, Booking, Facts, Inputs, Role, TABLE, decide, history};
use gigsta::booking::model::{BOOKINGS, BookingDocument};
use gigsta::money::Currency;
use gigsta::server::managed::Managed;
use gigsta::server::seed::DEMO_PASSWORD;
use gigsta::time::Timestamp;
use gigsta::web::db::Db;
use mongodb::bson::oid::ObjectId;
use mongodb::bson::{Document, doc, serialize_to_document};
use tokio::io::AsyncReadExt;

type Problem = Box<dyn Error + Send + Sync>;

/// So many bookings travel at once.
const BATCH: u32 = 1000;
/// How every id of something generated begins: in front of its kind and its number.
const MARK: &[u8; 5] = b"bench";
const ZONE: &str = "Pacific/Auckland";

const USAGE: &str = "fill mongod FOLDER               runs a mongod until its input ends
fill people URI DB COUNT         so many customers and providers, with the demo's password
fill bookings URI DB COUNT PEOPLE ours|lean|more   bookings in progress, in place of those generated before;
                                 lean without what only our worker needs, more beside those generated before
fill copy URI DB OTHER NAME      a collection of one database in place of another's
`make bench` calls it.";

#[tokio::main]
async fn main() -> Result<(), Problem> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["mongod", folder] => mongod(Path::new(folder)).await,
        ["people", uri, db, count] => people(&Db::connect(uri, db).await?, count.parse()?).await,
        ["bookings", uri, db, count, people, kind] => {
            bookings(&Db::connect(uri, db).await?, count.parse()?, people.parse()?, kind).await
        }
        ["copy", uri, db, other, name] => copy(&Db::connect(uri, db).await?, other, name).await,
        _ => {
            println!("{USAGE}");
            Ok(())
        }
    }
}

/// Runs the same `mongod` that the program would, says where it is, and stops it when nobody listens any more.
async fn mongod(folder: &Path) -> Result<(), Problem> {
    let managed = Managed::start(folder).await?;
    let pid = managed.pid().ok_or_else(|| format!("A mongod of before still runs in {}. End it.", folder.display()))?;
    println!("{}\t{pid}", managed.uri());
    std::io::stdout().flush()?;
    let mut rest = Vec::new();
    tokio::io::stdin().read_to_end(&mut rest).await?;
    Ok(managed.stop().await?)
}

/// The id of the one of that kind and number.
fn id(kind: u8, number: u32) -> ObjectId {
    let mut bytes = [kind; 12];
    bytes[..5].copy_from_slice(MARK);
    bytes[6..8].fill(0);
    bytes[8..].copy_from_slice(&number.to_be_bytes());
    ObjectId::from_bytes(bytes)
}

/// Prints the address of each, customers first.
async fn people(db: &Db, count: u32) -> Result<(), Problem> {
    let password_hash = Passwords::default().hash(DEMO_PASSWORD.into()).await?;
    let mut accounts = Vec::new();
    for (kind, name) in [(b'c', "customer"), (b'p', "provider")] {
        for number in 0..count {
            let email = format!("bench-{name}-{number}@demo.test");
            println!("{email}");
            accounts.push(Account {
                id: id(kind, number),
                email,
                name: party(kind, number).name,
                password_hash: password_hash.clone(),
                is_admin: false,
                email_verified: true,
                phone: Some("+64 21 555 0142".into()),
                address: Some("12 Tory Street, Te Aro, Wellington 6011".into()),
                place: None,
                zone: ZONE.into(),
                created_at: Timestamp::now(),
            });
        }
    }
    let ids: Vec<ObjectId> = accounts.iter().map(|account| account.id).collect();
    db.collection::<Account>(ACCOUNTS).delete_many(doc! { "_id": { "$in": ids } }).await?;
    db.collection::<Account>(ACCOUNTS).insert_many(accounts).await?;
    Ok(())
}

/// Prints for each its id, its version, and the numbers of its customer and its provider, with tabs between them.
async fn bookings(db: &Db, count: u32, people: u32, kind: &str) -> Result<(), Problem> {
    let collection = db.collection::<Document>(BOOKINGS);
    if kind != "more" {
        let generated = doc! { "_id": { "$gte": id(b'b', 0), "$lt": id(b'b' + 1, 0) } };
        collection.delete_many(generated).await?;
    }
    let now = Timestamp::now();
    // Other ids than those before: what was already done for those must not count for these.
    let generation = u16::try_from(now.0 / 1000 % 0xffff)?;
    let mut batch = Vec::new();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for number in 0..count {
        let mut bytes = id(if kind == "more" { b'm' } else { b'b' }, number).bytes();
        bytes[6..8].copy_from_slice(&generation.to_be_bytes());
        let (id, customer, provider) = (ObjectId::from_bytes(bytes), number % people, number / people % people);
        let booking = in_progress(id, party(b'c', customer), party(b'p', provider), now)?;
        writeln!(out, "{}\t{}\t{customer}\t{provider}", booking.id, booking.version)?;
        let mut document = BookingDocument::new(booking, Vec::new(), Vec::new())?;
        // All of its past has been told: the worker has nothing to do with it now.
        document.wake_at = document.next_due_at;
        let mut document = serialize_to_document(&document)?;
        if kind == "lean" {
            for field in ["outbox", "commands", "work", "cells", "wake_at"] {
                document.remove(field);
            }
        }
        batch.push(document);
        if batch.len() == BATCH as usize || number + 1 == count {
            collection.insert_many(std::mem::take(&mut batch)).ordered(false).await?;
        }
    }
    Ok(out.flush()?)
}

fn party(kind: u8, number: u32) -> Party {
    let name = if kind == b'c' { "Aroha Ngata" } else { "Hemi Walker" };
    Party { id: id(kind, number).to_hex(), name: format!("{name} {number}") }
}

/// A booking that was asked for, accepted and begun, by the machine itself.
fn in_progress(id: ObjectId, customer: Party, provider: Party, now: Timestamp) -> Result<Booking, Problem> {
    const QUARTER: i64 = 15 * 60_000;
    let starts_at = Timestamp(now.0.div_euclid(QUARTER) * QUARTER).plus_hours(-1);
    let point = Point { lat_e6: -41_293_900, lng_e6: 174_781_200 };
    let place = Place { label: "12 Tory Street, Te Aro, Wellington".into(), point, region: "NZ-WGN".into() };
    let service = Service {
        id: self::id(b's', 0).to_hex(),
        title: "Hot water cylinder check".into(),
        price: PriceTerms::Fixed { amount_cents: 14_000 },
        buffer_before_minutes: 15,
        buffer_after_minutes: 15,
        lead_time_minutes: 120,
        notice_minutes: 24 * 60,
        instant: false,
        holds_requests: true,
        answer_hours: 24,
        area: Some(Area { center: point, radius_km: 35 }),
        regions: Vec::new(),
    };
    let by_customer = Actor { role: Role::Customer, id: customer.id.clone(), name: customer.name.clone() };
    let by_provider = Actor { role: Role::Provider, id: provider.id.clone(), name: provider.name.clone() };
    let new = NewBooking {
        id: id.to_hex(),
        reference: format!("GS-{id}"),
        customer,
        provider,
        service,
        place,
        details: "The water is only warm in the morning, and the valve above the cylinder drips into the cupboard."
            .into(),
        photos: Vec::new(),
        zone: ZONE.into(),
        currency: Currency::Nzd,
        starts_at,
        ends_at: starts_at.plus_hours(4),
    };
    let mut booking = history::draft(new, &by_customer, starts_at.plus_hours(-72));
    let steps = [
        ("request", &by_customer, starts_at.plus_hours(-71)),
        ("accept", &by_provider, starts_at.plus_hours(-70)),
        ("start", &by_provider, starts_at),
    ];
    for (action, actor, now) in steps {
        let row = TABLE.row(action).ok_or("There is no such action.")?;
        let ask = Ask { booking: &booking, actor, row, inputs: &Inputs::default(), facts: &Facts::good(), now };
        let transition = decide(&ask).map_err(|denials| format!("The machine denies {action}: {denials:?}"))?;
        booking = transition.applied_to(&booking);
    }
    Ok(booking)
}

async fn copy(db: &Db, other: &str, name: &str) -> Result<(), Problem> {
    let out = doc! { "$out": { "db": other, "coll": name } };
    db.collection::<Document>(name).aggregate([out]).await?;
    Ok(())
}
