//! Stars and reliability in words. Pure: values in, sentences out.

use leptos::prelude::*;

use crate::domain::rating::{Rating, Reliability};
use crate::ui::icon::Icon;

/// The average to one place, `4.7`; nothing without reviews.
pub fn average(rating: Rating) -> Option<String> {
    if rating.count < 1 {
        return None;
    }
    let tenths = (10 * rating.sum + rating.count / 2) / rating.count;
    Some(format!("{}.{}", tenths / 10, tenths % 10))
}

/// `1 review`, `23 reviews`.
pub fn reviews(count: i64) -> String {
    if count == 1 { "1 review".into() } else { format!("{count} reviews") }
}

/// `4.7 of 5, 3 reviews`.
pub fn stars(rating: Rating) -> String {
    match average(rating) {
        Some(average) => format!("{average} of 5, {}", reviews(rating.count)),
        None => "No reviews yet".into(),
    }
}

/// What became of what was agreed: `24 of 25 agreed jobs done (96 %)`; nothing before the first one.
///
/// The percentage is cut, not rounded: who has let one customer down never has 100.
pub fn completion(Reliability { completed, strikes }: Reliability) -> Option<String> {
    let agreed = completed + strikes;
    match (agreed, strikes) {
        (..=0, _) => None,
        (1, 0) => Some("The one agreed job done".into()),
        (_, 0) => Some(format!("All {completed} agreed jobs done")),
        (1, _) => Some("The one agreed job not done".into()),
        _ => Some(format!("{completed} of {agreed} agreed jobs done ({} %)", 100 * completed / agreed)),
    }
}

/// The stars as a card shows them: a star, the average, and of how many.
pub fn render(rating: Rating) -> AnyView {
    let Some(average) = average(rating) else {
        return view! { <span class="hint">"No reviews yet"</span> }.into_any();
    };
    view! {
        <span class="given">
            <Icon name="star" />
            {format!(" {average}")}
            <span class="sr-only">" of 5 stars"</span>
            " "
            <span class="hint">{format!("({})", reviews(rating.count))}</span>
        </span>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::render::to_html;

    #[test]
    fn stars_are_said_as_people_say_them() {
        assert_eq!(stars(Rating { count: 0, sum: 0 }), "No reviews yet");
        assert_eq!(stars(Rating { count: 1, sum: 5 }), "5.0 of 5, 1 review");
        assert_eq!(stars(Rating { count: 3, sum: 14 }), "4.7 of 5, 3 reviews");
        let rendered = |count, sum| to_html(|| render(Rating { count, sum }));
        assert!(rendered(0, 0).contains("No reviews yet"));
        assert!(rendered(3, 14).contains("4.7") && rendered(3, 14).contains("(3 reviews)"));
        assert!(rendered(1, 5).contains("5.0") && rendered(1, 5).contains("(1 review)"));
    }

    #[test]
    fn who_has_let_somebody_down_never_has_a_hundred_percent() {
        let text = |completed, strikes| completion(Reliability { completed, strikes });
        assert_eq!(text(0, 0), None);
        assert_eq!(text(1, 0).unwrap(), "The one agreed job done");
        assert_eq!(text(0, 1).unwrap(), "The one agreed job not done");
        assert_eq!(text(23, 0).unwrap(), "All 23 agreed jobs done");
        assert_eq!(text(24, 1).unwrap(), "24 of 25 agreed jobs done (96 %)");
        assert_eq!(text(999, 1).unwrap(), "999 of 1000 agreed jobs done (99 %)");
        assert_eq!(text(0, 2).unwrap(), "0 of 2 agreed jobs done (0 %)");
    }
}
