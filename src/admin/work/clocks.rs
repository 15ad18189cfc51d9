//! How the clocks look that should have struck, and the bookings on which the work fails.

use leptos::prelude::*;

use super::Shown;
use crate::admin::labels::{age, counted, plain};
use crate::booking::store::oversight::{LATE_MINUTES, Late};
use crate::booking::store::work::Stuck;
use crate::time::Timestamp;
use crate::ui::icon::Icon;

/// The section of the clocks.
pub(super) fn render(shown: &Shown, now: Timestamp) -> AnyView {
    let stuck = if shown.stuck.is_empty() {
        view! {
            <p>
                <Icon name="circle-check" />
                {format!("No clock is more than {LATE_MINUTES} minutes late.")}
            </p>
        }
        .into_any()
    } else {
        let late: Vec<_> = shown.stuck.iter().map(|late| late_clock(late, now)).collect();
        let how_many = counted(shown.how_many);
        view! {
            <p>{format!("{how_many} late by more than {LATE_MINUTES} minutes. Is a worker running?")}</p>
            <ul class="rows" aria-label="Stuck clocks">
                {late}
            </ul>
        }
        .into_any()
    };
    let failing = (!shown.failing.is_empty()).then(|| {
        let failing: Vec<_> = shown.failing.iter().map(failing_booking).collect();
        view! {
            <p>"On these the work fails again and again. It is tried as long as it takes."</p>
            <ul class="rows" aria-label="Failing bookings">
                {failing}
            </ul>
        }
    });
    view! {
        <section class="card" aria-labelledby="stuck-title">
            <h2 class="eyebrow" id="stuck-title">
                "Stuck clocks"
            </h2>
            {stuck}
            {failing}
        </section>
    }
    .into_any()
}

fn late_clock(late: &Late, now: Timestamp) -> AnyView {
    view! {
        <li>
            <span>
                <a class="link" href=format!("/bookings/{}", late.id)>
                    {late.reference.clone()}
                </a>
                <span class="hint">{plain(&late.next_due_action)}</span>
            </span>
            <b>{format!("{} late", age(late.next_due_at, now))}</b>
        </li>
    }
    .into_any()
}

fn failing_booking(failing: &Stuck) -> AnyView {
    view! {
        <li>
            <span>
                <a class="link" href=format!("/bookings/{}", failing.booking)>
                    {failing.reference.clone()}
                </a>
                <span class="hint">{failing.error.clone()}</span>
            </span>
            <b>{format!("{} times", failing.failures)}</b>
        </li>
    }
    .into_any()
}
