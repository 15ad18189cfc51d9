//! The services of the demo, and the places where they are done.

use super::fixed_ids::fixed_id;
use super::people::{HEMI, JACK, OLIVIA, PRIYA, Person, TAMA};
use crate::booking::machine::aggregate::Service;
use crate::catalogue::model::{Reach, ServiceDocument, ServiceStatus};
use crate::domain::place::{Area, Place, Point};
use crate::domain::price::PriceTerms;
use crate::domain::rating::{Rating, Reliability};
use crate::money::Currency;
use crate::time::Timestamp;

/// A place of the demo.
pub(super) struct Spot {
    label: &'static str,
    point: Point,
    pub zone: &'static str,
    pub currency: Currency,
    region: &'static str,
}

impl Spot {
    pub fn place(&self) -> Place {
        Place { label: self.label.into(), point: self.point, region: self.region.into() }
    }
}

const fn point(lat_e6: i32, lng_e6: i32) -> Point {
    Point { lat_e6, lng_e6 }
}

const fn spot(label: &'static str, point: Point, zone: &'static str, currency: Currency, region: &'static str) -> Spot {
    Spot { label, point, zone, currency, region }
}

const NZ: &str = "Pacific/Auckland";
const NSW: &str = "Australia/Sydney";
pub(super) static TE_ARO: Spot =
    spot("12 Tory Street, Te Aro, Wellington", point(-41_293_900, 174_781_200), NZ, Currency::Nzd, "NZ-WGN");
pub(super) static KARORI: Spot =
    spot("27 Campbell Street, Karori, Wellington", point(-41_284_700, 174_736_900), NZ, Currency::Nzd, "NZ-WGN");
pub(super) static PETONE: Spot =
    spot("210 Jackson Street, Petone, Lower Hutt", point(-41_225_300, 174_877_500), NZ, Currency::Nzd, "NZ-WGN");
pub(super) static NEWTOWN: Spot =
    spot("48 King Street, Newtown NSW", point(-33_893_200, 151_184_600), NSW, Currency::Aud, "AU-NSW");
pub(super) static BONDI: Spot =
    spot("15 Hall Street, Bondi Beach NSW", point(-33_890_400, 151_272_300), NSW, Currency::Aud, "AU-NSW");
pub(super) static NEW_FARM: Spot = spot(
    "64 Brunswick Street, New Farm QLD",
    point(-27_467_800, 153_050_400),
    "Australia/Brisbane",
    Currency::Aud,
    "AU-QLD",
);
pub(super) static NORWOOD: Spot =
    spot("9 Edward Street, Norwood SA", point(-34_921_500, 138_632_700), "Australia/Adelaide", Currency::Aud, "AU-SA");
pub(super) static WAITANGI: Spot = spot(
    "Waitangi Wharf Road, Waitangi, Chatham Islands",
    point(-43_951_600, -176_559_800),
    "Pacific/Chatham",
    Currency::Nzd,
    "NZ-CIT",
);

/// A service of the demo.
pub(super) struct Job {
    key: &'static str,
    category: &'static str,
    title: &'static str,
    description: &'static str,
    pub provider: &'static Person,
    price: PriceTerms,
    /// How long it is booked for.
    pub minutes: i64,
    /// Minutes kept free before and after.
    buffer_minutes: i64,
    instant: bool,
    area: Area,
    /// Where the provider sets out from.
    base: &'static Spot,
}

static ALL: [&Job; 10] = [&TAP, &CYLINDER, &DRAIN, &BATHROOM, &SAFETY, &LIGHTS, &REWIRE, &MOW, &CLEAN, &FENCE];

/// The services as they are stored the first time.
pub(super) fn services(now: Timestamp) -> Vec<ServiceDocument> {
    ALL.iter().map(|job| job.document(now)).collect()
}

/// Where a provider of the demo sets out from.
pub(super) fn base_of(person: &Person) -> Option<Place> {
    ALL.iter().find(|job| job.provider.key == person.key).map(|job| job.base.place())
}

impl Job {
    fn document(&self, now: Timestamp) -> ServiceDocument {
        let service = self.service();
        let base = self.base.place();
        ServiceDocument {
            id: fixed_id("service", self.key),
            slug: self.title.to_lowercase().replace(' ', "-"),
            provider_id: self.provider.id(),
            provider_name: self.provider.trading_name.unwrap_or(self.provider.name).into(),
            title: self.title.into(),
            description: self.description.into(),
            category: self.category.into(),
            price: self.price,
            currency: self.base.currency,
            price_cents: match self.price {
                PriceTerms::Fixed { amount_cents: cents } | PriceTerms::Hourly { rate_cents: cents } => Some(cents),
                PriceTerms::OnQuote => None,
            },
            minutes: self.minutes,
            buffer_before_minutes: service.buffer_before_minutes,
            buffer_after_minutes: service.buffer_after_minutes,
            lead_time_minutes: service.lead_time_minutes,
            notice_minutes: service.notice_minutes,
            instant: service.instant,
            holds_requests: service.holds_requests,
            start_code: self.asks_for_a_code(),
            answer_hours: service.answer_hours,
            reach: Reach::Radius { km: self.area.radius_km },
            location: base.point.into(),
            base,
            zone: self.provider.zone.into(),
            photos: Vec::new(),
            status: ServiceStatus::Active,
            listed: true,
            rating: Rating::default(),
            reliability: Reliability::default(),
            version: 1,
            created_at: now,
            updated_at: now,
        }
    }

    /// Whether its provider asks for a code at the start.
    pub fn asks_for_a_code(&self) -> bool {
        self.key == SAFETY.key
    }

    pub fn service(&self) -> Service {
        Service {
            id: fixed_id("service", self.key).to_hex(),
            title: self.title.into(),
            price: self.price,
            buffer_before_minutes: self.buffer_minutes,
            buffer_after_minutes: self.buffer_minutes,
            lead_time_minutes: 120,
            notice_minutes: 24 * 60,
            instant: self.instant,
            holds_requests: true,
            answer_hours: 24,
            area: Some(self.area),
            regions: Vec::new(),
        }
    }
}

const fn fixed(amount_cents: i64) -> PriceTerms {
    PriceTerms::Fixed { amount_cents }
}

const fn hourly(rate_cents: i64) -> PriceTerms {
    PriceTerms::Hourly { rate_cents }
}

macro_rules! job {
    ($constant:ident, $key:literal, $category:literal, $title:literal, $provider:ident, $price:expr, $minutes:literal,
     $buffer_minutes:literal, $instant:literal, $area:ident, $base:ident, $description:literal) => {
        pub(super) static $constant: Job = Job {
            key: $key,
            category: $category,
            title: $title,
            description: $description,
            provider: &$provider,
            price: $price,
            minutes: $minutes,
            buffer_minutes: $buffer_minutes,
            instant: $instant,
            area: $area,
            base: &$base,
        };
    };
}

const WELLINGTON: Area = Area { center: point(-41_286_500, 174_776_200), radius_km: 35 };
const SYDNEY: Area = Area { center: point(-33_868_800, 151_209_300), radius_km: 30 };
const BRISBANE: Area = Area { center: point(-27_469_800, 153_025_100), radius_km: 25 };
const ADELAIDE: Area = Area { center: point(-34_928_500, 138_600_700), radius_km: 25 };
const CHATHAM: Area = Area { center: point(-43_950_000, -176_560_000), radius_km: 60 };

// Hemi has no buffer around tap washers: several of them fit close around now.
job!(
    TAP,
    "tap",
    "plumbing",
    "Tap washer replacement",
    HEMI,
    fixed(9_500),
    30,
    0,
    false,
    WELLINGTON,
    TE_ARO,
    "A dripping tap wastes thousands of litres a year. I bring washers for the common taps, change them, and check the mains pressure while I am there."
);
job!(
    CYLINDER,
    "cylinder",
    "plumbing",
    "Hot water cylinder check",
    HEMI,
    fixed(14_000),
    60,
    15,
    false,
    WELLINGTON,
    TE_ARO,
    "Thermostat, valves, wrap and pipes of your hot water cylinder checked, with a written note of what should be done and when."
);
job!(
    DRAIN,
    "drain",
    "plumbing",
    "Blocked drain clearing",
    HEMI,
    hourly(11_000),
    90,
    15,
    false,
    WELLINGTON,
    TE_ARO,
    "Blocked sink, shower or gully cleared with a drain snake or water jet. You pay for the time it takes."
);
job!(
    BATHROOM,
    "bathroom",
    "plumbing",
    "Bathroom plumbing",
    HEMI,
    PriceTerms::OnQuote,
    240,
    30,
    false,
    WELLINGTON,
    TE_ARO,
    "New bathroom or a changed one: pipes, wastes, shower, vanity and toilet. Tell me what you have in mind and I send you a price."
);
job!(
    SAFETY,
    "safety",
    "electrical",
    "Electrical safety check",
    PRIYA,
    fixed(18_000),
    60,
    15,
    true,
    SYDNEY,
    NEWTOWN,
    "Switchboard, safety switches, smoke alarms and power points tested, with a report that your insurer or agent accepts."
);
job!(
    LIGHTS,
    "lights",
    "electrical",
    "Downlight installation",
    PRIYA,
    hourly(12_000),
    180,
    15,
    false,
    SYDNEY,
    NEWTOWN,
    "Old halogens replaced by LED downlights, dimmers included if you like. You choose the fittings, I bring them."
);
job!(
    REWIRE,
    "rewire",
    "electrical",
    "House rewiring",
    PRIYA,
    PriceTerms::OnQuote,
    480,
    0,
    false,
    SYDNEY,
    NEWTOWN,
    "Old wiring replaced room by room, so that you can stay in the house while it is done. Price after a look at it."
);
job!(
    MOW,
    "mow",
    "lawns",
    "Lawn mowing and edges",
    JACK,
    fixed(7_500),
    60,
    15,
    true,
    BRISBANE,
    NEW_FARM,
    "Lawn mowed, edges trimmed, paths blown clean and clippings taken away, for sections up to 600 square metres."
);
job!(
    CLEAN,
    "clean",
    "end-of-lease",
    "End-of-lease clean",
    OLIVIA,
    hourly(5_500),
    180,
    30,
    false,
    ADELAIDE,
    NORWOOD,
    "Everything the agent looks at: oven, bathroom, windows inside, skirting boards. With photos afterwards, so that the bond comes back."
);
job!(
    FENCE,
    "fence",
    "fencing",
    "Fence repair",
    TAMA,
    PriceTerms::OnQuote,
    240,
    0,
    false,
    CHATHAM,
    WAITANGI,
    "Posts, rails and palings mended or replaced before the next southerly. Tell me how many metres and what kind."
);
