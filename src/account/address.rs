//! An address in a form: a street, and a locality that the gazetteer knows. One that several places share is asked back.

use leptos::prelude::*;

use crate::domain::place::Place;
use crate::domain::places::{self, Locality};
use crate::ui::form::{Control, Form, Input};

/// The longest street and the longest name of a place, in characters.
const MAX_CHARACTERS: usize = 120;

/// How many places are offered when the name is not clear.
const OFFERED: usize = 20;

/// The place that the form names, if it is clear; says in the form what has to be different.
pub fn read(form: &mut Form) -> Option<(&'static Locality, Place)> {
    let street = form.text("street", "Street and number", true, MAX_CHARACTERS);
    let typed = form.text("locality", "Suburb or town", true, MAX_CHARACTERS);
    if street.chars().chain(typed.chars()).any(char::is_control) {
        form.problem("street", "address_wrong", "An address stands on one line. Take the line breaks out.");
    }
    if typed.is_empty() {
        return None;
    }
    match chosen(form, &typed).or_else(|| places::resolve(&typed)) {
        Some(locality) => Some((locality, locality.place(&street))),
        None if places::suggest(&typed, 1).is_empty() => {
            let message =
                "We do not know this place. Enter the nearest suburb or town, such as \"Te Aro\" or \"Newtown, NSW\".";
            form.problem("locality", "place_unknown", message);
            None
        }
        None => {
            form.problem("locality_id", "place_unclear", "More than one place is called like that. Choose yours.");
            None
        }
    }
}

/// The place chosen from those that were offered, if it is still one of those that fit what is typed.
fn chosen(form: &Form, typed: &str) -> Option<&'static Locality> {
    let id: u32 = form.get("locality_id").parse().ok()?;
    places::suggest(typed, 200).into_iter().find(|locality| locality.id == id)
}

/// The fields; the choice only when there is something to choose.
pub fn render(form: &Form) -> AnyView {
    let unclear = form.problems().iter().any(|problem| problem.field == "locality_id");
    let choices = (unclear || chosen(form, form.get("locality")).is_some()).then(|| {
        let found = places::suggest(form.get("locality"), OFFERED);
        found.iter().map(|one| (one.id.to_string(), one.label())).collect::<Vec<_>>()
    });
    let field = |name, label, control, hint| form.render(&Input { name, label, control, required: true, hint });
    let choice = choices.as_ref().map(|choices| field("locality_id", "Which one", Control::Select(choices), ""));
    let (street, town) = (Control::Line("text", "street-address"), Control::Line("text", "address-level2"));
    view! {
        {field("street", "Street and number", street, "")}
        {field("locality", "Suburb or town", town, "Such as \"Te Aro\" or \"Newtown, NSW\".")}
        {choice}
    }
    .into_any()
}

/// Puts an address that is known already into the form: one on the map if there is one, the written one otherwise.
pub fn prefill(form: &mut Form, place: Option<&Place>, written: Option<&str>) {
    let known = place.and_then(|place| {
        let locality = places::all().iter().find(|one| one.point == place.point && one.region == place.region)?;
        let street = place.label.strip_suffix(&locality.label())?.trim_end_matches([',', ' ']);
        Some((street.to_owned(), locality.label()))
    });
    let label = place.map(|place| place.label.as_str()).or(written).unwrap_or_default();
    let (street, locality) = known.unwrap_or_else(|| {
        let (street, rest) = label.split_once(',').unwrap_or((label, ""));
        // The gazetteer has no postcodes.
        let rest = rest.trim().trim_end_matches(|character: char| character.is_ascii_digit() || character == ' ');
        (street.trim().to_owned(), rest.to_owned())
    });
    form.set("street", street).set("locality", locality);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::render::to_html;

    fn form(pairs: &[(&str, &str)]) -> Form {
        Form::from_pairs(&pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect::<Vec<_>>())
    }

    #[test]
    fn a_clear_name_is_a_place_on_the_map() {
        let mut form = form(&[("street", "12 Tory Street"), ("locality", "te aro")]);
        let (locality, place) = read(&mut form).unwrap();
        assert_eq!((locality.zone, place.region.as_str()), ("Pacific/Auckland", "NZ-WGN"));
        assert_eq!(place.label, "12 Tory Street, Te Aro, Wellington");
        let mut again = Form::default();
        prefill(&mut again, Some(&place), None);
        assert_eq!((again.get("street"), again.get("locality")), ("12 Tory Street", "Te Aro, Wellington"));
    }

    #[test]
    fn a_name_that_several_places_share_is_asked_back_and_the_choice_is_taken() {
        let mut asked = form(&[("street", "1 King Street"), ("locality", "Newtown")]);
        assert!(read(&mut asked).is_none());
        assert_eq!(asked.problems()[0].field, "locality_id");
        let html = to_html(|| render(&asked));
        let sydney = places::resolve("Newtown, NSW").unwrap();
        assert!(html.contains(&format!("value=\"{}\"", sydney.id)));
        asked = form(&[("street", "1 King Street"), ("locality", "Newtown"), ("locality_id", &sydney.id.to_string())]);
        assert_eq!(read(&mut asked).map(|(locality, _)| locality.zone), Some("Australia/Sydney"));
        asked = form(&[("street", "1"), ("locality", "Te Aro"), ("locality_id", &sydney.id.to_string())]);
        assert_eq!(read(&mut asked).map(|(locality, _)| locality.name), Some("Te Aro"), "an old choice is forgotten");
    }

    #[test]
    fn an_unknown_place_is_refused_with_what_to_do() {
        for locality in ["Atlantis", "$where", ".*"] {
            let mut form = form(&[("street", "1"), ("locality", locality)]);
            assert!(read(&mut form).is_none());
            assert_eq!(form.problems()[0].code, "place_unknown", "{locality}");
        }
    }

    #[test]
    fn a_written_address_comes_back_in_its_parts() {
        let mut form = Form::default();
        prefill(&mut form, None, Some("12 Tory Street, Te Aro, Wellington 6011"));
        assert_eq!((form.get("street"), form.get("locality")), ("12 Tory Street", "Te Aro, Wellington"));
        prefill(&mut form, None, None);
        assert_eq!((form.get("street"), form.get("locality")), ("", ""));
    }
}
