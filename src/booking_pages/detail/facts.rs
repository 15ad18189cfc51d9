//! What was booked: time, place, people, price, and the prices named so far.

use leptos::prelude::*;

use crate::booking::schema::{BookingView, PhotoView, QuoteView};
use crate::ui::icon::Icon;

/// When, where, who and for how much.
pub fn facts(view: &BookingView) -> impl IntoView + use<> {
    let yours = view.viewer_when_text.as_ref().map(|yours| format!("Where you are: {yours}"));
    let people = format!("{}, for {}", view.provider, view.customer);
    let price = view.price.as_ref().map_or("No price yet".to_owned(), |price| price.text.clone());
    let notes = [Some(view.price_text.clone()), view.split_text.clone(), view.policy_text.clone()];
    let details = (!view.details.is_empty()).then(|| {
        view! {
            <h3>"About the job"</h3>
            <p class="words" dir="auto">
                {view.details.clone()}
            </p>
        }
    });
    view! {
        <dl class="facts">
            {fact("calendar", "When", view.when_text.clone(), [yours])}
            {fact("map-pin", "Where", view.place.clone(), [])}
            {fact("users", "Who", people, [])}
            {fact("receipt", "Price", price, notes)}
        </dl>
        {(!view.quotes.is_empty()).then(|| quotes(&view.quotes))}
        {details}
        {(!view.photos.is_empty()).then(|| photos(&view.photos))}
    }
}

fn fact<const N: usize>(
    icon: &'static str,
    label: &'static str,
    text: String,
    notes: [Option<String>; N],
) -> impl IntoView + use<N> {
    let notes: Vec<_> = notes.into_iter().flatten().map(hint).collect();
    view! {
        <div class="fact">
            <Icon name=icon />
            <dt>{label}</dt>
            <dd>{text} {notes}</dd>
        </div>
    }
}

/// A line in small type; nothing for an empty text.
pub fn hint(text: String) -> impl IntoView {
    (!text.is_empty()).then(|| view! { <span class="hint">{text}</span> })
}

fn quotes(quotes: &[QuoteView]) -> impl IntoView + use<> {
    let quotes: Vec<_> = quotes.iter().cloned().map(quote).collect();
    view! {
        <h3>"Prices named so far"</h3>
        <ol>{quotes}</ol>
    }
}

fn quote(quote: QuoteView) -> impl IntoView {
    let message = quote.message.map(|text| {
        view! {
            <span class="words" dir="auto">
                {text}
            </span>
        }
    });
    view! {
        <li class="quote">
            <span>{quote.label} {hint(quote.at_text)} {message} {hint(quote.standing)}</span>
            <b>{quote.amount.text}</b>
        </li>
    }
}

fn photos(photos: &[PhotoView]) -> impl IntoView + use<> {
    let photos: Vec<_> = photos
        .iter()
        .cloned()
        .map(|photo| {
            view! {
                <li>
                    <a href=photo.large>
                        <img class="photo" loading="lazy" src=photo.small alt=photo.alt />
                    </a>
                </li>
            }
        })
        .collect();
    view! {
        <ul class="photos" aria-label="Photos of the job">
            {photos}
        </ul>
    }
}
