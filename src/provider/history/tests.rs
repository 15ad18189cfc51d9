use mongodb::bson::oid::ObjectId;

use super::*;
use crate::provider::onboarding::{Standing, decide, row};

fn account() -> Account {
    Account {
        id: ObjectId::from_bytes([1; 12]),
        email: "aroha@demo.test".into(),
        name: "Aroha".into(),
        password_hash: String::new(),
        is_admin: false,
        email_verified: true,
        phone: Some("+64 21 555 0142".into()),
        address: None,
        place: None,
        zone: "Pacific/Auckland".into(),
        created_at: Timestamp(0),
    }
}

fn act(before: &Provider, action: &str, submission: Submission) -> Provider {
    let row = row(action).unwrap();
    let part = if row.by_admin { Part::Admin { own: false } } else { Part::Applicant };
    let standing = if before.history.is_empty() { Standing::NONE } else { before.standing() };
    let to = decide(&standing, part, row, &submission.message).unwrap();
    apply(before, row, to, submission, &Actor { part, id: "1".into(), name: "Somebody".into() }, Timestamp(1))
}

/// An application on its whole way.
fn approved() -> Provider {
    let base = crate::domain::places::resolve("Te Aro").unwrap().place("12 Tory Street");
    let details = Details {
        trading_name: "Ngata Gardens".into(),
        about: String::new(),
        phone: "+64 21 555 0142".into(),
        business_number: "9429000000017".into(),
        base,
        zone: "Pacific/Auckland".into(),
    };
    let provider = act(&blank(&account(), Timestamp(0)), "choose_provider", Submission::default());
    let provider = act(&provider, "save_details", Submission { details: Some(details), ..Submission::default() });
    let provider = act(&provider, "save_payout", Submission { payout: Some("direct".into()), ..Submission::default() });
    let provider = act(&provider, "submit", Submission::default());
    let provider =
        act(&provider, "ask_more", Submission { message: " Which licence?\n".into(), ..Submission::default() });
    let provider =
        act(&provider, "answer_more", Submission { message: "None needed.".into(), ..Submission::default() });
    act(&provider, "approve", Submission::default())
}

#[test]
fn the_whole_way_is_a_chain_whose_fold_is_the_provider() {
    let provider = approved();
    assert!(provider.takes_requests());
    assert_eq!(provider.version, 7);
    assert_eq!(provider.history[4].reason.as_deref(), Some("Which licence?"));
    assert_eq!(verify(&provider), Ok(()));
}

#[test]
fn nothing_of_a_history_can_be_altered_unnoticed() {
    let whole = approved();
    let altered = |change: fn(&mut Provider)| {
        let mut provider = whole.clone();
        change(&mut provider);
        verify(&provider)
    };
    assert_eq!(altered(|it| _ = it.history.remove(2)), Err(Fault::Gap { expected: 3 }));
    assert_eq!(altered(|it| it.history[4].reason = None), Err(Fault::BrokenChain { seq: 5 }));
    assert_eq!(altered(|it| it.history[6].actor_name = "Another".into()), Err(Fault::BrokenChain { seq: 7 }));
    assert_eq!(altered(|it| it.business_number = "9429000000024".into()), Err(Fault::StateDiffers));
    assert_eq!(altered(|it| it.status = ProviderStatus::Suspended), Err(Fault::StateDiffers));
    assert_eq!(altered(|it| it.reliability.completed = 5), Ok(()));
}

#[test]
fn what_the_account_says_is_not_asked_again() {
    let provider = blank(&account(), Timestamp(0));
    assert_eq!((provider.phone.as_str(), provider.zone.as_str()), ("+64 21 555 0142", "Pacific/Auckland"));
}
