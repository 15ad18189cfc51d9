//! A search as an address, so that it can be kept and sent to others. What is as usual is left out.

use super::day_part::Part;
use super::query::{DEFAULT_RADIUS_KM, SearchQuery, Spot, Where};
use crate::domain::place::Point;
use crate::domain::places::{self, Locality};
use crate::money::{Currency, Money};
use crate::web::urls;

impl SearchQuery {
    /// The address: `/services?q=lawn&place=Karori,+Wellington`.
    pub fn href(&self) -> String {
        let pairs: Vec<String> =
            self.pairs().into_iter().map(|(name, value)| format!("{name}={}", urls::query(&value))).collect();
        if pairs.is_empty() { "/services".into() } else { format!("/services?{}", pairs.join("&")) }
    }

    /// Names and values that give the same search again.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let dollars = |cents: i64| Money::new(cents, Currency::Nzd).plain().trim_end_matches(".00").to_owned();
        let (place, near) = match &self.place {
            Where::At(Spot { point, near: true, .. }) => (None, Some(coordinates(*point))),
            Where::At(Spot { town, .. }) => (Some(name_of(town)), None),
            _ => (None, None),
        };
        let radius_km =
            (self.radius_km != DEFAULT_RADIUS_KM && self.spot().is_some()).then(|| self.radius_km.to_string());
        let day = self.day.as_ref();
        let part = day.filter(|day| day.part != Part::Any).map(|day| day.part.name().to_owned());
        let all = [
            ("q", text(&self.text)),
            ("category", self.category.map(|category| category.slug.to_owned())),
            ("place", place),
            ("near", near),
            ("radius", radius_km),
            ("day", day.map(|day| day.date.clone())),
            ("part", part),
            ("min", self.min_cents.map(dollars)),
            ("max", self.max_cents.map(dollars)),
            ("rating", self.rating.map(|stars| stars.to_string())),
            ("instant", self.instant.then(|| "on".to_owned())),
            ("sort", self.sort.map(|sort| sort.name().to_owned())),
            ("page", (self.page > 1).then(|| self.page.to_string())),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

/// What leads to a town: its label, or its number where another has the same label.
pub fn name_of(town: &Locality) -> String {
    let label = town.label();
    let own = places::resolve(&label).is_some_and(|found| found.id == town.id);
    if own { label } else { town.id.to_string() }
}

/// About a hundred metres exact: enough to find somebody, too coarse to find a house.
pub fn coordinates(point: Point) -> String {
    format!("{:.3},{:.3}", f64::from(point.lat_e6) / 1e6, f64::from(point.lng_e6) / 1e6)
}
