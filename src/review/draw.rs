//! How reviews look to everybody.

use crate::booking::store::reviews::{Cursor, PublicReview};
use crate::catalogue::stars;
use crate::domain::rating::Rating;
use crate::ui::html::Html;

/// What is shown of a provider's reviews.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The provider's page.
    pub href: &'a str,
    /// Their zone, in which months are told.
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

/// Draws the reviews of a provider: newest first, each with its stars, words and answer.
pub fn reviews(html: &mut Html, shown: &Shown) {
    html.raw("<section class=\"card\" id=\"reviews\" aria-labelledby=\"reviews-title\"><h2 class=\"eyebrow\" ");
    html.raw("id=\"reviews-title\">Reviews</h2>");
    html.wrap("<p><b>", &stars::stars(shown.rating), "</b></p>");
    if shown.reviews.is_empty() {
        html.raw("<p>");
        html.raw(match (shown.later, shown.rating.count) {
            (true, _) => "There are no more reviews here.",
            (false, 0) => "Customers can leave a review once a job is done. The first one will stand here.",
            (false, _) => "None of them can be read at the moment.",
        });
        html.raw("</p>");
    }
    for one in shown.reviews {
        review(html, shown, one);
    }
    if shown.later {
        more(html, shown.href, "Newest reviews", None);
    }
    if let Some(next) = shown.next {
        more(html, shown.href, "Older reviews", Some(next));
    }
    html.raw("</section>");
}

fn more(html: &mut Html, href: &str, text: &'static str, from: Option<Cursor>) {
    let query = from.map_or(String::new(), |from| format!("?reviews={from}"));
    html.raw("<p class=\"row\"><a class=\"btn\"").attr("href", &format!("{href}{query}#reviews")).raw(">");
    html.raw(text).raw("</a></p>");
}

fn review(html: &mut Html, shown: &Shown, review: &PublicReview) {
    html.raw("<article class=\"review\"><h3 dir=\"auto\">").text(&review.by).raw("</h3><p class=\"given\">");
    html.raw("<span class=\"sr-only\">").text(&format!("{} of 5 stars", review.stars)).raw("</span>");
    for _ in 0..review.stars.min(5) {
        html.icon("star");
    }
    html.raw("<span aria-hidden=\"true\">").text(&format!(" {} of 5", review.stars.min(5))).raw("</span></p>");
    html.raw("<p class=\"hint\">").text(&review.service).raw(", ").text(&review.at.month_text(shown.zone)).raw("</p>");
    html.wrap("<p class=\"words\" dir=\"auto\">", review.text.as_deref().unwrap_or_default(), "</p>");
    if let Some(reply) = &review.reply {
        html.raw("<blockquote dir=\"auto\"><p class=\"hint\">")
            .text(shown.provider)
            .raw(" replies</p><p class=\"words\">");
        html.text(reply).raw("</p></blockquote>");
    }
    html.raw("</article>");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    fn drawn(reviews: &[PublicReview], later: bool) -> String {
        let rating = Rating { count: 1, sum: 4 };
        let (href, zone) = ("/providers/1", "Pacific/Auckland");
        let mut html = Html::new();
        super::reviews(&mut html, &Shown { href, zone, provider: "Hemi", rating, reviews, next: None, later });
        html.finish()
    }

    #[test]
    fn a_review_says_its_stars_in_words_and_keeps_its_markup_to_itself() {
        let at = Timestamp(1_796_511_600_000);
        let text = Some("</p><script>alert(1)</script>".to_owned());
        let one =
            PublicReview { by: "Aroha".into(), service: "Taps".into(), at, stars: 4, text, reply: Some("Ta!".into()) };
        let html = drawn(&[one], false);
        assert!(html.contains("4 of 5 stars") && html.contains("Taps, December 2026"), "{html}");
        assert_eq!(html.matches("i-star").count(), 4);
        assert!(html.contains("Hemi replies") && !html.contains("<script"), "{html}");
    }

    #[test]
    fn an_empty_page_says_why() {
        assert!(drawn(&[], false).contains("None of them"));
        assert!(drawn(&[], true).contains("no more reviews here") && drawn(&[], true).contains("Newest reviews"));
    }
}
