//! What a button of an action shows: the server's actions merged with what this page knows about them by name.
//!
//! Keyed by action, never by status or role: the server has decided that already.

use super::bar::schema::Action;
use super::status::Status;
use crate::ui::button::Variant;

/// What is known about one action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActionUi {
    /// The action.
    pub action_name: &'static str,
    /// The name of its icon.
    pub icon: &'static str,
    /// How much its button weighs.
    pub variant: Variant,
    /// What its dialog says beside the consequence; with it, the button opens a dialog.
    pub confirmation: Option<&'static str>,
    /// Its place among buttons of the same weight, smallest first.
    pub order: u8,
}

/// The icon of an action without an entry.
pub const DEFAULT_ICON: &str = "circle-dot";

/// The confirmation of a critical action without an entry.
pub const DEFAULT_CONFIRMATION: &str = "The other side is told at once.";

const fn ui(
    action_name: &'static str,
    icon: &'static str,
    variant: Variant,
    order: u8,
    confirmation: Option<&'static str>,
) -> ActionUi {
    ActionUi { action_name, icon, variant, confirmation, order }
}

use Variant::{Error, Neutral, Primary, Success, Warning};

/// Every action this page knows. One without an entry gets the neutral button with the default icon.
pub const ACTION_UI_METADATA: &[ActionUi] = &[
    ui("request", "send", Primary, 1, Some("The provider sees your name and the place, and can answer or quote.")),
    ui("book_instantly", "calendar-check", Success, 2, Some("The time is yours as soon as you press this.")),
    ui("accept", "check", Success, 1, Some("The time is held for this customer as soon as you accept.")),
    ui("accept_quote", "handshake", Success, 1, None),
    ui("accept_change", "calendar-check", Success, 1, None),
    ui("start", "play", Primary, 2, None),
    ui("confirm_start", "play", Neutral, 2, Some("Only when the work has begun. Then nobody needs the code any more.")),
    ui("finish", "check-check", Primary, 1, Some("Leave the amount empty if the price stays as agreed.")),
    ui("confirm", "circle-check-big", Success, 1, None),
    ui("accept_settlement", "handshake", Success, 1, None),
    ui("review", "star", Primary, 1, Some("Reviews stay sealed until both sides have written one, or time is up.")),
    ui("quote", "badge-dollar-sign", Primary, 2, Some("Give the whole price, with GST.")),
    ui("counter", "hand-coins", Neutral, 2, Some("Say what the job is worth to you, with GST.")),
    ui(
        "propose_change",
        "calendar-clock",
        Neutral,
        3,
        Some("The booking stands as it is until the other side agrees."),
    ),
    ui("decline_change", "calendar-minus", Neutral, 2, Some("The booking stays at the time as booked.")),
    ui("withdraw_change", "undo", Neutral, 4, None),
    ui("request_fix", "wrench", Neutral, 2, Some("Say what is missing. The provider is asked to come back to it.")),
    ui("undo_no_show", "undo", Neutral, 1, None),
    ui("offer_settlement", "hand-coins", Neutral, 2, Some("If the other side takes your offer, the dispute is over.")),
    ui("edit_review", "star", Neutral, 2, Some("You can change it for as long as it is sealed.")),
    ui("reply_to_review", "reply", Neutral, 3, Some("Everybody can read your reply. It cannot be changed later.")),
    ui("report_no_show", "user-x", Warning, 1, Some("The other side has 24 hours to contest it.")),
    ui("add_evidence", "receipt", Neutral, 1, Some("Both sides and our team see it. It cannot be taken back.")),
    ui("open_dispute", "scale", Warning, 2, Some("No money moves until it is settled. Our team reads along.")),
    ui("rule_for_provider", "scale", Warning, 1, Some("A ruling is final. Both sides read your reason.")),
    ui("rule_for_customer", "scale", Warning, 2, Some("A ruling is final. Both sides read your reason.")),
    ui("decline", "x", Error, 1, Some("A short reason helps the customer to find somebody else.")),
    ui("decline_quote", "thumbs-down", Error, 1, Some("This ends the request for both of you.")),
    ui("withdraw", "undo", Error, 2, Some("This ends the request for both of you.")),
    ui("cancel", "calendar-x", Error, 3, Some("A few honest words often lead to another time instead.")),
    ui("hide_review", "eye-off", Warning, 3, Some("Nobody but its author sees it then, and it counts for no rating.")),
    ui("unhide_review", "star", Neutral, 4, Some("Everybody can read it again, and it counts again.")),
    ui("cancel_as_admin", "ban", Error, 4, Some("Both sides read your reason.")),
];

/// Where a button stands: what leads on, then the rest, and apart from both what ends or risks something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// What leads on.
    Main,
    /// The rest.
    More,
    /// What ends or risks something.
    Apart,
}

/// An action and all that its button needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionButton {
    /// The action as the server offers it.
    pub action: Action,
    /// The name of its icon.
    pub icon: &'static str,
    /// How much it weighs.
    pub variant: Variant,
    /// What its dialog says beside the consequence.
    pub confirmation: Option<&'static str>,
    /// Where it stands.
    pub group: Group,
    /// Whether pressing it opens a dialog first.
    pub opens_dialog: bool,
    /// What the other button of the dialog says.
    pub safe_label: &'static str,
}

/// Merges the server's actions with the metadata, in the order of the buttons.
pub fn use_booking_actions(actions: &[Action]) -> Vec<ActionButton> {
    let mut buttons = Vec::with_capacity(actions.len());
    for action in actions {
        let (order, button) = merge(action);
        insert(&mut buttons, (button.group, !button.action.available, order), button);
    }
    // One primary action a screen: what comes after it steps back.
    let (mut leading, mut shown) = (false, Vec::with_capacity(buttons.len()));
    for (_, mut button) in buttons {
        if button.group == Group::Main && std::mem::replace(&mut leading, true) {
            (button.variant, button.group) = (Variant::Neutral, Group::More);
        }
        insert(&mut shown, (button.group, !button.action.available, 0), button);
    }
    shown.into_iter().map(|(_, button)| button).collect()
}

/// Where a button stands among the others: by its group, what is possible first, then by its own order.
type Place = (Group, bool, u8);

/// Puts a button behind those that stand before it or beside it. A sort of the library weighs 3 kB in the browser.
fn insert(buttons: &mut Vec<(Place, ActionButton)>, place: Place, button: ActionButton) {
    let at = buttons.iter().take_while(|(other, _)| *other <= place).count();
    buttons.insert(at, (place, button));
}

fn merge(action: &Action) -> (u8, ActionButton) {
    let known = ACTION_UI_METADATA.iter().find(|known| known.action_name == action.action_name);
    let variant = known.map_or(Variant::Neutral, |known| known.variant);
    let default = action.is_critical.then_some(DEFAULT_CONFIRMATION);
    let confirmation = known.map_or(default, |known| known.confirmation);
    let has_form = action.is_critical || !action.inputs.is_empty();
    let ends = action.is_critical && matches!(action.to, Status::Cancelled | Status::Declined | Status::Expired);
    let group = match variant {
        Variant::Primary | Variant::Success => Group::Main,
        Variant::Neutral if !action.is_critical => Group::More,
        _ => Group::Apart,
    };
    let button = ActionButton {
        action: action.clone(),
        icon: known.map_or(DEFAULT_ICON, |known| known.icon),
        variant,
        confirmation,
        group,
        opens_dialog: has_form || confirmation.is_some(),
        safe_label: if ends { "Keep booking" } else { "Back" },
    };
    (known.map_or(u8::MAX, |known| known.order), button)
}

#[cfg(all(test, feature = "ssr"))]
mod tests;
