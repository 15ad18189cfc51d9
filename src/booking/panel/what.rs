//! What was booked: time, place, people, price, the proposal that is open, and reviews.

use crate::booking::schema::{BookingView, ReviewView};
use crate::ui::html::Html;
use crate::ui::stepper::{Step, stepper};

/// The booking's way in steps.
pub fn way(view: &BookingView) -> String {
    let step = |step: &crate::booking::schema::StepView| Step {
        label: step.label.clone(),
        state: step.state,
        at_text: step.at_text.clone(),
    };
    let steps: Vec<Step> = view.steps.iter().map(step).collect();
    let mut html = Html::new();
    stepper(&mut html, "Steps of the booking", &steps);
    html.finish()
}

/// When, where, who and for how much.
pub fn facts(view: &BookingView) -> String {
    facts_html(view).finish()
}

/// The same, still to be put somewhere.
pub fn facts_html(view: &BookingView) -> Html {
    let mut html = Html::new();
    let yours = view.viewer_when_text.as_ref().map(|yours| format!("Where you are: {yours}"));
    let people = format!("{}, for {}", view.provider, view.customer);
    let price = view.price.as_ref().map_or("No price yet", |price| price.text.as_str());
    let split = view.split_text.as_deref().unwrap_or_default();
    let policy = view.policy_text.as_deref().unwrap_or_default();
    html.raw("<dl class=\"facts\">");
    fact(&mut html, "calendar", "When", &view.when_text, &[yours.as_deref().unwrap_or_default()]);
    fact(&mut html, "map-pin", "Where", &view.place, &[]);
    fact(&mut html, "users", "Who", &people, &[]);
    fact(&mut html, "receipt", "Price", price, &[&view.price_text, split, policy]);
    html.raw("</dl>");
    quotes(&mut html, view);
    if !view.details.is_empty() {
        html.raw("<h3>About the job</h3><p class=\"words\" dir=\"auto\">").text(&view.details).raw("</p>");
    }
    if !view.photos.is_empty() {
        html.raw("<ul class=\"photos\" aria-label=\"Photos of the job\">");
        for photo in &view.photos {
            html.raw("<li><a").attr("href", &photo.large).raw("><img class=\"photo\" loading=\"lazy\"");
            html.attr("src", &photo.small).attr("alt", &photo.alt).raw("></a></li>");
        }
        html.raw("</ul>");
    }
    html
}

fn fact(html: &mut Html, icon: &'static str, label: &'static str, text: &str, notes: &[&str]) {
    html.raw("<div class=\"fact\">").icon(icon).raw("<dt>").raw(label).raw("</dt><dd>").text(text);
    for note in notes {
        html.wrap("<span class=\"hint\">", note, "</span>");
    }
    html.raw("</dd></div>");
}

fn quotes(html: &mut Html, view: &BookingView) {
    if view.quotes.is_empty() {
        return;
    }
    html.raw("<h3>Prices named so far</h3><ol>");
    for quote in &view.quotes {
        html.raw("<li class=\"quote\"><span>").text(&quote.label);
        html.wrap("<span class=\"hint\">", &quote.at_text, "</span>");
        html.wrap("<span class=\"words\" dir=\"auto\">", quote.message.as_deref().unwrap_or_default(), "</span>");
        html.wrap("<span class=\"hint\">", &quote.standing, "</span>").raw("</span><b>").text(&quote.amount.text);
        html.raw("</b></li>");
    }
    html.raw("</ol>");
}

/// The open proposal of another time.
pub fn change(view: &BookingView) -> String {
    let Some(change) = &view.change else { return String::new() };
    let mut html = Html::new();
    html.raw("<div class=\"proposal\"><h3>New time proposed by ").text(&change.by);
    html.raw("</h3>").wrap("<blockquote dir=\"auto\">", change.message.as_deref().unwrap_or_default(), "</blockquote>");
    html.raw("<dl class=\"sides\"><div><dt class=\"hint\">As booked</dt><dd>").text(&change.old_text);
    html.wrap("<span class=\"hint\">Where you are: ", change.old_viewer_text.as_deref().unwrap_or_default(), "</span>");
    html.raw("</dd></div><div><dt class=\"hint\">Proposed</dt><dd><b>").text(&change.new_text).raw("</b>");
    html.wrap("<span class=\"hint\">Where you are: ", change.new_viewer_text.as_deref().unwrap_or_default(), "</span>");
    html.raw("</dd></div></dl>").wrap("<p class=\"hint\">", &change.held_text, "</p>").raw("</div>").finish()
}

/// Reviews that the viewer may see, with their heading.
pub fn reviews(view: &BookingView) -> String {
    if view.reviews.is_empty() {
        return String::new();
    }
    let mut html = Html::new();
    html.raw("<section class=\"card\" aria-labelledby=\"reviews-title\">");
    html.raw("<h2 class=\"eyebrow\" id=\"reviews-title\">Reviews</h2>");
    for one in &view.reviews {
        review(&mut html, one);
    }
    html.raw("</section>").finish()
}

fn review(html: &mut Html, review: &ReviewView) {
    html.raw("<article class=\"review\"><h3>").text(&review.by).raw("</h3><p class=\"given\"><span class=\"sr-only\">");
    html.text(&format!("{} of 5 stars", review.stars)).raw("</span>");
    for _ in 0..review.stars.min(5) {
        html.icon("star");
    }
    html.raw("</p>").wrap("<p class=\"words\" dir=\"auto\">", review.text.as_deref().unwrap_or_default(), "</p>");
    html.wrap("<blockquote dir=\"auto\">", review.reply.as_deref().unwrap_or_default(), "</blockquote>");
    if review.sealed {
        html.raw("<p class=\"hint\">").icon("eye-off").raw("Sealed: only you can see it yet.</p>");
    }
    if let Some(reason) = &review.hidden {
        html.raw("<p class=\"hint\">").icon("eye-off").raw("Hidden by the GigSta team: ").text(reason).raw("</p>");
    }
    html.raw("</article>");
}
