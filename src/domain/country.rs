//! The two countries of the marketplace.

/// One of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Country {
    /// New Zealand.
    NewZealand,
    /// Australia.
    Australia,
}

impl Country {
    /// Both.
    pub const ALL: [Country; 2] = [Country::NewZealand, Country::Australia];

    /// The country of a region's ISO 3166-2 code, such as `NZ-WGN`.
    pub fn of_region(code: &str) -> Option<Country> {
        match code.split('-').next() {
            Some("NZ") => Some(Country::NewZealand),
            Some("AU") => Some(Country::Australia),
            _ => None,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Country::NewZealand => "New Zealand",
            Country::Australia => "Australia",
        }
    }

    /// Its calling code (ITU-T E.164).
    pub fn calling_code(self) -> &'static str {
        match self {
            Country::NewZealand => "64",
            Country::Australia => "61",
        }
    }
}
