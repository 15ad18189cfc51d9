//! The machine of becoming and being a provider: one pure table decides who may do what, why not, and what it leads to.
//! Values in, values out: no clock, no database, no web.

use crate::domain::limit::sentence;
use crate::domain::standing::ProviderStatus::{self, *};

pub mod names;
mod table;
#[cfg(test)]
mod tests;

pub use table::ROWS;

/// The most events of an application after which its applicant can still change it. Admins always can. With the longest texts that
/// is half of what one document of MongoDB holds.
pub const MAX_EVENTS: usize = 400;

/// The denial to an applicant whose history is full.
const FULL: Denial = Denial {
    code: "history_full",
    message: sentence!(
        "This has been changed ",
        MAX_EVENTS,
        " times, the most there can be. Ask us if something has to be different."
    ),
    field: None,
};

/// Where somebody stands, as far as the rules ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The status; nothing before they have begun.
    pub status: Option<ProviderStatus>,
    /// Trading name, phone and business address are there.
    pub details_complete: bool,
    /// The business number is one, for the country of the address.
    pub number_valid: bool,
    /// They have said how they are paid.
    pub payout_chosen: bool,
    /// They take requests at the moment.
    pub active: bool,
    /// Their history has [`MAX_EVENTS`], the most that they can write.
    pub is_full: bool,
}

impl Standing {
    /// Somebody who has not begun.
    pub const NONE: Standing = Standing {
        status: None,
        details_complete: false,
        number_valid: false,
        payout_chosen: false,
        active: true,
        is_full: false,
    };
}

/// What somebody is to an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Whose it is.
    Applicant,
    /// An admin; `own` if it is also theirs.
    Admin {
        /// Whether it is their own.
        own: bool,
    },
}

/// Words that go with an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageRule {
    /// None.
    Nothing,
    /// Something has to be said, under this label.
    Needed(&'static str),
}

/// What must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Trading name, phone and address are there.
    DetailsComplete,
    /// The business number is right.
    NumberValid,
    /// They have said how they are paid.
    PayoutChosen,
    /// It is not the admin's own.
    NotOwn,
    /// They take requests.
    Active,
    /// They take none.
    Paused,
}

/// A way through a row: from one of these, to that; `None` stays.
pub type Path = (&'static [Option<ProviderStatus>], Option<ProviderStatus>);

/// One action of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The name that travels and is stored.
    pub action_name: &'static str,
    /// What the button says.
    pub button_label: &'static str,
    /// The sentence of the history.
    pub note: &'static str,
    /// Whether it takes something away, so that it needs a reason.
    pub is_critical: bool,
    /// Whether an admin takes it; the applicant otherwise.
    pub by_admin: bool,
    /// From where to where.
    pub paths: &'static [Path],
    /// What must hold; every failing one is reported.
    pub guards: &'static [Guard],
    /// What has to be said.
    pub message: MessageRule,
    /// What their taking requests becomes.
    pub sets_active: Option<bool>,
}

/// One reason why an action is not possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Denial {
    /// A stable name.
    pub code: &'static str,
    /// The reason and what to do.
    pub message: &'static str,
    /// The field that would have to be different, if one would.
    pub field: Option<&'static str>,
}

/// What an action leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The status before; nothing at the beginning.
    pub from: Option<ProviderStatus>,
    /// The status after.
    pub to: ProviderStatus,
    /// Whether they take requests after it.
    pub active: bool,
}

/// An action as somebody may see it.
#[derive(Clone, Debug)]
pub struct AvailableAction {
    /// Its row.
    pub row: &'static Row,
    /// Why not; empty when it is possible.
    pub denials: Vec<Denial>,
}

/// The row of that name, if there is one.
pub fn row(action_name: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.action_name == action_name)
}

/// Decides one action: what it leads to, or every reason against it.
pub fn decide(standing: &Standing, part: Part, row: &Row, message: &str) -> Result<Transition, Vec<Denial>> {
    let to = path(standing, part, row)?;
    let guards = row.guards.iter().filter_map(|guard| guard.check(standing, part));
    let silent = matches!(row.message, MessageRule::Needed(_)) && message.trim().is_empty();
    let unsaid = Denial { code: "missing_words", message: "Write a few words here first.", field: Some("message") };
    let full = standing.is_full && part == Part::Applicant;
    let denials: Vec<Denial> = guards.chain(silent.then_some(unsaid)).chain(full.then_some(FULL)).collect();
    if denials.is_empty() {
        Ok(Transition { from: standing.status, to, active: row.sets_active.unwrap_or(standing.active) })
    } else {
        Err(denials)
    }
}

/// Everything that somebody could do where the application stands, possible now or not.
///
/// Defined by [`decide`]: an action is possible exactly if it would execute with words where words are needed.
pub fn get_available_provider_actions(standing: &Standing, part: Part) -> Vec<AvailableAction> {
    let offer = |row: &'static Row| {
        path(standing, part, row).ok()?;
        Some(AvailableAction { row, denials: decide(standing, part, row, "words").err().unwrap_or_default() })
    };
    ROWS.iter().filter_map(offer).collect()
}

/// What an applicant is asked for next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To choose a path.
    Choose,
    /// Who they are.
    Details,
    /// How they are paid.
    Payout,
    /// To look at it all and send it.
    Review,
    /// Nothing: an admin is.
    Wait,
    /// To answer a question.
    Answer,
    /// To change what was not right and send it again, if they like.
    Again,
    /// Nothing: they are a provider.
    Done,
}

/// The next step, from where somebody stands.
pub fn next_step(standing: &Standing) -> Step {
    let details = standing.details_complete && standing.number_valid;
    match standing.status {
        None => Step::Choose,
        Some(Details) => Step::Details,
        Some(Payout) if !details => Step::Details,
        Some(Payout) if !standing.payout_chosen => Step::Payout,
        Some(Payout) => Step::Review,
        Some(Pending) => Step::Wait,
        Some(MoreAsked) => Step::Answer,
        Some(Rejected) => Step::Again,
        Some(Approved | Suspended) => Step::Done,
    }
}

/// Where the action leads from here for that part; the denial if it leads nowhere.
fn path(standing: &Standing, part: Part, row: &Row) -> Result<ProviderStatus, Vec<Denial>> {
    let mine = row.by_admin == matches!(part, Part::Admin { .. });
    let found = row.paths.iter().find(|(from, _)| from.contains(&standing.status));
    let deny = |code, message| Err(vec![Denial { code, message, field: None }]);
    match found.map(|(_, to)| to.or(standing.status)) {
        Some(Some(to)) if mine => Ok(to),
        Some(_) if row.by_admin => deny("admin_only", "Only an admin can do this."),
        Some(_) => deny("applicant_only", "Only the provider can do this."),
        None => {
            deny("wrong_status", "This is not possible any more, or not yet. Look where the application stands now.")
        }
    }
}

impl Guard {
    fn check(self, standing: &Standing, part: Part) -> Option<Denial> {
        let (holds, code, message) = match self {
            Guard::DetailsComplete => (
                standing.details_complete,
                "details_incomplete",
                "Something is missing: trading name, phone or business address. Fill it in first.",
            ),
            Guard::NumberValid => (
                standing.number_valid,
                "business_number_invalid",
                "The NZBN or ABN is missing, or does not fit the country of the business address. Correct it first.",
            ),
            Guard::PayoutChosen => {
                (standing.payout_chosen, "payout_missing", "Nobody has said how payment goes. Choose that first.")
            }
            Guard::NotOwn => (
                part != Part::Admin { own: true },
                "own_application",
                "This is your own application. Another admin has to decide it.",
            ),
            Guard::Active => (standing.active, "already_paused", "Requests are paused already."),
            Guard::Paused => (!standing.active, "already_active", "Requests are taken already."),
        };
        (!holds).then_some(Denial { code, message, field: None })
    }
}
