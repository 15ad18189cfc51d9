//! The list of what was found.

use crate::catalogue::cover::cover;
use crate::catalogue::labels;
use crate::catalogue::model::Reach;
use crate::catalogue::search::{FoundService, HORIZON_DAYS, Hit};
use crate::catalogue::search_query::SearchQuery;
use crate::catalogue::stars as review;
use crate::domain::places::region_name;
use crate::ui::html::Html;

/// Draws the services of a page.
pub fn draw(html: &mut Html, query: &SearchQuery, hits: &[Hit]) {
    html.raw("<ul class=\"cards\" aria-label=\"Services\">");
    for hit in hits {
        card(html, query, hit);
    }
    html.raw("</ul>");
}

fn card(html: &mut Html, query: &SearchQuery, Hit { service, free_at }: &Hit) {
    html.raw("<li class=\"card booking found\">");
    match &service.photo {
        Some(photo) => {
            html.raw("<img class=\"cover\" width=\"320\" height=\"200\" loading=\"lazy\" decoding=\"async\"");
            html.attr("src", &format!("/photos/{}/320.jpg", photo.id)).attr("alt", &photo.alt).raw(">");
        }
        None => cover(html, &service.slug, &service.category),
    }
    html.raw("<h2><a")
        .attr("href", &format!("/services/{}", service.slug))
        .raw(">")
        .text(&service.title)
        .raw("</a></h2>");
    html.wrap("<p class=\"sub\">", &service.provider_name, "</p>");
    html.raw("<p class=\"booking-foot\">").wrap("<b>", &labels::price(service.price, service.currency), "</b>");
    review::draw(html, service.rating);
    html.raw("</p>");
    let kept = review::completion(service.reliability).unwrap_or_default();
    html.wrap("<p class=\"hint\">", &kept, "</p>")
        .raw("<p>")
        .icon("map-pin")
        .text(&whereabouts(service))
        .raw("</p><p>")
        .icon("calendar");
    html.text(&match free_at {
        Some(at) if query.day.is_some() => format!("Free {}", at.soon_text(service.zone())),
        Some(at) => format!("Next free {}", at.soon_text(service.zone())),
        None => format!("Nothing free in the next {HORIZON_DAYS} days"),
    });
    html.raw("</p>");
    if service.instant {
        html.raw("<p>").icon("zap").raw("Instant booking</p>");
    }
    html.raw("</li>");
}

/// Where it is, as far as that is known: how far away, or in which region.
fn whereabouts(service: &FoundService) -> String {
    match (&service.reach, service.metres) {
        (Reach::Remote, _) => "Online or by phone".into(),
        (_, Some(metres)) => distance(metres),
        (_, None) => region_name(service.region.as_deref().unwrap_or_default()).into(),
    }
}

/// `2.4 km`, `31 km`.
fn distance(metres: f64) -> String {
    match metres / 1000.0 {
        km if km < 0.1 => "Close by".into(),
        km if km < 10.0 => format!("{km:.1} km"),
        km => format!("{km:.0} km"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_said_as_people_say_them() {
        assert_eq!([40.0, 2_449.0, 31_400.0].map(distance), ["Close by", "2.4 km", "31 km"]);
    }
}
