//! What generated providers do.

/// A trade: what its businesses are called, and what they offer.
pub(super) struct Trade {
    pub business: &'static str,
    /// Whether it can be done from afar.
    pub remote: bool,
    /// The category, titles, and about how many dollars it is.
    pub offers: &'static [(&'static str, &'static [&'static str], i64)],
}

const fn trade(
    business: &'static str,
    remote: bool,
    offers: &'static [(&'static str, &'static [&'static str], i64)],
) -> Trade {
    Trade { business, remote, offers }
}

pub(super) static TRADES: &[Trade] = &[
    trade(
        "Plumbing",
        false,
        &[(
            "plumbing",
            &[
                "Leaking tap repair",
                "Blocked drain clearing",
                "Hot water cylinder service",
                "Toilet replacement",
                "Bathroom plumbing",
            ],
            180,
        )],
    ),
    trade(
        "Electrical",
        false,
        &[(
            "electrical",
            &[
                "Electrical safety check",
                "Downlight installation",
                "Power point added",
                "Switchboard upgrade",
                "Heat pump wiring",
            ],
            190,
        )],
    ),
    trade(
        "Home Repairs",
        false,
        &[
            (
                "handyman",
                &[
                    "Shelves and pictures hung",
                    "Door and lock repair",
                    "Flat pack assembly",
                    "Small repairs around the home",
                ],
                120,
            ),
            ("painting", &["Interior room painting", "Fence staining", "Weatherboard painting"], 420),
        ],
    ),
    trade(
        "Cleaning",
        false,
        &[
            ("home-cleaning", &["Weekly home cleaning", "Spring clean", "Kitchen and bathroom clean"], 110),
            ("end-of-lease", &["End-of-lease clean", "Carpet and lease clean"], 360),
            ("windows", &["Window cleaning inside and out", "Gutter and window clean"], 150),
        ],
    ),
    trade(
        "Gardens",
        false,
        &[
            ("lawns", &["Lawn mowing and edges", "Fortnightly lawn care", "Lawn renovation"], 70),
            ("trees", &["Hedge trimming", "Tree pruning", "Stump grinding"], 260),
            ("fencing", &["Fence repair", "New timber fence", "Gate hanging"], 480),
        ],
    ),
    trade(
        "Movers",
        false,
        &[
            ("removals", &["Two movers and a truck", "Apartment move", "Piano moving"], 320),
            ("delivery", &["Furniture pick-up and delivery", "Rubbish run", "Same day courier"], 80),
        ],
    ),
    trade(
        "Lessons",
        true,
        &[
            ("music", &["Piano lessons", "Guitar lessons", "Singing lessons"], 60),
            ("tutoring", &["Maths tutoring", "English and essay tutoring", "Science tutoring"], 65),
        ],
    ),
    trade(
        "Care",
        false,
        &[
            ("pets", &["Dog walking", "Cat sitting", "Dog grooming"], 45),
            ("massage", &["Relaxation massage", "Sports massage"], 95),
        ],
    ),
    trade(
        "Tech",
        true,
        &[
            ("tech-help", &["Computer tune-up", "Home network set-up", "Phone and tablet help"], 90),
            ("web-design", &["Website for a small business", "Online shop set-up"], 900),
        ],
    ),
];

/// Descriptions are put together from these.
pub(super) const SENTENCES: &[&str] = &[
    "Fully insured, tidy, and on time.",
    "Send a photo of the job and I will tell you what to expect.",
    "Twenty years in the trade, and still learning.",
    "No call-out fee within the area shown.",
    "Materials are charged at cost, with receipts.",
    "Evenings and Saturdays by arrangement.",
    "I bring everything that is needed and take the rubbish away.",
    "Police checked and happy to give references.",
    "Family business, friendly with pets and children.",
    "If something is not right I come back and fix it.",
    "Discount for regular customers and for neighbours who book together.",
    "A quote is free, and it holds for a month.",
    "Older homes are a speciality.",
    "Please clear the space before I arrive so we can start at once.",
    "Work is guaranteed for twelve months.",
    "Good English, some te reo, and plenty of patience.",
];
