//! The people of the demo.

use mongodb::bson::oid::ObjectId;

use super::fixed_ids::fixed_id;
use crate::account::model::Account;
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

// Not one of the accounts on offer: the applicant whom an admin of the demo decides about.
person!(
    MERE,
    "applicant",
    "Mere Rangi",
    "+64 21 555 0164",
    "8 Jackson Street, Petone, Wellington",
    "Pacific/Auckland",
    Some("Rangi Window Cleaning")
);

static ALL: [&Person; 9] = [&AROHA, &LIAM, &HEMI, &PRIYA, &JACK, &OLIVIA, &TAMA, &GRACE, &MERE];

/// The accounts as they are stored the first time.
pub(super) fn accounts(now: Timestamp, password_hash: &str) -> Vec<Account> {
    ALL.iter().map(|person| account(person, now, password_hash)).collect()
}

/// The account of one of them.
pub(super) fn account(person: &Person, now: Timestamp, password_hash: &str) -> Account {
    Account {
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
    }
}
