//! How reviews look to everybody.

use leptos::prelude::*;

use crate::booking::store::reviews::{Cursor, PublicReview};
use crate::catalogue::stars;
use crate::domain::rating::Rating;
use crate::ui::icon::Icon;

/// What is shown of a provider's reviews.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The provider's page.
    pub href: &'a str,
    /// Their zone, in which months are shown.
    pub zone: &'a str,
    /// Who answers.
    pub provider: &'a str,
    /// Their stars.
    pub rating: Rating,
    /// The reviews of this page.
    pub reviews: &'a [PublicReview],
    /// Where the next page begins.
    pub next: Option<Cursor>,
    /// Whether there are newer ones on another page.
    pub later: bool,
}

/// The reviews of a provider: newest first, each with its stars, words and answer.
pub fn render_reviews(shown: &Shown) -> AnyView {
    let why_none = match (shown.later, shown.rating.count) {
        (true, _) => "There are no more reviews here.",
        (false, 0) => "Customers can leave a review once a job is done. The first one will stand here.",
        (false, _) => "None of them can be read at the moment.",
    };
    view! {
        <section class="card" id="reviews" aria-labelledby="reviews-title">
            <h2 class="eyebrow" id="reviews-title">"Reviews"</h2>
            <p><b>{stars::stars(shown.rating)}</b></p>
            {shown.reviews.is_empty().then(|| view! { <p>{why_none}</p> })}
            {shown.reviews.iter().map(|review| render_review(shown, review)).collect_view()}
            {shown.later.then(|| render_page_link(shown.href, "Newest reviews", None))}
            {shown.next.map(|next| render_page_link(shown.href, "Older reviews", Some(next)))}
        </section>
    }
    .into_any()
}

fn render_page_link(href: &str, text: &'static str, from: Option<Cursor>) -> AnyView {
    let query = from.map_or(String::new(), |from| format!("?reviews={from}"));
    view! { <p class="row"><a class="btn" href=format!("{href}{query}#reviews")>{text}</a></p> }.into_any()
}

fn render_review(shown: &Shown, review: &PublicReview) -> AnyView {
    let stars = review.stars.min(5);
    let about = format!("{}, {}", review.service, review.at.month_text(shown.zone));
    let text = review.text.clone().filter(|text| !text.is_empty());
    let reply = review.reply.clone().map(|reply| {
        let who = format!("{} replies", shown.provider);
        view! {
            <blockquote dir="auto">
                <p class="hint">{who}</p>
                <p class="words">{reply}</p>
            </blockquote>
        }
    });
    view! {
        <article class="review">
            <h3 dir="auto">{review.by.clone()}</h3>
            <p class="given">
                <span class="sr-only">{format!("{} of 5 stars", review.stars)}</span>
                {(0..stars).map(|_| view! { <Icon name="star" /> }).collect_view()}
                <span aria-hidden="true">{format!(" {stars} of 5")}</span>
            </p>
            <p class="hint">{about}</p>
            {text.map(|text| view! { <p class="words" dir="auto">{text}</p> })}
            {reply}
        </article>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;
    use crate::ui::render::to_html;

    fn rendered(reviews: &[PublicReview], later: bool) -> String {
        let rating = Rating { count: 1, sum: 4 };
        let (href, zone) = ("/providers/1", "Pacific/Auckland");
        to_html(|| render_reviews(&Shown { href, zone, provider: "Hemi", rating, reviews, next: None, later }))
    }

    #[test]
    fn a_review_says_its_stars_in_words_and_keeps_its_markup_to_itself() {
        let at = Timestamp(1_796_511_600_000);
        let text = Some("</p><script>alert(1)</script>".to_owned());
        let one =
            PublicReview { by: "Aroha".into(), service: "Taps".into(), at, stars: 4, text, reply: Some("Ta!".into()) };
        let html = rendered(&[one], false);
        assert!(html.contains("4 of 5 stars") && html.contains("Taps, December 2026"), "{html}");
        assert_eq!(html.matches("i-star").count(), 4);
        assert!(html.contains("Hemi replies") && !html.contains("<script"), "{html}");
    }

    #[test]
    fn an_empty_page_says_why() {
        assert!(rendered(&[], false).contains("None of them"));
        assert!(rendered(&[], true).contains("no more reviews here") && rendered(&[], true).contains("Newest reviews"));
    }
}
