//! What stands out beside "What now": the code for the start, and the offer that waits for an answer. Written as HTML by
//! the server, because the browser only shows it.

use super::recorded;
use super::text::share;
use crate::booking::machine::updates::Update;
use crate::booking::machine::{Booking, Role, Status};
use crate::ui::html::Html;

/// Whatever there is for somebody in `role`, as HTML.
pub fn draw(booking: &Booking, role: Role) -> String {
    let mut html = Html::new();
    match booking.state.status {
        Status::Accepted if role == Role::Customer => code(&mut html, booking),
        Status::Disputed => offer(&mut html, booking, role),
        _ => {}
    }
    html.finish()
}

fn code(html: &mut Html, booking: &Booking) {
    let Some(code) = &booking.start_code else { return };
    let provider = &booking.provider.name;
    html.raw("<div class=\"proposal\"><h3>Your start code</h3><p class=\"code\">")
        .text(code)
        .raw("</p><p class=\"hint\">");
    let words = format!(
        "{provider} asks you for it when the work begins. Tell it only then, and only to who is in front of you: it says \
         that the work has started. Nobody else sees it."
    );
    html.text(&words).raw("</p></div>");
}

fn offer(html: &mut Html, booking: &Booking, role: Role) {
    let (Some(offer), Some(price)) = (booking.state.open_offer(), booking.state.price) else { return };
    let name = |role: Role| booking.party(role).map_or("", |party| party.name.as_str());
    let mine = offer.by == role;
    let other = offer.by.other_party().map_or("", name);
    let heading = if mine { "You offer".to_owned() } else { format!("{} offers", name(offer.by)) };
    html.raw("<div class=\"proposal\"><h3>").text(&heading).raw("</h3><p><b>");
    html.text(&share(booking, price, offer.refund)).raw("</b></p>");
    let made = booking.history.iter().rev().find(|event| recorded(event, Update::AddOffer));
    let message = made.and_then(|event| event.message.as_deref()).unwrap_or_default();
    html.wrap("<blockquote dir=\"auto\">", message, "</blockquote>").raw("<p class=\"hint\">");
    let words = match (mine, role) {
        (true, _) => format!("As soon as {other} takes it, the dispute is over. A newer offer takes its place."),
        (false, Role::Admin) => format!("{other} can take it for as long as nobody has ruled."),
        _ => "If you take it, the dispute is over. You can offer something else instead.".into(),
    };
    html.text(&words).raw("</p></div>");
}
