//! The laws of the machine, over every standing, every part and every action.

use super::table::REASON;
use super::*;

const STATUSES: [Option<ProviderStatus>; 8] = [
    None,
    Some(Details),
    Some(Payout),
    Some(Pending),
    Some(MoreAsked),
    Some(Approved),
    Some(Rejected),
    Some(Suspended),
];

const PARTS: [Part; 3] = [Part::Applicant, Part::Admin { own: false }, Part::Admin { own: true }];

/// All 128 of them.
fn standings() -> impl Iterator<Item = Standing> {
    STATUSES.into_iter().flat_map(|status| {
        (0..16).map(move |bits| Standing {
            status,
            details_complete: bits & 1 != 0,
            number_valid: bits & 2 != 0,
            payout_chosen: bits & 4 != 0,
            active: bits & 8 != 0,
            is_full: false,
        })
    })
}

fn whole(status: Option<ProviderStatus>) -> Standing {
    Standing { status, details_complete: true, number_valid: true, payout_chosen: true, active: true, is_full: false }
}

#[test]
fn what_is_listed_as_possible_executes_and_nothing_else_does() {
    let mut checked = 0;
    for standing in standings() {
        for part in PARTS {
            let listed = get_available_provider_actions(&standing, part);
            for row in ROWS {
                let possible =
                    listed.iter().any(|action| action.row.action_name == row.action_name && action.denials.is_empty());
                assert_eq!(possible, decide(&standing, part, row, "words").is_ok(), "{} {standing:?}", row.action_name);
                checked += 1;
            }
        }
    }
    assert_eq!(checked, 128 * 3 * ROWS.len());
}

#[test]
fn words_that_are_needed_cannot_be_left_out() {
    for standing in standings() {
        for part in PARTS {
            for row in ROWS {
                let (without_message, with_message) =
                    (decide(&standing, part, row, " \n"), decide(&standing, part, row, "words"));
                match row.message {
                    MessageRule::Nothing => assert_eq!(without_message, with_message),
                    MessageRule::Needed(_) => assert!(without_message.is_err(), "{}", row.action_name),
                }
            }
        }
    }
}

#[test]
fn only_an_admin_decides_and_never_on_their_own_application() {
    for standing in standings() {
        for row in ROWS.iter().filter(|row| row.by_admin) {
            assert!(decide(&standing, Part::Applicant, row, "x").is_err(), "{}", row.action_name);
            assert!(decide(&standing, Part::Admin { own: true }, row, "x").is_err(), "{}", row.action_name);
        }
        for row in ROWS.iter().filter(|row| !row.by_admin) {
            assert!(decide(&standing, Part::Admin { own: false }, row, "x").is_err(), "{}", row.action_name);
        }
    }
}

#[test]
fn nobody_is_approved_whose_application_is_not_whole() {
    for standing in standings() {
        for part in PARTS {
            for row in ROWS {
                let Ok(transition) = decide(&standing, part, row, "x") else { continue };
                let grows = transition.to != standing.status.unwrap_or(Details);
                let is_whole = standing.details_complete && standing.number_valid && standing.payout_chosen;
                if grows && matches!(transition.to, Pending) || row.action_name == "approve" {
                    assert!(is_whole, "{} {standing:?}", row.action_name);
                }
            }
        }
    }
}

#[test]
fn whatever_takes_something_away_needs_a_reason_and_names_are_unique() {
    for row in ROWS {
        assert_eq!(row.is_critical, row.message == REASON, "{}", row.action_name);
        assert_eq!(ROWS.iter().filter(|other| other.action_name == row.action_name).count(), 1);
        assert!(std::ptr::eq(super::row(row.action_name).unwrap(), row) && !row.note.is_empty());
    }
    assert!(row("nonsense").is_none());
}

#[test]
fn every_denial_has_a_code_and_a_sentence() {
    for standing in standings() {
        for part in PARTS {
            for denial in ROWS.iter().filter_map(|row| decide(&standing, part, row, "").err()).flatten() {
                assert!(denial.message.ends_with('.') && !denial.code.contains(' '), "{denial:?}");
            }
        }
    }
}

#[test]
fn every_status_is_reached_and_every_step_can_be_taken() {
    let mut seen = vec![whole(None)];
    let mut at = 0;
    while let Some(standing) = seen.get(at).copied() {
        at += 1;
        for part in PARTS {
            for row in ROWS {
                if let Ok(next) = decide(&standing, part, row, "x") {
                    let next = Standing { status: Some(next.to), active: next.active, ..standing };
                    if !seen.contains(&next) {
                        seen.push(next);
                    }
                }
            }
        }
    }
    for status in STATUSES {
        assert!(seen.iter().any(|standing| standing.status == status), "{status:?}");
    }
    for standing in standings() {
        let offered = get_available_provider_actions(&standing, Part::Applicant);
        let names: Vec<_> = offered.iter().map(|action| action.row.action_name).collect();
        let asked = match next_step(&standing) {
            Step::Choose => "choose_provider",
            Step::Details => "save_details",
            Step::Payout => "save_payout",
            Step::Review | Step::Again => "submit",
            Step::Answer => "answer_more",
            Step::Wait | Step::Done => continue,
        };
        assert!(names.contains(&asked), "{asked} {standing:?}");
    }
}

#[test]
fn the_table_stays_as_it_is() {
    let mut lines = Vec::new();
    for status in STATUSES {
        for part in PARTS {
            for action in get_available_provider_actions(&whole(status), part) {
                let transition = decide(&whole(status), part, action.row, "x");
                let what = match transition {
                    Ok(to) => format!("{:?}{}", to.to, if to.active { "" } else { ", paused" }),
                    Err(denials) => denials.iter().map(|denial| denial.code).collect::<Vec<_>>().join(", "),
                };
                let from = status.map_or("None".into(), |status| format!("{status:?}"));
                lines.push(format!(
                    "{from:<10} {part:<22} {:<16} {what}",
                    action.row.action_name,
                    part = format!("{part:?}")
                ));
            }
        }
    }
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn a_full_history_takes_nothing_more_of_the_applicant_and_everything_of_an_admin() {
    let full = Standing { is_full: true, ..whole(Some(Approved)) };
    for row in ROWS.iter().filter(|row| !row.by_admin) {
        assert!(decide(&full, Part::Applicant, row, "x").is_err(), "{}", row.action_name);
    }
    let save = decide(&full, Part::Applicant, row("save_profile").unwrap(), "").unwrap_err();
    assert_eq!(save.iter().map(|denial| denial.code).collect::<Vec<_>>(), ["history_full"]);
    assert!(decide(&full, Part::Admin { own: false }, row("suspend").unwrap(), "x").is_ok());
}
