//! The providers of the demo, each with a complete application.

use super::SeedError;
use super::people::{self, GRACE, HEMI, JACK, MERE, OLIVIA, PRIYA, Person, TAMA};
use super::{hours, jobs};
use crate::domain::places;
use crate::provider::history::{self, Actor, Details, Submission};
use crate::provider::model::Provider;
use crate::provider::onboarding::{self, Part, Standing};
use crate::time::Timestamp;

/// Whose business it is, its number (invented, with the right check digits), and what they say about themselves.
static ALL: [(&Person, &str, &str); 6] = [
    (
        &HEMI,
        "9429000000017",
        "Registered plumber in Wellington for eighteen years. I come when I say I come, and explain what I do.",
    ),
    (
        &PRIYA,
        "62600000001",
        "Licensed electrician with a van full of parts. Old terraces and their wiring are what I like best.",
    ),
    (&JACK, "43600000002", "Lawns, edges and clippings gone, every second week or just once. Quiet electric machines."),
    (&OLIVIA, "24600000003", "End-of-lease and home cleaning by two people who like it tidy. We bring everything."),
    (&TAMA, "9429000000024", "Fences, gutters, boats and whatever else breaks on the islands. Kia ora!"),
    (
        &MERE,
        "9429000000031",
        "Windows inside and out, up to two storeys, without streaks. Ten years in Wellington winds.",
    ),
];

/// How long ago the first of them began, in days.
const BEGAN_DAYS_AGO: i64 = 200;

/// The providers as they are stored the first time: all approved but the last, who waits for it.
///
/// # Errors
/// When the machine denies an action of the demo.
pub(super) fn all(now: Timestamp) -> Result<Vec<Provider>, SeedError> {
    let began = |index: usize| now.plus_hours(24 * (30 * i64::try_from(index).unwrap_or_default() - BEGAN_DAYS_AGO));
    let one = |(index, (person, number, about)): (usize, &(&'static Person, &str, &str))| {
        let waits = person.key == MERE.key;
        walk(person, number, about, if waits { now.plus_hours(-20) } else { began(index) }, waits, now)
    };
    ALL.iter().enumerate().map(one).collect()
}

fn walk(
    person: &'static Person,
    number: &str,
    about: &str,
    began: Timestamp,
    waits: bool,
    now: Timestamp,
) -> Result<Provider, SeedError> {
    let mut provider = history::blank(&people::account(person, began, ""), began);
    let (week, exceptions, feeds) = hours::of(person, now);
    (provider.week, provider.exceptions, provider.busy) = (week, exceptions, feeds.busy());
    provider.feeds = feeds;
    let town = || places::resolve("Petone").map(|town| town.place("8 Jackson Street"));
    let details = Details {
        trading_name: person.trading_name.unwrap_or(person.name).into(),
        about: about.into(),
        phone: person.phone.into(),
        business_number: number.into(),
        base: jobs::base_of(person).or_else(town).ok_or(SeedError::Unknown(person.key, "base"))?,
        zone: person.zone.into(),
    };
    let steps = [
        ("choose_provider", Submission::default()),
        ("save_details", Submission { details: Some(details), ..Submission::default() }),
        ("save_payout", Submission { payout: Some("direct".into()), ..Submission::default() }),
        ("submit", Submission::default()),
        ("approve", Submission::default()),
    ];
    for (minutes, (action, submission)) in (0..).step_by(7).zip(steps.into_iter().take(if waits { 4 } else { 5 })) {
        let unknown = || SeedError::Unknown(person.key, action);
        let row = onboarding::row(action).ok_or_else(unknown)?;
        let standing = if provider.history.is_empty() { Standing::NONE } else { provider.standing() };
        let (part, who) = if row.by_admin { (Part::Admin { own: false }, &GRACE) } else { (Part::Applicant, person) };
        let to = onboarding::decide(&standing, part, row, &submission.message).map_err(|_| unknown())?;
        let actor = Actor { part, id: who.id().to_hex(), name: who.name.into() };
        provider = history::apply(&provider, row, to, submission, &actor, began.plus_minutes(minutes));
    }
    Ok(provider)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::standing::ProviderStatus;

    #[test]
    fn every_provider_of_the_demo_has_come_the_whole_way_and_one_waits() {
        let all = all(Timestamp(1_796_511_600_000)).unwrap();
        for provider in &all {
            assert_eq!(history::verify(provider), Ok(()), "{}", provider.trading_name);
            assert!(provider.standing().number_valid && !provider.about.is_empty());
        }
        let waiting = all.iter().filter(|provider| provider.status == ProviderStatus::Pending);
        assert_eq!(waiting.count(), 1);
        assert_eq!(all.iter().filter(|provider| provider.takes_requests()).count(), all.len() - 1);
    }
}
