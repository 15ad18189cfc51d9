//! The first page: what this is, and how a booking goes.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::problem::{answer, bare_frame};
use super::shell::{Frame, Here, Page, respond};
use crate::server::context::RequestContext;
use crate::ui::icon::Icon;
use crate::ui::stepper::{Step, stepper};

/// What the landing page tells the shell.
pub fn head() -> Page {
    Page::new(
        "",
        &[
            "send",
            "calendar-check",
            "circle-check-big",
            "handshake",
            "clock",
            "receipt",
            "arrow-right",
            "check",
            "circle-dot",
        ],
    )
}

/// `GET /`
pub async fn landing(ctx: RequestContext) -> Response {
    let frame = match Frame::load(&ctx, Here::Home).await {
        Ok(frame) => frame,
        Err(error) => return answer(&bare_frame(&ctx), "/", error),
    };
    let signed_in = frame.viewer.is_some();
    respond(StatusCode::OK, &frame, head(), move || body(signed_in))
}

/// The landing page.
pub fn body(signed_in: bool) -> AnyView {
    let (href, text) = if signed_in { ("/bookings", "Go to my bookings") } else { ("/sign-in", "Sign in") };
    view! {
        <section class="hero">
            <div>
                <p class="eyebrow">"New Zealand and Australia"</p>
                <h1>"Good people for the jobs around your place"</h1>
                <p class="lead">
                    "Ask, agree on a price, get it done. Both of you always see where a booking stands, what is possible next, and what it would cost."
                </p>
                <p class="row">
                    <a class="btn btn-primary" href=href>
                        {text}
                        <Icon name="arrow-right" />
                    </a>
                    <a class="btn" href="/machine">
                        "See how a booking works"
                    </a>
                </p>
            </div>
            <div class="card">
                <p class="eyebrow">"Lawn mowing, Sandringham"</p>
                {stepper("An example of a booking's way", example())}
            </div>
        </section>
        <h2>"How it goes"</h2>
        <ol class="tiles">
            {tile("send", "Ask", "Say what, where and when. The time can be held for you while you wait for an answer.")}
            {tile("calendar-check", "Agree", "The provider accepts or quotes. Nothing is booked before both have said yes.")}
            {tile("circle-check-big", "Done", "You confirm that the work is done, and then the money moves. Not before.")}
        </ol>
        <h2>"What you can rely on"</h2>
        <ul class="tiles">
            {tile("clock", "No one is left hanging", "Every open question has an end: a request, a quote, a report. You see it on the page.")}
            {tile("receipt", "The cost before you act", "Cancelling shows its fee and your refund before anything happens.")}
            {tile("handshake", "One history for both", "Who did what and when, for both of you, and nobody can change it afterwards.")}
        </ul>
    }
    .into_any()
}

/// A booking that goes well.
fn example() -> Vec<Step> {
    let step = |label: &str, state: &str, at: &str| Step {
        label: label.into(),
        state: state.into(),
        at_text: (!at.is_empty()).then(|| at.to_owned()),
    };
    vec![
        step("Requested", "done", "Mon, 6:02 pm"),
        step("Quoted", "done", "Tue, 9:10 am, $120.00 NZD"),
        step("Accepted", "here", "Tue, 12:20 pm"),
        step("In progress", "next", ""),
        step("Completed", "next", ""),
    ]
}

fn tile(icon: &'static str, title: &'static str, text: &'static str) -> AnyView {
    view! {
        <li class="card tile">
            <Icon name=icon />
            <h3>{title}</h3>
            <p>{text}</p>
        </li>
    }
    .into_any()
}
