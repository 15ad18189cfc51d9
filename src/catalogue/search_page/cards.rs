//! The list of what was found.

use crate::catalogue::cover::cover;
use crate::catalogue::model::{Rating, Reach};
use crate::catalogue::places::region_name;
use crate::catalogue::search::{FoundService, HORIZON_DAYS, Hit};
use crate::catalogue::search_query::SearchQuery;
use crate::catalogue::words;
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
    html.raw("<p class=\"booking-foot\">").wrap("<b>", &words::price(service.price, service.currency), "</b>");
    stars(html, service.rating);
    html.raw("</p><p>").icon("map-pin").text(&whereabouts(service)).raw("</p><p>").icon("calendar");
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

fn stars(html: &mut Html, rating: Rating) {
    if rating.count < 1 {
        html.raw("<span class=\"hint\">No reviews yet</span>");
        return;
    }
    let tenths = (rating.sum * 10 + rating.count / 2) / rating.count;
    let of = if rating.count == 1 { "1 review".to_owned() } else { format!("{} reviews", rating.count) };
    html.raw("<span class=\"given\">").icon("star");
    html.text(&format!(" {}.{}", tenths / 10, tenths % 10)).raw("<span class=\"sr-only\"> stars</span>");
    html.wrap(" <span class=\"hint\">", &format!("({of})"), "</span>").raw("</span>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_and_stars_are_said_as_people_say_them() {
        assert_eq!([40.0, 2_449.0, 31_400.0].map(distance), ["Close by", "2.4 km", "31 km"]);
        let drawn = |count, sum| {
            let mut html = Html::new();
            stars(&mut html, Rating { count, sum });
            html.finish()
        };
        assert!(drawn(0, 0).contains("No reviews yet"));
        assert!(drawn(3, 14).contains("4.7") && drawn(3, 14).contains("(3 reviews)"));
        assert!(drawn(1, 5).contains("5.0") && drawn(1, 5).contains("(1 review)"));
    }
}
