//! What was booked: time, place, people, price, the proposal that is open, and reviews.

use leptos::prelude::*;

use crate::booking::schema::{BookingView, QuoteView, ReviewView};
use crate::ui::icon::Icon;

/// When, where, who and for how much.
pub fn facts(view: &BookingView) -> AnyView {
    let price = match &view.price {
        Some(price) => price.text.clone(),
        None => "No price yet".into(),
    };
    let quotes: Vec<_> = view.quotes.iter().map(quote).collect();
    let people = format!("{}, for {}", view.provider, view.customer);
    let when = match &view.viewer_when_text {
        Some(yours) => fact("calendar", "When", &view.when_text, &[format!("Where you are: {yours}")]),
        None => fact("calendar", "When", &view.when_text, &[]),
    };
    let notes: Vec<String> = [Some(view.price_text.clone()), view.split_text.clone(), view.policy_text.clone()]
        .into_iter()
        .flatten()
        .collect();
    view! {
        <dl class="facts">
            {when} {fact("map-pin", "Where", &view.place, &[])} {fact("users", "Who", &people, &[])}
            {fact("receipt", "Price", &price, &notes)}
        </dl>
        {(!quotes.is_empty()).then(|| view! { <h3>"Prices named so far"</h3> <ol class="quotes">{quotes}</ol> })}
        {(!view.details.is_empty())
            .then(|| view! { <h3>"About the job"</h3> <p class="words" dir="auto">{view.details.clone()}</p> })}
    }
    .into_any()
}

fn fact(icon: &'static str, label: &'static str, text: &str, notes: &[String]) -> AnyView {
    let notes: Vec<_> = notes
        .iter()
        .filter(|note| !note.is_empty())
        .map(|note| view! { <span class="hint">{note.clone()}</span> })
        .collect();
    view! {
        <div class="fact">
            <Icon name=icon />
            <dt>{label}</dt>
            <dd>{text.to_owned()} {notes}</dd>
        </div>
    }
    .into_any()
}

fn quote(quote: &QuoteView) -> AnyView {
    let current = quote.current;
    view! {
        <li class="quote" class:current=current>
            <span>{quote.label.clone()} <span class="hint">{quote.at_text.clone()}</span></span>
            <b>{quote.amount.text.clone()} {current.then(|| view! { <span class="hint">"on the table"</span> })}</b>
        </li>
    }
    .into_any()
}

/// The open proposal of another time.
pub fn change(view: &BookingView) -> AnyView {
    view.change
        .as_ref()
        .map(|change| {
            view! {
                <div class="proposal">
                    <h3>{format!("New time proposed by {}", change.by)}</h3>
                    <p>
                        <s>
                            <span class="sr-only">"As booked: "</span>
                            {change.old_text.clone()}
                        </s>
                    </p>
                    <p>
                        <span class="sr-only">"Proposed: "</span>
                        <b>{change.new_text.clone()}</b>
                    </p>
                    {change.until_text.clone().map(|until| view! { <p class="hint">{format!("Open until {until}.")}</p> })}
                </div>
            }
        })
        .into_any()
}

/// Reviews that the viewer may see.
pub fn reviews(view: &BookingView) -> AnyView {
    let reviews: Vec<_> = view.reviews.iter().map(review).collect();
    (!reviews.is_empty())
        .then(|| {
            view! {
                <section class="card reviews" aria-labelledby="reviews-title">
                    <h2 class="eyebrow" id="reviews-title">
                        "Reviews"
                    </h2>
                    {reviews}
                </section>
            }
        })
        .into_any()
}

fn review(review: &ReviewView) -> AnyView {
    let stars: Vec<_> = (0..review.stars.min(5)).map(|_| view! { <Icon name="star" /> }).collect();
    view! {
        <article class="review">
            <h3>{review.by.clone()}</h3>
            <p class="given">
                <span class="sr-only">{format!("{} of 5 stars", review.stars)}</span>
                {stars}
            </p>
            {review.text.clone().map(|text| view! { <p class="words" dir="auto">{text}</p> })}
            {review.reply.clone().map(|reply| view! { <blockquote dir="auto">{reply}</blockquote> })}
            {review
                .sealed
                .then(|| {
                    view! {
                        <p class="hint">
                            <Icon name="eye-off" />
                            "Sealed: only you can see it yet."
                        </p>
                    }
                })}
        </article>
    }
    .into_any()
}
