//! The first page: what this is, and how a booking goes.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::catalogue::category::{CATEGORIES, Category};
use crate::catalogue::popular::{Counts, Popular};
use crate::error::AppError;
use crate::ui::form::{Control, Form, Input};
use crate::ui::icon::Icon;
use crate::ui::stepper::{Step, StepState, stepper};
use crate::web::context::RequestContext;
use crate::web::shell::respond;
use crate::web::{Kept, PageContext, PageHead};

/// The head of the landing page, for the shell.
pub fn head() -> PageHead {
    let page = PageHead::new(
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
            "search",
        ],
    )
    .with_icons(&CATEGORIES.iter().map(|category| category.icon).collect::<Vec<_>>());
    // What it counts is a minute old anyway.
    PageHead { kept: Some(Kept::Shortly), ..page }
}

/// `GET /`
pub async fn landing(
    ctx: RequestContext,
    page: PageContext,
    State(popular): State<Popular>,
) -> Result<Response, AppError> {
    let popular = match popular.counts(&ctx.kit.db, ctx.now).await {
        Ok(popular) => popular,
        Err(error) => {
            // The page says enough without them.
            tracing::warn!(%error, "the popular categories could not be counted");
            Counts::new()
        }
    };
    let signed_in = page.viewer.is_some();
    Ok(respond(StatusCode::OK, &page, head(), || body(signed_in, &popular)))
}

/// The landing page.
pub fn body(signed_in: bool, popular: &Counts) -> AnyView {
    let (href, text) = if signed_in { ("/bookings", "Go to my bookings") } else { ("/sign-in", "Sign in") };
    view! {
        <section class="hero">
            <div>
                <p class="eyebrow">"New Zealand and Australia"</p>
                <h1>"Good people for the jobs around your place"</h1>
                <p class="lead">
                    "Ask, agree on a price, get it done. Both of you always see where a booking stands, what is possible next, and what it would cost."
                </p>
                <div>{search_box()}</div>
                <p class="row">
                    <a class="btn" href=href>
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
                <div>{example()}</div>
            </div>
        </section>
        <div class="stack">{categories(popular)}</div>
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

/// What and where: a plain form that leads to the search.
fn search_box() -> AnyView {
    let form = Form::default();
    let field = |name, label, kind| {
        form.render(&Input { name, label, control: Control::Line(kind, "off"), required: false, hint: "" })
    };
    view! {
        <form class="search" method="get" action="/services" role="search">
            <div class="search-main">
                {field("q", "What do you need?", "search")}
                {field("place", "Where?", "text")}
                <button class="btn btn-primary"><Icon name="search" />"Search"</button>
            </div>
        </form>
    }
    .into_any()
}

/// The categories that have services, with how many; nothing before there are any.
fn categories(popular: &Counts) -> Option<AnyView> {
    let category = |(category, count): &(&'static Category, usize)| {
        view! {
            <li class="card booking">
                <p class="booking-head">
                    <Icon name=category.icon />
                    <a href=format!("/services?category={}", category.slug)>{category.name}</a>
                    <span class="hint">{count.to_string()}<span class="sr-only">" services"</span></span>
                </p>
            </li>
        }
    };
    let view = || {
        let categories = popular.iter().map(category).collect_view();
        view! { <h2>"Popular"</h2> <ul class="tiles categories">{categories}</ul> }.into_any()
    };
    (!popular.is_empty()).then(view)
}

/// A booking that goes well.
fn example() -> impl IntoView {
    let step = |label: &str, state, at: &str| Step {
        label: label.into(),
        state,
        at_text: (!at.is_empty()).then(|| at.to_owned()),
    };
    let steps = [
        step("Requested", StepState::Done, "Mon, 6:02 pm"),
        step("Quoted", StepState::Done, "Tue, 9:10 am, $120.00 NZD"),
        step("Accepted", StepState::Current, "Tue, 12:20 pm"),
        step("In progress", StepState::Next, ""),
        step("Completed", StepState::Next, ""),
    ];
    stepper("An example of a booking's way", steps.into())
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
