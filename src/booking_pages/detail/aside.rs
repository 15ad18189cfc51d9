//! What stands out beside "What now": the code for the start, the offer that waits for an answer, the proposed time.

use leptos::prelude::*;

use super::facts::hint;
use crate::booking::machine::updates::Update;
use crate::booking::machine::{Booking, Role, Status};
use crate::booking::schema::ChangeView;
use crate::booking::view::{recorded, share};

/// Whatever there is for somebody in `role`.
pub fn aside(booking: &Booking, role: Role) -> Option<AnyView> {
    match booking.state.status {
        Status::Accepted if role == Role::Customer => code(booking).map(IntoAny::into_any),
        Status::Disputed => offer(booking, role).map(IntoAny::into_any),
        _ => None,
    }
}

fn code(booking: &Booking) -> Option<impl IntoView + use<>> {
    let code = booking.start_code.clone()?;
    let text = format!(
        "{} asks you for it when the work begins. Tell it only then, and only to who is in front of you: it says \
         that the work has started. Nobody else sees it.",
        booking.provider.name
    );
    Some(view! {
        <div class="proposal">
            <h3>"Your start code"</h3>
            <p class="code">{code}</p>
            <p class="hint">{text}</p>
        </div>
    })
}

fn offer(booking: &Booking, role: Role) -> Option<impl IntoView + use<>> {
    let (offer, price) = (booking.state.open_offer()?, booking.state.price?);
    let name = |role: Role| booking.party(role).map_or("", |party| party.name.as_str());
    let mine = offer.by == role;
    let other = offer.by.other_party().map_or("", name);
    let heading = if mine { "You offer".to_owned() } else { format!("{} offers", name(offer.by)) };
    let made = booking.history.iter().rev().find(|event| recorded(event, Update::AddOffer));
    let message = quoted(made.and_then(|event| event.message.clone()));
    let text = match (mine, role) {
        (true, _) => format!("As soon as {other} takes it, the dispute is over. A newer offer takes its place."),
        (false, Role::Admin) => format!("{other} can take it for as long as nobody has ruled."),
        _ => "If you take it, the dispute is over. You can offer something else instead.".into(),
    };
    let share = share(booking, price, offer.refund);
    Some(view! {
        <div class="proposal">
            <h3>{heading}</h3>
            <p>
                <b>{share}</b>
            </p>
            {message}
            <p class="hint">{text}</p>
        </div>
    })
}

fn quoted(text: Option<String>) -> Option<impl IntoView> {
    let text = text.filter(|text| !text.is_empty())?;
    Some(view! { <blockquote dir="auto">{text}</blockquote> })
}

/// The open proposal of another time.
pub fn change(change: ChangeView) -> impl IntoView {
    let yours = |text: Option<String>| hint(text.map_or(String::new(), |text| format!("Where you are: {text}")));
    view! {
        <div class="proposal">
            <h3>{format!("New time proposed by {}", change.by)}</h3>
            {quoted(change.message)}
            <dl class="sides">
                <div>
                    <dt class="hint">"As booked"</dt>
                    <dd>{change.old_text} {yours(change.old_viewer_text)}</dd>
                </div>
                <div>
                    <dt class="hint">"Proposed"</dt>
                    <dd>
                        <b>{change.new_text}</b>
                        {yours(change.new_viewer_text)}
                    </dd>
                </div>
            </dl>
            <p class="hint">{change.held_text}</p>
        </div>
    }
}
