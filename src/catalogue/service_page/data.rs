//! A service as search engines read it: <https://schema.org/Service>, in JSON-LD. Pure: values in, text out.

use serde_json::{Value, json};

use crate::catalogue::model::{Reach, ServiceDocument};
use crate::catalogue::stars as review;
use crate::catalogue::{category, labels};
use crate::domain::places::region_name;
use crate::domain::price::PriceTerms;
use crate::photos;
use crate::photos::shrink::WIDTHS_PIXELS;

/// The service as a JSON object that can stand in a `<script>` element.
pub fn structured(service: &ServiceDocument, base_url: &str) -> String {
    let url = format!("{base_url}/services/{}", service.slug);
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "Service",
        "name": service.title,
        "description": service.description,
        "url": url,
        "serviceType": category::find(&service.category).map_or("", |category| category.name),
        "provider": {
            "@type": "Organization",
            "name": service.provider_name,
            "url": format!("{base_url}/providers/{}", service.provider_id.to_hex()),
        },
        "areaServed": area(service),
    });
    if let Some(offer) = offer(service, &url) {
        data["offers"] = offer;
    }
    if !service.photos.is_empty() {
        let address = |id: &str| format!("{base_url}{}", photos::address(id, WIDTHS_PIXELS[2]));
        data["image"] = service.photos.iter().map(|photo| address(&photo.id)).collect();
    }
    // Without reviews there is no rating; zero stars would be wrong.
    if let Some(average) = review::average(service.rating) {
        data["aggregateRating"] =
            json!({ "@type": "AggregateRating", "ratingValue": average, "reviewCount": service.rating.count });
    }
    escaped(&data)
}

fn offer(service: &ServiceDocument, url: &str) -> Option<Value> {
    let cents = service.price_cents?;
    let (price, currency) = (format!("{}.{:02}", cents / 100, cents % 100), service.currency.code());
    let mut offer = json!({ "@type": "Offer", "url": url, "price": price, "priceCurrency": currency });
    if matches!(service.price, PriceTerms::Hourly { .. }) {
        // HUR is the hour of UN/CEFACT's common codes.
        offer["priceSpecification"] = json!({
            "@type": "UnitPriceSpecification", "price": price, "priceCurrency": currency, "unitCode": "HUR",
        });
    }
    Some(offer)
}

/// Where it is offered, by names: the point that a provider sets out from is nobody's business.
fn area(service: &ServiceDocument) -> Value {
    match &service.reach {
        Reach::Radius { .. } => Value::String(labels::locality(&service.base.label)),
        Reach::Regions { codes } => codes.iter().map(|code| Value::from(region_name(code))).collect(),
        Reach::Remote => json!(["New Zealand", "Australia"]),
    }
}

/// JSON whose text cannot end the element it stands in, nor begin another.
fn escaped(data: &Value) -> String {
    let mut text = String::new();
    for character in data.to_string().chars() {
        match character {
            '<' => text.push_str("\\u003c"),
            '>' => text.push_str("\\u003e"),
            '&' => text.push_str("\\u0026"),
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_leaves_the_element_that_the_data_stand_in() {
        let evil = "</script><script>alert('1')</script><!-- & \u{2028} \"";
        let text = escaped(&json!({ "name": evil }));
        assert!(!text.contains(['<', '>', '&']), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["name"], evil);
    }
}
