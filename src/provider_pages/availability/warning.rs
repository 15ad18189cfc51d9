//! Other hours may leave bookings outside of them. They stay as they are; the provider is warned before they are saved.

use leptos::prelude::*;

use crate::booking::store::ahead::Ahead;
use crate::provider::free::Calendar;
use crate::ui::form::Form;
use crate::ui::icon::Icon;

/// What was asked for, and what has to be known before it is done.
pub(super) struct Confirm {
    /// Where the form goes.
    pub action: &'static str,
    /// What was sent, to be sent again.
    pub fields: Vec<(String, String)>,
    /// The bookings that would lie outside the hours.
    pub outside: Vec<Ahead>,
}

/// The bookings that lie inside the hours as they are and would lie outside of them as they will be.
pub(super) fn left_outside(ahead: Vec<Ahead>, now: &Calendar, then: &Calendar) -> Vec<Ahead> {
    let outside = |booking: &Ahead| {
        let (from, to) = (booking.starts_at, booking.ends_at);
        now.is_open(from, to) && !then.is_open(from, to)
    };
    ahead.into_iter().filter(outside).collect()
}

/// Whether the provider has seen all of these bookings: their ids came back with "Save anyway".
pub(super) fn is_confirmed(form: &Form, outside: &[Ahead]) -> bool {
    outside.iter().all(|booking| form.all("confirm").contains(&booking.id))
}

impl Confirm {
    /// The warning with its bookings, and the button that saves all the same.
    pub fn render(&self, zone: &str) -> AnyView {
        let text = match self.outside.len() {
            1 => "One booking would lie outside your hours.".to_owned(),
            count => format!("{count} bookings would lie outside your hours."),
        };
        let line = |booking: &Ahead| {
            let Ahead { id, reference, service, customer, status, starts_at, .. } = booking;
            let about = format!(" {}: {service} for {customer} ({})", starts_at.text(zone), status.label());
            view! { <li><a class="link" href=format!("/bookings/{id}")>{reference.clone()}</a>{about}</li> }
        };
        let fields = self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let seen = self.outside.iter().map(|booking| ("confirm", booking.id.as_str()));
        let fields = fields.filter(|(name, _)| *name != "confirm").chain(seen).map(|(name, value)| {
            view! { <input type="hidden" name=name.to_owned() value=value.to_owned() /> }
        });
        view! {
            <div class="alert" role="alert" id="problem" tabindex="-1" autofocus>
                <Icon name="triangle-alert" />
                <div class="stack">
                    <p>
                        <b>{text}</b>
                        " Nothing is saved yet. Bookings stay as they are in any case: if you cannot come, change or cancel them yourself."
                    </p>
                    <ul>{self.outside.iter().map(line).collect_view()}</ul>
                    <form method="post" class="row" action=self.action>
                        {fields.collect_view()}
                        <button class="btn">"Save anyway"</button>
                        <a class="btn" href="/provider/availability">"Keep my hours"</a>
                    </form>
                </div>
            </div>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::booking::machine::Status;
    use crate::provider::week::{Span, Week};
    use crate::time::parse;

    fn booking(id: &str, from: &str, to: &str) -> Ahead {
        let at = |clock: &str| parse(&format!("2026-12-07T{clock}"), "Pacific/Auckland").unwrap();
        Ahead {
            id: id.into(),
            reference: id.into(),
            service: "Mowing".into(),
            customer: "Aroha".into(),
            status: Status::Accepted,
            starts_at: at(from),
            ends_at: at(to),
        }
    }

    #[test]
    fn only_bookings_that_the_change_pushes_out_are_named() {
        let week = |from, to| -> Week { std::array::from_fn(|_| vec![Span { from_minute: from, to_minute: to }]) };
        let (now, then) = (week(480, 1020), week(600, 1020));
        let calendar = |week| Calendar { week, exceptions: &[], busy: &[], zone: "Pacific/Auckland" };
        let ahead = vec![
            booking("early", "09:00", "11:00"),
            booking("fine", "10:00", "11:00"),
            booking("outside already", "18:00", "19:00"),
        ];
        let outside = left_outside(ahead, &calendar(&now), &calendar(&then));
        assert_eq!(outside.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["early"]);
        let form =
            |ids: &[&str]| Form::from_pairs(&ids.iter().map(|id| ("confirm".into(), (*id).into())).collect::<Vec<_>>());
        assert!(is_confirmed(&form(&["early", "another"]), &outside));
        assert!(!is_confirmed(&form(&["another"]), &outside), "what was not shown was not confirmed");
    }
}
