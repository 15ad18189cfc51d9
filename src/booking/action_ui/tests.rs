use super::*;
use crate::booking::bar::schema::Text;
use crate::booking::machine::clocks::CONTEST_HOURS;
use crate::booking::machine::{TABLE, names};
use crate::ui::sprite;

fn action(action_name: &str, is_critical: bool, to: Status) -> Action {
    Action {
        action_name: action_name.into(),
        button_label: "Label".into(),
        is_critical,
        available: true,
        denials: Vec::new(),
        inputs: Vec::new(),
        to,
        deadline_text: None,
        preview: None,
        command_id: "c".into(),
    }
}

#[test]
fn every_action_of_the_table_that_people_take_has_an_entry_with_a_drawing() {
    for row in TABLE.rows().iter().filter(|row| !row.button_label.is_empty()) {
        let entry = ACTION_UI_METADATA.iter().find(|entry| entry.action_name == row.action_name);
        assert!(entry.is_some_and(|entry| sprite::is_known(entry.icon)), "{}", row.action_name);
    }
    assert!(sprite::is_known(DEFAULT_ICON));
}

#[test]
fn an_unknown_action_gets_the_neutral_button_with_the_default_icon() {
    let [button] = &use_booking_actions(&[action("levitate", false, Status::Accepted)])[..] else {
        panic!("one button")
    };
    assert_eq!((button.icon, button.variant, button.confirmation), (DEFAULT_ICON, Variant::Neutral, None));
    assert!(!button.opens_dialog);
}

#[test]
fn an_unknown_critical_action_is_confirmed_and_stands_apart() {
    let [button] = &use_booking_actions(&[action("vanish", true, Status::Cancelled)])[..] else { panic!("one button") };
    assert_eq!(button.confirmation, Some(DEFAULT_CONFIRMATION));
    assert_eq!((button.group, button.safe_label), (Group::Apart, "Keep booking"));
    assert!(button.opens_dialog);
}

#[test]
fn buttons_come_primary_then_neutral_then_what_ends_something() {
    let offered = [
        action("cancel", true, Status::Cancelled),
        action("propose_change", false, Status::Accepted),
        action("levitate", false, Status::Accepted),
        action("start", false, Status::InProgress),
    ];
    let names: Vec<_> = use_booking_actions(&offered).into_iter().map(|button| button.action.action_name).collect();
    assert_eq!(names, ["start", "propose_change", "levitate", "cancel"]);
}

#[test]
fn only_one_button_leads_and_never_one_that_is_not_possible_before_one_that_is() {
    let mut accept = action("accept", false, Status::Accepted);
    accept.available = false;
    accept.denials.push(Text { text: "There is no price yet.".into() });
    let buttons = use_booking_actions(&[accept, action("quote", false, Status::Quoted)]);
    let shown: Vec<_> = buttons.iter().map(|button| (button.action.action_name.as_str(), button.variant)).collect();
    assert_eq!(shown, [("quote", Variant::Primary), ("accept", Variant::Neutral)]);
}

/// The browser's half knows no constant of the machine.
#[test]
fn a_report_of_absence_says_how_long_it_can_be_contested() {
    let entry = ACTION_UI_METADATA.iter().find(|entry| entry.action_name == names::REPORT_NO_SHOW).unwrap();
    assert_eq!(entry.confirmation, Some(&*format!("The other side has {CONTEST_HOURS} hours to contest it.")));
}
