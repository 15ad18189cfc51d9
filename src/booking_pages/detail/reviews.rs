//! The reviews that the viewer may see.

use leptos::prelude::*;

use crate::booking::schema::ReviewView;
use crate::ui::icon::Icon;

/// All of them with their heading; nothing if there are none.
pub fn reviews(reviews: &[ReviewView]) -> Option<impl IntoView + use<>> {
    let each: Vec<_> = reviews.iter().cloned().map(review).collect();
    (!each.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="reviews-title">
                <h2 class="eyebrow" id="reviews-title">
                    "Reviews"
                </h2>
                {each}
            </section>
        }
    })
}

fn review(review: ReviewView) -> impl IntoView {
    let stars: Vec<_> = (0..review.stars.min(5)).map(|_| view! { <Icon name="star" /> }).collect();
    let text = review.text.map(|text| {
        view! {
            <p class="words" dir="auto">
                {text}
            </p>
        }
    });
    let reply = review.reply.map(|reply| view! { <blockquote dir="auto">{reply}</blockquote> });
    let unseen = |text: String| {
        view! {
            <p class="hint">
                <Icon name="eye-off" />
                {text}
            </p>
        }
    };
    let sealed = review.sealed.then(|| unseen("Sealed: only you can see it yet.".into()));
    let hidden = review.hidden.map(|reason| unseen(format!("Hidden by the GigSta team: {reason}")));
    view! {
        <article class="review">
            <h3>{review.by}</h3>
            <p class="given">
                <span class="sr-only">{format!("{} of 5 stars", review.stars)}</span>
                {stars}
            </p>
            {text}
            {reply}
            {sealed}
            {hidden}
        </article>
    }
}
