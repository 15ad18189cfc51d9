//! The services of the demo, and the places where they are done.

use super::people::{HEMI, JACK, OLIVIA, PRIYA, Person, TAMA};
use super::walk::fixed_id;
use crate::booking::machine::aggregate::{Area, Place, Point, PriceTerms, Service};
use crate::money::Currency;

/// A place of the demo.
pub(super) struct Spot {
    label: &'static str,
    point: Point,
    pub zone: &'static str,
    pub currency: Currency,
}

impl Spot {
    pub fn place(&self) -> Place {
        Place { label: self.label.into(), point: self.point }
    }
}

const fn point(lat_e6: i32, lng_e6: i32) -> Point {
    Point { lat_e6, lng_e6 }
}

const fn spot(label: &'static str, point: Point, zone: &'static str, currency: Currency) -> Spot {
    Spot { label, point, zone, currency }
}

const NZ: &str = "Pacific/Auckland";
const NSW: &str = "Australia/Sydney";
pub(super) static TE_ARO: Spot =
    spot("12 Tory Street, Te Aro, Wellington", point(-41_293_900, 174_781_200), NZ, Currency::Nzd);
pub(super) static KARORI: Spot =
    spot("27 Campbell Street, Karori, Wellington", point(-41_284_700, 174_736_900), NZ, Currency::Nzd);
pub(super) static PETONE: Spot =
    spot("210 Jackson Street, Petone, Lower Hutt", point(-41_225_300, 174_877_500), NZ, Currency::Nzd);
pub(super) static NEWTOWN: Spot =
    spot("48 King Street, Newtown NSW", point(-33_893_200, 151_184_600), NSW, Currency::Aud);
pub(super) static BONDI: Spot =
    spot("15 Hall Street, Bondi Beach NSW", point(-33_890_400, 151_272_300), NSW, Currency::Aud);
pub(super) static NEW_FARM: Spot =
    spot("64 Brunswick Street, New Farm QLD", point(-27_467_800, 153_050_400), "Australia/Brisbane", Currency::Aud);
pub(super) static NORWOOD: Spot =
    spot("9 Edward Street, Norwood SA", point(-34_921_500, 138_632_700), "Australia/Adelaide", Currency::Aud);
pub(super) static WAITANGI: Spot = spot(
    "Waitangi Wharf Road, Waitangi, Chatham Islands",
    point(-43_951_600, -176_559_800),
    "Pacific/Chatham",
    Currency::Nzd,
);

/// A service of the demo.
pub(super) struct Job {
    key: &'static str,
    title: &'static str,
    pub provider: &'static Person,
    price: PriceTerms,
    /// How long it is booked for.
    pub minutes: i64,
    /// Minutes kept free before and after.
    buffer: i64,
    instant: bool,
    area: Area,
}

impl Job {
    pub fn service(&self) -> Service {
        Service {
            id: fixed_id("service", self.key).to_hex(),
            title: self.title.into(),
            price: self.price,
            buffer_before: self.buffer,
            buffer_after: self.buffer,
            lead_time: 120,
            notice: 24 * 60,
            instant: self.instant,
            holds_requests: true,
            answer_hours: 24,
            area: Some(self.area),
        }
    }
}

const fn fixed(amount: i64) -> PriceTerms {
    PriceTerms::Fixed { amount }
}

const fn hourly(rate: i64) -> PriceTerms {
    PriceTerms::Hourly { rate }
}

macro_rules! job {
    ($constant:ident, $key:literal, $title:literal, $provider:ident, $price:expr, $minutes:literal, $buffer:literal, $instant:literal, $area:ident) => {
        pub(super) static $constant: Job = Job {
            key: $key,
            title: $title,
            provider: &$provider,
            price: $price,
            minutes: $minutes,
            buffer: $buffer,
            instant: $instant,
            area: $area,
        };
    };
}

const WELLINGTON: Area = Area { center: point(-41_286_500, 174_776_200), radius_km: 35 };
const SYDNEY: Area = Area { center: point(-33_868_800, 151_209_300), radius_km: 30 };
const BRISBANE: Area = Area { center: point(-27_469_800, 153_025_100), radius_km: 25 };
const ADELAIDE: Area = Area { center: point(-34_928_500, 138_600_700), radius_km: 25 };
const CHATHAM: Area = Area { center: point(-43_950_000, -176_560_000), radius_km: 60 };

// Hemi has no buffer around tap washers: several of them fit close around now.
job!(TAP, "tap", "Tap washer replacement", HEMI, fixed(9_500), 30, 0, false, WELLINGTON);
job!(CYLINDER, "cylinder", "Hot water cylinder check", HEMI, fixed(14_000), 60, 15, false, WELLINGTON);
job!(DRAIN, "drain", "Blocked drain clearing", HEMI, hourly(11_000), 90, 15, false, WELLINGTON);
job!(BATHROOM, "bathroom", "Bathroom plumbing", HEMI, PriceTerms::OnQuote, 240, 30, false, WELLINGTON);
job!(SAFETY, "safety", "Electrical safety check", PRIYA, fixed(18_000), 60, 15, true, SYDNEY);
job!(LIGHTS, "lights", "Downlight installation", PRIYA, hourly(12_000), 180, 15, false, SYDNEY);
job!(REWIRE, "rewire", "House rewiring", PRIYA, PriceTerms::OnQuote, 480, 0, false, SYDNEY);
job!(MOW, "mow", "Lawn mowing and edges", JACK, fixed(7_500), 60, 15, true, BRISBANE);
job!(CLEAN, "clean", "End-of-lease clean", OLIVIA, hourly(5_500), 180, 30, false, ADELAIDE);
job!(FENCE, "fence", "Fence repair", TAMA, PriceTerms::OnQuote, 240, 0, false, CHATHAM);
