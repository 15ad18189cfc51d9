use futures::FutureExt;

use super::mailbox::WAITING;
use super::*;

const OPENED: Timestamp = Timestamp(1_000_000);

/// A hub that has followed the database since [`OPENED`].
fn hub() -> Hub {
    let hub = Hub::default();
    hub.opened(OPENED);
    hub
}

fn who(account: &str) -> Listener {
    let (account, session) = (account.to_owned(), format!("session of {account}"));
    Listener { account, is_admin: false, session, expires_at: Timestamp(i64::MAX), booking: None }
}

fn booking(id: &str, version: i64, to: &[&str]) -> News {
    let to = to.iter().map(|&account| account.to_owned()).collect();
    News { what: What::Booking { id: id.into(), version }, to, admins: true }
}

/// What waits, without waiting.
fn received(subscription: &Subscription) -> Vec<StreamEvent> {
    subscription.next().now_or_never().unwrap_or_default()
}

fn after(millis: i64) -> Timestamp {
    Timestamp(OPENED.0 + millis)
}

#[test]
fn a_change_reaches_its_people_and_the_admins_and_nobody_else() {
    let hub = hub();
    let join = |who| hub.join(who, after(1_000));
    let (aroha, liam) = (join(who("aroha")), join(who("liam")));
    let admin = join(Listener { is_admin: true, ..who("admin") });
    let news = booking("b1", 2, &["aroha", "hemi"]);
    hub.publish(news.clone(), after(2_000));
    let notice = News { what: What::Notice, to: vec!["liam".into()], admins: false };
    hub.publish(notice, after(2_000));
    assert_eq!(received(&aroha), [StreamEvent::News(news.what.clone())]);
    assert_eq!(received(&admin), [StreamEvent::News(news.what)]);
    assert_eq!(received(&liam), [StreamEvent::News(What::Notice)]);
    assert_eq!(received(&aroha), [], "nothing is said twice");
}

#[test]
fn who_looks_at_one_booking_hears_of_no_other_but_of_notices() {
    let hub = hub();
    let one = hub.join(Listener { booking: Some("b1".into()), ..who("aroha") }, after(1_000));
    hub.publish(booking("b2", 5, &["aroha"]), after(2_000));
    hub.publish(News { what: What::Message { booking: "b2".into() }, ..booking("", 0, &["aroha"]) }, after(2_000));
    assert_eq!(received(&one), []);
    hub.publish(News { what: What::Message { booking: "b1".into() }, ..booking("", 0, &["aroha"]) }, after(2_000));
    hub.publish(News { what: What::Notice, ..booking("", 0, &["aroha"]) }, after(2_000));
    assert_eq!(
        received(&one),
        [StreamEvent::News(What::Message { booking: "b1".into() }), StreamEvent::News(What::Notice)]
    );
}

#[test]
fn who_is_slow_hears_the_latest_of_each_booking_or_just_that_there_is_much() {
    let hub = hub();
    let slow = hub.join(who("aroha"), after(1_000));
    for version in 1..=1_000 {
        hub.publish(booking("b1", version, &["aroha"]), after(2_000));
    }
    assert_eq!(received(&slow), [StreamEvent::News(What::Booking { id: "b1".into(), version: 1_000 })]);
    for number in 0..=WAITING {
        hub.publish(booking(&format!("b{number}"), 1, &["aroha"]), after(2_000));
    }
    hub.publish(booking("b1", 1_001, &["aroha"]), after(2_000));
    assert_eq!(received(&slow), [StreamEvent::Look]);
}

#[test]
fn who_comes_late_looks_again_only_if_something_of_theirs_has_changed() {
    let hub = hub();
    hub.publish(booking("b1", 2, &["aroha"]), after(10_000));
    let late = |account: &str, millis| received(&hub.join(who(account), after(millis)));
    assert_eq!(late("aroha", 9_000), [StreamEvent::Look]);
    assert_eq!(late("aroha", 10_000), [StreamEvent::Look]);
    assert_eq!(late("aroha", 10_001), []);
    assert_eq!(late("liam", 9_000), []);
    assert_eq!(late("liam", -1), [StreamEvent::Look], "nobody knows what was before the hub listened");
}

#[test]
fn what_is_remembered_is_bounded_and_the_rest_counts_as_changed() {
    let hub = hub();
    for number in 0..=i64::try_from(REMEMBERED).unwrap() {
        hub.publish(booking("b1", number, &["aroha"]), after(10_000 + number));
    }
    assert_eq!(hub.inside().recent.len(), REMEMBERED);
    assert_eq!(received(&hub.join(who("liam"), after(10_001))), []);
    assert_eq!(received(&hub.join(who("liam"), after(10_000))), [StreamEvent::Look]);
}

#[test]
fn one_stream_too_many_closes_the_oldest() {
    let hub = hub();
    let mut streams: Vec<_> = (0..STREAMS).map(|_| hub.join(who("aroha"), after(1_000))).collect();
    let liam = hub.join(who("liam"), after(1_000));
    streams.push(hub.join(who("aroha"), after(1_000)));
    assert_eq!(received(&streams[0]), [StreamEvent::Close(Why::Limit)]);
    assert!(streams[1..].iter().chain([&liam]).all(|open| received(open).is_empty()));
    assert_eq!(hub.streams(), STREAMS + 1);
    drop(streams);
    assert_eq!(hub.streams(), 1);
    drop(liam);
    assert!(hub.inside().people.is_empty());
}

#[test]
fn the_end_of_a_session_closes_its_streams_even_those_that_begin_just_then() {
    let hub = hub();
    let here = hub.join(who("aroha"), after(1_000));
    let there = hub.join(Listener { session: "on the phone".into(), ..who("aroha") }, after(1_000));
    let ended = News { what: What::SignedOut { session: "session of aroha".into() }, to: Vec::new(), admins: false };
    hub.publish(ended, after(2_000));
    assert_eq!(received(&here), [StreamEvent::Close(Why::SignedOut)]);
    assert_eq!(received(&there), []);
    assert_eq!(received(&hub.join(who("aroha"), after(1_999))), [StreamEvent::Close(Why::SignedOut)]);
}

#[test]
fn a_session_that_is_over_has_no_streams() {
    let hub = hub();
    let short = hub.join(Listener { expires_at: after(5_000), ..who("aroha") }, after(1_000));
    hub.end_expired(after(4_999));
    assert_eq!(received(&short), []);
    hub.end_expired(after(5_000));
    assert_eq!(received(&short), [StreamEvent::Close(Why::SignedOut)]);
}

#[test]
fn when_news_were_lost_everybody_connects_again() {
    let hub = hub();
    let stream = hub.join(who("aroha"), after(1_000));
    hub.opened(after(60_000));
    assert_eq!(received(&stream), [StreamEvent::Close(Why::Again)]);
    assert_eq!(received(&hub.join(who("aroha"), after(50_000))), [StreamEvent::Look]);
}

#[test]
fn a_clock_that_jumps_back_makes_nobody_miss_anything() {
    let hub = hub();
    hub.publish(booking("b0", 1, &["hemi"]), after(3_600_000));
    hub.publish(booking("b1", 2, &["aroha"]), after(1_000));
    assert_eq!(received(&hub.join(who("aroha"), after(3_600_000))), [StreamEvent::Look]);
    assert_eq!(received(&hub.join(who("aroha"), after(900))), [StreamEvent::Look]);
    assert_eq!(received(&hub.join(who("aroha"), Timestamp(i64::MIN))), [StreamEvent::Look]);
}
