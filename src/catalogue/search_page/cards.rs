//! The list of what was found.

use leptos::prelude::*;

use crate::catalogue::cover;
use crate::catalogue::labels;
use crate::catalogue::model::Reach;
use crate::catalogue::search::{FoundService, HORIZON_DAYS, Hit};
use crate::catalogue::search_query::SearchQuery;
use crate::catalogue::stars;
use crate::domain::places::region_name;
use crate::ui::icon::Icon;

/// The services of a page.
pub fn render(query: &SearchQuery, hits: &[Hit]) -> AnyView {
    let cards = hits.iter().map(|hit| card(query, hit)).collect_view();
    view! { <ul class="cards" aria-label="Services">{cards}</ul> }.into_any()
}

fn card(query: &SearchQuery, Hit { service, free_at }: &Hit) -> AnyView {
    let picture = match &service.photo {
        Some(photo) => {
            let (src, alt) = (format!("/photos/{}/320.jpg", photo.id), photo.alt.clone());
            view! {
                <img class="cover" width="320" height="200" loading="lazy" decoding="async" src=src alt=alt />
            }
            .into_any()
        }
        None => cover::render(&service.slug, &service.category),
    };
    let line = |class: &'static str, text: String| (!text.is_empty()).then(|| view! { <p class={class}>{text}</p> });
    let price = labels::price(service.price, service.currency);
    let free = match free_at {
        Some(at) if query.day.is_some() => format!("Free {}", at.soon_text(&service.zone)),
        Some(at) => format!("Next free {}", at.soon_text(&service.zone)),
        None => format!("Nothing free in the next {HORIZON_DAYS} days"),
    };
    view! {
        <li class="card booking found">
            {picture}
            <h2><a href=format!("/services/{}", service.slug)>{service.title.clone()}</a></h2>
            {line("sub", service.provider_name.clone())}
            <p class="booking-foot">
                {(!price.is_empty()).then(|| view! { <b>{price}</b> })}
                {stars::render(service.rating)}
            </p>
            {line("hint", stars::completion(service.reliability).unwrap_or_default())}
            <p><Icon name="map-pin" />{whereabouts(service)}</p>
            <p><Icon name="calendar" />{free}</p>
            {service.instant.then(|| view! { <p><Icon name="zap" />"Instant booking"</p> })}
        </li>
    }
    .into_any()
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
