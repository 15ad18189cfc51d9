//! The people of the demo.

use mongodb::bson::oid::ObjectId;

use super::jobs;
use super::walk::fixed_id;
use crate::account::model::Account;
use crate::catalogue::model::Rating;
use crate::provider::model::{Provider, ProviderStatus};
use crate::provider::week::{Span, Week};
use crate::time::Timestamp;

/// Somebody of the demo.
pub(super) struct Person {
    /// The part of the address before `@demo.test`.
    pub key: &'static str,
    pub name: &'static str,
    pub phone: &'static str,
    pub address: &'static str,
    pub zone: &'static str,
    /// What the business is called, if there is one.
    pub trading_name: Option<&'static str>,
}

impl Person {
    /// The id of the account, the same in every demo.
    pub fn id(&self) -> ObjectId {
        fixed_id("account", self.key)
    }
}

macro_rules! person {
    ($constant:ident, $key:literal, $name:literal, $phone:literal, $address:literal, $zone:literal, $business:expr) => {
        pub(super) static $constant: Person =
            Person { key: $key, name: $name, phone: $phone, address: $address, zone: $zone, trading_name: $business };
    };
}

person!(
    AROHA,
    "customer",
    "Aroha Ngata",
    "+64 21 555 0142",
    "12 Tory Street, Te Aro, Wellington 6011",
    "Pacific/Auckland",
    None
);
person!(
    LIAM,
    "customer2",
    "Liam O'Connor",
    "+61 491 570 156",
    "48 King Street, Newtown NSW 2042",
    "Australia/Sydney",
    None
);
person!(
    HEMI,
    "provider",
    "Hemi Walker",
    "+64 27 555 0118",
    "5 Rongotai Road, Kilbirnie, Wellington 6022",
    "Pacific/Auckland",
    Some("Walker Plumbing")
);
person!(
    PRIYA,
    "provider2",
    "Priya Sharma",
    "+61 491 570 157",
    "201 Parramatta Road, Annandale NSW 2038",
    "Australia/Sydney",
    Some("Harbour Spark Electrical")
);
person!(
    JACK,
    "provider3",
    "Jack Nguyen",
    "+61 491 570 158",
    "30 Merthyr Road, New Farm QLD 4005",
    "Australia/Brisbane",
    Some("River City Lawns")
);
person!(
    OLIVIA,
    "provider4",
    "Olivia Russo",
    "+61 491 570 159",
    "112 The Parade, Norwood SA 5067",
    "Australia/Adelaide",
    Some("Ruby Home Cleaning")
);
person!(
    TAMA,
    "provider5",
    "Tama Preece",
    "+64 27 555 0173",
    "Waitangi Wharf Road, Waitangi, Chatham Islands 8942",
    "Pacific/Chatham",
    Some("Rēkohu Handyman")
);
person!(
    GRACE,
    "admin",
    "Grace Tamihana",
    "+64 21 555 0100",
    "1 Willis Street, Wellington 6011",
    "Pacific/Auckland",
    None
);

static ALL: [&Person; 8] = [&AROHA, &LIAM, &HEMI, &PRIYA, &JACK, &OLIVIA, &TAMA, &GRACE];

/// The accounts as they are stored the first time.
pub(super) fn accounts(now: Timestamp, password_hash: &str) -> Vec<Account> {
    let account = |person: &&Person| Account {
        id: person.id(),
        email: format!("{}@demo.test", person.key),
        name: person.name.into(),
        password_hash: password_hash.into(),
        is_admin: person.key == GRACE.key,
        email_verified: true,
        phone: Some(person.phone.into()),
        address: Some(person.address.into()),
        place: None,
        zone: person.zone.into(),
        created_at: now,
    };
    ALL.iter().map(account).collect()
}

/// The providers as they are stored the first time.
pub(super) fn providers(now: Timestamp) -> Vec<Provider> {
    let provider = |person: &&Person| {
        let trading_name = person.trading_name?;
        Some(Provider {
            id: person.id(),
            trading_name: trading_name.into(),
            about: String::new(),
            phone: person.phone.into(),
            business_number: String::new(),
            base: jobs::base_of(person),
            zone: person.zone.into(),
            payout: Some("direct".into()),
            status: ProviderStatus::Approved,
            active: true,
            week: week(),
            exceptions: Vec::new(),
            busy: Vec::new(),
            rating: Rating::default(),
            jobs_done: 0,
            version: 1,
            created_at: now,
        })
    };
    ALL.iter().filter_map(provider).collect()
}

/// Every day from seven to seven: people of the demo are keen, so that there is always something to book.
fn week() -> Week {
    std::array::from_fn(|_| vec![Span { from: 7 * 60, to: 19 * 60 }])
}
