use proptest::prelude::*;

use super::*;
use crate::domain::place::Point;
use crate::domain::rating::{Rating, Reliability};
use crate::domain::standing::ProviderStatus;
use crate::provider::feed::Feeds;
use crate::provider::model::Provider;
use crate::provider::week::ordinary_week;
use crate::time::Timestamp;

fn business() -> Place {
    Place {
        label: "5 Rongotai Road, Kilbirnie, Wellington".into(),
        point: Point { lat_e6: -41_318_000, lng_e6: 174_794_000 },
        region: "NZ-WGN".into(),
    }
}

/// A whole form, with some fields otherwise.
fn form(changes: &[(&str, &str)]) -> Form {
    let business = business();
    let mut form = fresh(&Bases { current: None, business: Some(&business) });
    form.set("title", "Lawn mowing").set("description", "All of it.").set("category", "lawns").set("amount", "75");
    for (name, value) in changes {
        form.set(name, *value);
    }
    form
}

fn reads(changes: &[(&str, &str)]) -> Result<Offer, Form> {
    let business = business();
    read(form(changes), &Bases { current: None, business: Some(&business) })
}

/// The fields that are complained about.
fn complaints(changes: &[(&str, &str)]) -> Vec<String> {
    reads(changes).map_or_else(
        |form| form.problems().iter().map(|problem| problem.field.clone()).collect(),
        |offer| panic!("nothing is wrong with {offer:?}"),
    )
}

#[test]
fn a_whole_form_is_an_offer_in_cents_and_minutes() {
    let offer = reads(&[("amount", "$1,275.50"), ("title", "  Lawn\r\n mowing \u{7} ")]).unwrap();
    assert_eq!(offer.title, "Lawn mowing");
    assert_eq!(offer.price, PriceTerms::Fixed { amount_cents: 127_550 });
    assert_eq!((offer.minutes, offer.buffer_after_minutes, offer.answer_hours), (60, 15, 24));
    assert_eq!(offer.reach, Reach::Radius { km: 25 });
    assert_eq!(offer.base, business());
}

#[test]
fn what_is_out_of_range_is_named_at_its_field() {
    for (field, values) in [
        ("title", &["", "   "][..]),
        ("category", &["garden", "$ne", "nonsense"]),
        ("amount", &["-5", "0", "nine", "1000000.01", "1e9", "5.001"]),
        ("price_kind", &["", "free"]),
        ("minutes", &["", "0", "14", "20", "1441", "-60", "60.5", "99999999999999999999"]),
        ("buffer_before", &["-1", "241"]),
        ("answer_hours", &["1", "73", "soon"]),
        ("radius_km", &["0", "501", "50000", "-1", ""]),
        ("reach", &["", "moon"]),
        ("base", &["", "current"]),
        ("lead_time", &["-1", "43201"]),
        ("notice", &["x", "20161"]),
    ] {
        for value in values {
            assert!(complaints(&[(field, value)]).contains(&field.to_owned()), "{field} {value}");
        }
    }
    assert_eq!(complaints(&[("title", &"x".repeat(5000))]), ["title"]);
    assert_eq!(complaints(&[("description", &"x".repeat(4001))]), ["description"]);
}

#[test]
fn what_does_not_matter_is_not_asked() {
    assert_eq!(reads(&[("price_kind", "on_quote"), ("amount", "nonsense")]).unwrap().price, PriceTerms::OnQuote);
    assert_eq!(reads(&[("reach", "remote"), ("radius_km", "0")]).unwrap().reach, Reach::Remote);
    assert_eq!(complaints(&[("reach", "regions"), ("radius_km", "0")]), ["regions"]);
}

#[test]
fn booking_at_once_needs_a_fixed_price() {
    assert!(reads(&[("instant", "on")]).unwrap().instant);
    for kind in ["hourly", "on_quote"] {
        assert_eq!(complaints(&[("instant", "on"), ("price_kind", kind)]), ["instant"]);
    }
}

#[test]
fn regions_are_known_ones_in_the_order_of_the_map() {
    let mut typed = form(&[("reach", "regions")]);
    typed.set_all("regions", ["AU-WA", "NZ-NTL", "XX", "NZ-NTL"].map(String::from).to_vec());
    let business = business();
    let offer = read(typed, &Bases { current: None, business: Some(&business) }).unwrap();
    assert_eq!(offer.reach, Reach::Regions { codes: vec!["NZ-NTL".into(), "AU-WA".into()] });
}

#[test]
fn an_address_of_its_own_is_found_in_the_gazetteer_or_asked_back() {
    let other = [("base", "other"), ("street", "3 Cuba Street")];
    let with = |more: &[(&'static str, &'static str)]| [&other[..], more].concat();
    let place = reads(&with(&[("locality", "te aro")])).unwrap().base;
    assert_eq!((place.label.as_str(), place.region.as_str()), ("3 Cuba Street, Te Aro, Wellington", "NZ-WGN"));
    for (typed, meant_some) in [("Newtown", true), ("Atlantis", false), (".*", false)] {
        let refused = reads(&with(&[("locality", typed)])).unwrap_err();
        assert_eq!(refused.problems()[0].field, "locality", "{typed}");
        assert_eq!(!meant(&refused).is_empty(), meant_some, "{typed}");
    }
    let newtown = places::resolve("Newtown, NSW").unwrap();
    let id = newtown.id.to_string();
    let mut typed = form(&with(&[("locality", "Newtown")]));
    typed.set("locality_id", &id);
    assert_eq!(read(typed.clone(), &Bases::default()).unwrap().base.region, "AU-NSW");
    typed.set("locality", "Hamilt");
    assert!(read(typed, &Bases::default()).is_err(), "a choice for another name is none");
}

#[test]
fn a_draft_may_have_gaps_and_each_has_to_be_filled_before_it_is_published() {
    let offer = reads(&[("description", ""), ("category", ""), ("amount", "")]).unwrap();
    let mut service = example();
    assert!(gaps(&service).is_empty());
    offer.put_into(&mut service);
    let fields: Vec<_> = gaps(&service).into_iter().map(|gap| gap.field).collect();
    assert_eq!(fields, ["description", "category", "amount"]);
    reads(&[("price_kind", "on_quote")]).unwrap().put_into(&mut service);
    assert!(gaps(&service).is_empty());
}

fn example() -> ServiceDocument {
    let provider = Provider {
        id: ObjectId::default(),
        trading_name: "Walker Plumbing".into(),
        about: String::new(),
        phone: String::new(),
        business_number: String::new(),
        base: Some(business()),
        zone: "Pacific/Auckland".into(),
        payout: None,
        status: ProviderStatus::Approved,
        active: true,
        week: ordinary_week(),
        exceptions: Vec::new(),
        busy: Vec::new(),
        feeds: Feeds::default(),
        rating: Rating::default(),
        reliability: Reliability::default(),
        version: 1,
        history: Vec::new(),
        created_at: Timestamp(0),
    };
    begin(&provider, reads(&[]).unwrap(), ObjectId::new(), "lawn-mowing".into(), Timestamp(0))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn what_a_service_holds_comes_back_from_its_form(
        cents in 1..=100_000_000i64, kind in 0..3u8, quarters in 1..=96i64, km in 1..=500u32, area in 0..3u8,
        buffers in (0..=240i64, 0..=240i64), hours in 2..=72i64, lead in 0..=43_200i64, title in "[a-zA-Z<>&\"'é]{1,80}",
    ) {
        let mut service = example();
        let price = [PriceTerms::Fixed { amount_cents: cents }, PriceTerms::Hourly { rate_cents: cents }, PriceTerms::OnQuote];
        let reach = [Reach::Radius { km }, Reach::Regions { codes: vec!["NZ-OTA".into(), "AU-SA".into()] }, Reach::Remote];
        let offer = Offer {
            title, description: "One\ntwo".into(), category: "lawns".into(), price: price[usize::from(kind)],
            minutes: quarters * 15, buffer_before_minutes: buffers.0, buffer_after_minutes: buffers.1, lead_time_minutes: lead, notice_minutes: 60,
            instant: kind == 0, holds_requests: area == 1, start_code: area == 2, answer_hours: hours, reach: reach[usize::from(area)].clone(),
            base: service.base.clone(),
        };
        offer.clone().put_into(&mut service);
        let again = read(filled(&service), &Bases { current: Some(&service.base), business: None });
        prop_assert_eq!(again.map_err(|form| format!("{:?}", form.problems())), Ok(offer));
    }

    #[test]
    fn whatever_is_typed_leads_to_an_offer_in_range_or_to_words(
        pairs in proptest::collection::vec(("(title|category|amount|minutes|reach|regions|base|locality|price_kind|radius_km)", ".{0,40}"), 0..12)
    ) {
        let business = business();
        match read(Form::from_pairs(&pairs), &Bases { current: None, business: Some(&business) }) {
            Ok(offer) => prop_assert!((15..=1440).contains(&offer.minutes) && !offer.title.is_empty()),
            Err(form) => prop_assert!(!form.problems().is_empty()),
        }
    }
}
