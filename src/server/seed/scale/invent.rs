//! From a number to a provider or a service.

mod dice;

use mongodb::bson::Document;

use self::dice::Dice;
use super::trades::{SENTENCES, TRADES, Trade};
use super::{Kind, claim};
use crate::booking::slots;
use crate::catalogue::model::{GeoPoint, Reach, ServiceDocument, ServiceStatus};
use crate::domain::place::{Place, Point};
use crate::domain::places::{self, Locality};
use crate::domain::price::PriceTerms;
use crate::domain::rating::{Rating, Reliability};
use crate::domain::standing::ProviderStatus;
use crate::provider::feed::Feeds;
use crate::provider::model::Provider;
use crate::provider::week::{Busy, DayException, Span, Week};
use crate::time::{self, Timestamp};

/// Names in front of a business's trade.
const NAMES: &[&str] = &[
    "Kauri",
    "Rimu",
    "Southern",
    "Harbour",
    "Koru",
    "Wattle",
    "Banksia",
    "Coastal",
    "Hilltop",
    "Riverside",
    "Tui",
    "Kea",
    "Magpie",
    "Golden",
    "Northern",
    "Bluegum",
    "Pōhutukawa",
    "Summit",
    "Village",
    "Good",
];

/// What all of it follows from.
pub(super) struct World {
    now: Timestamp,
    providers: u64,
    /// The people of all towns up to and including each, in order.
    people: Vec<u64>,
}

impl World {
    pub fn new(now: Timestamp, providers: u64) -> Self {
        let mut sum = 0;
        // Towns of which nobody knows how many live there have some people, too.
        let people = places::all().iter().map(|town| {
            sum += u64::from(town.people.max(300));
            sum
        });
        Self { now, providers, people: people.collect() }
    }

    /// A provider: an account's id without an account, so nobody can sign in as one.
    pub fn provider(&self, number: u64) -> Provider {
        let mut dice = Dice::new(Kind::Provider as u64, number);
        let (town, point) = self.home(&mut dice);
        let trade = self.trade(number);
        let week = week(&mut dice);
        let mut busy: Vec<Busy> = (0..dice.below(6)).map(|_| self.errand(&mut dice)).collect();
        busy.sort();
        busy.dedup_by(|later, earlier| later.from < earlier.to);
        Provider {
            id: Kind::Provider.id(number),
            trading_name: format!("{} {}", dice.pick(NAMES), trade.business),
            about: "A generated provider.".into(),
            phone: String::new(),
            business_number: String::new(),
            base: Some(Place { point, ..town.place("") }),
            zone: town.zone.into(),
            payout: Some("direct".into()),
            status: ProviderStatus::Approved,
            active: true,
            week,
            exceptions: self.exceptions(&mut dice, town.zone),
            busy,
            feeds: Feeds::default(),
            rating: rating(&mut dice),
            reliability: Reliability { completed: dice.number(0, 400), strikes: dice.number(0, 12) },
            history: Vec::new(),
            version: 1,
            created_at: self.now,
        }
    }

    /// A service of one of the providers.
    pub fn service(&self, number: u64) -> ServiceDocument {
        let owner = number % self.providers.max(1);
        let provider = self.provider(owner);
        let trade = self.trade(owner);
        let mut dice = Dice::new(Kind::Service as u64, number);
        let (category, titles, dollars) = *dice.pick(trade.offers);
        let title = *dice.pick(titles);
        // Prices end on five dollars, hourly ones as well.
        let cents = dice.number(dollars * 60, dollars * 180) / 1000 * 1000;
        let price = match dice.below(100) {
            0..60 => PriceTerms::Fixed { amount_cents: cents },
            60..85 => PriceTerms::Hourly { rate_cents: (cents / 2).max(1500) },
            _ => PriceTerms::OnQuote,
        };
        let base = provider.base.clone().unwrap_or_else(|| places::all()[0].place(""));
        let town = places::all().iter().find(|town| town.zone == provider.zone).map_or("there", |town| town.name);
        let reach = match dice.below(100) {
            0..30 if trade.remote => Reach::Remote,
            0..15 => Reach::Regions { codes: vec![base.region.clone()] },
            _ => Reach::Radius { km: *dice.pick(&[10, 15, 20, 25, 30, 40, 60]) },
        };
        let description: Vec<_> = (0..3).map(|_| *dice.pick(SENTENCES)).collect();
        let status = match dice.below(100) {
            0..95 => ServiceStatus::Active,
            95..98 => ServiceStatus::Archived,
            _ => ServiceStatus::Draft,
        };
        ServiceDocument {
            id: Kind::Service.id(number),
            slug: format!("{}-{number}", title.to_lowercase().replace(' ', "-")),
            provider_id: provider.id,
            provider_name: provider.trading_name,
            title: title.into(),
            description: format!("{title} around {town} and beyond. {}", description.join(" ")),
            category: category.into(),
            price,
            currency: if base.region.starts_with("NZ") {
                crate::money::Currency::Nzd
            } else {
                crate::money::Currency::Aud
            },
            price_cents: match price {
                PriceTerms::Fixed { amount_cents: cents } | PriceTerms::Hourly { rate_cents: cents } => Some(cents),
                PriceTerms::OnQuote => None,
            },
            minutes: *dice.pick(&[30, 60, 60, 90, 120, 180, 240]),
            buffer_before_minutes: *dice.pick(&[0, 15, 15, 30]),
            buffer_after_minutes: *dice.pick(&[0, 15, 15, 30]),
            lead_time_minutes: *dice.pick(&[120, 240, 1440, 2880]),
            notice_minutes: 1440,
            instant: dice.percent(30),
            holds_requests: true,
            start_code: false,
            answer_hours: 24,
            reach,
            location: GeoPoint::from(base.point),
            base,
            zone: provider.zone,
            photos: Vec::new(),
            status,
            listed: status == ServiceStatus::Active,
            rating: provider.rating,
            reliability: provider.reliability,
            version: 1,
            created_at: self.now,
            updated_at: self.now.plus_minutes(-dice.number(0, 400_000)),
        }
    }

    /// What is claimed of a provider's next fortnight.
    pub fn claims(&self, number: u64, provider: &Provider) -> Vec<Document> {
        let mut dice = Dice::new(Kind::Booking as u64, number);
        let mut cells: Vec<String> = Vec::new();
        for _ in 0..dice.below(4) {
            let Busy { from, to } = self.errand(&mut dice);
            cells.extend(slots::cells(&provider.id.to_hex(), from, to));
        }
        cells.sort();
        cells.dedup();
        let until = self.now.plus_hours(24 * 15);
        cells.into_iter().map(|cell| claim(cell, number, until)).collect()
    }

    fn trade(&self, provider: u64) -> &'static Trade {
        Dice::new(Kind::Provider as u64, provider ^ 0x5555).pick(TRADES)
    }

    /// A town by its people, and a point within some kilometres of its middle.
    fn home(&self, dice: &mut Dice) -> (&'static Locality, Point) {
        let who = dice.below(self.people.last().copied().unwrap_or(1));
        let at = self.people.partition_point(|sum| *sum <= who);
        let town = &places::all()[at.min(places::all().len() - 1)];
        let spread = if town.people > 100_000 { 150_000 } else { 30_000 };
        let near = |dice: &mut Dice, e6: i32| e6 + i32::try_from(dice.number(-spread, spread)).unwrap_or(0);
        let point = Point { lat_e6: near(dice, town.point.lat_e6), lng_e6: near(dice, town.point.lng_e6) };
        // Beyond the date line lies its other side.
        let lng_e6 = (point.lng_e6 + 180_000_000).rem_euclid(360_000_000) - 180_000_000;
        (town, Point { lng_e6, ..point })
    }

    /// One to four hours, on a quarter of an hour of the next fortnight.
    fn errand(&self, dice: &mut Dice) -> Busy {
        const QUARTER_MILLIS: i64 = 15 * 60_000;
        let from = Timestamp((self.now.0 / QUARTER_MILLIS + dice.number(0, 14 * 96)) * QUARTER_MILLIS);
        Busy { from, to: from.plus_minutes(15 * dice.number(4, 16)) }
    }

    /// Some days off.
    fn exceptions(&self, dice: &mut Dice, zone: &str) -> Vec<DayException> {
        let days: Vec<_> = time::days(self.now, self.now.plus_hours(24 * 40), zone).collect();
        let off = days.into_iter().filter(|_| dice.percent(5));
        off.map(|day| DayException { date: day.date, spans: Vec::new(), note: "Day off".into() }).collect()
    }
}

fn week(dice: &mut Dice) -> Week {
    let mut half_hour = |from, to| i16::try_from(dice.number(from, to)).unwrap_or_default() * 30;
    let (begins, ends) = (half_hour(12, 18), half_hour(31, 38));
    let (saturdays, sundays, evenings) = (dice.percent(45), dice.percent(15), dice.percent(20));
    std::array::from_fn(|day| {
        let works = match day {
            5 => saturdays,
            6 => sundays,
            _ => true,
        };
        let mut spans =
            vec![Span { from_minute: begins, to_minute: 12 * 60 }, Span { from_minute: 12 * 60 + 30, to_minute: ends }];
        if evenings && ends <= 18 * 60 {
            spans.push(Span { from_minute: 18 * 60 + 30, to_minute: 21 * 60 });
        }
        if works { spans } else { Vec::new() }
    })
}

fn rating(dice: &mut Dice) -> Rating {
    if dice.percent(20) {
        return Rating::default();
    }
    let count = dice.number(1, 12) * dice.number(1, 12);
    let tenths = dice.number(30, 50).max(dice.number(36, 50));
    Rating { count, sum: (count * tenths + 5) / 10 }
}
