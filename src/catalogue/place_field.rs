//! A field for a place that suggests towns while somebody types. Without WASM it is an ordinary text field.
#![expect(missing_docs, reason = "the macros make structs of arguments and properties")]

use leptos::ev::{FocusEvent, KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlInputElement};

use crate::error::AppError;
use crate::ui::html::Html;

/// The id and the name of the field.
const FIELD: &str = "place";
/// The id of the list below it, which the page draws empty.
const LIST: &str = "place-list";
/// After so many milliseconds without a key, towns are asked for.
const PAUSE: u64 = 150;

/// Up to eight towns whose name begins with what was typed, the largest first: `Karori, Wellington`.
///
/// # Errors
/// None of its own.
#[server(prefix = "/api", endpoint = "suggest_places", input = GetUrl)]
pub async fn suggest_places(typed: String) -> Result<Vec<String>, AppError> {
    use axum::http::{HeaderValue, header};
    let (_, response) = crate::web::context::with_response()?;
    // The gazetteer is part of the program: the answer is good for as long as that is.
    response.insert_header(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    let mut labels: Vec<_> = crate::domain::places::suggest(&typed, 8).into_iter().map(|town| town.label()).collect();
    // Towns of one name in one region are told apart once the form is sent.
    labels.dedup();
    Ok(labels)
}

/// What the field knows beside what the page shows.
#[derive(Clone, Copy)]
struct Picker {
    /// Grows with each key, so that a late answer is known to be late.
    keys: StoredValue<u32>,
    /// Which of the suggestions is marked.
    marked: StoredValue<Option<usize>>,
}

/// Brings a text field with the id `place` and a list with the id `place-list` to life.
#[island]
pub fn PlaceField(children: Children) -> impl IntoView {
    let picker = Picker { keys: StoredValue::new(0), marked: StoredValue::new(None) };
    Effect::new(|| {
        if let Some(field) = field() {
            for (name, value) in [
                ("role", "combobox"),
                ("aria-autocomplete", "list"),
                ("aria-expanded", "false"),
                ("aria-controls", LIST),
            ] {
                _ = field.set_attribute(name, value);
            }
        }
    });
    view! {
        <div
            class="place"
            on:input=move |event| typed(picker, &event)
            on:keydown=move |event: KeyboardEvent| key(picker, &event)
            on:mousedown=move |event: MouseEvent| press(picker, &event)
            on:focusout=move |_: FocusEvent| close(picker)
        >
            {children()}
        </div>
    }
}

fn typed(picker: Picker, event: &leptos::ev::Event) {
    let Some(field) = field().filter(|field| event.target().as_ref() == Some(field.as_ref())) else { return };
    let turn = picker.keys.get_value().wrapping_add(1);
    picker.keys.set_value(turn);
    let text = field.value();
    let is_late = move || picker.keys.try_get_value() != Some(turn);
    let ask = move || {
        if is_late() {
            return;
        }
        spawn_local(async move {
            let towns =
                if text.trim().is_empty() { Vec::new() } else { suggest_places(text).await.unwrap_or_default() };
            if !is_late() {
                show(picker, &towns);
            }
        });
    };
    set_timeout(ask, std::time::Duration::from_millis(PAUSE));
}

fn show(picker: Picker, towns: &[String]) {
    let mut html = Html::new();
    for (n, town) in towns.iter().enumerate() {
        html.raw("<li role=\"option\" aria-selected=\"false\"")
            .attr("id", &option_id(n))
            .raw(">")
            .text(town)
            .raw("</li>");
    }
    if let Some(list) = element(LIST) {
        list.set_inner_html(&html.finish());
    }
    mark(picker, None);
    expand(!towns.is_empty());
}

fn close(picker: Picker) {
    // An answer that is still on its way shall not open it again.
    picker.keys.set_value(picker.keys.get_value().wrapping_add(1));
    mark(picker, None);
    expand(false);
}

fn key(picker: Picker, event: &KeyboardEvent) {
    let Some(list) = element(LIST).filter(|list| !list.has_attribute("hidden")) else { return };
    let count = usize::try_from(list.child_element_count()).unwrap_or(0);
    let marked = picker.marked.get_value();
    match event.key().as_str() {
        "ArrowDown" => mark(picker, Some(marked.map_or(0, |at| (at + 1) % count.max(1)))),
        "ArrowUp" => mark(picker, Some(marked.unwrap_or(0).checked_sub(1).unwrap_or(count.saturating_sub(1)))),
        "Enter" if marked.is_some() => choose(picker, marked.and_then(|at| element(&option_id(at)))),
        "Escape" => close(picker),
        _ => return,
    }
    event.prevent_default();
}

fn press(picker: Picker, event: &MouseEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let option = target.and_then(|target| target.closest("[role=option]").ok().flatten());
    if option.is_some() {
        // The field keeps the focus.
        event.prevent_default();
        choose(picker, option);
    }
}

fn choose(picker: Picker, option: Option<Element>) {
    if let (Some(option), Some(field)) = (option, field()) {
        field.set_value(&option.text_content().unwrap_or_default());
    }
    close(picker);
}

fn mark(picker: Picker, at: Option<usize>) {
    let id = |at: Option<usize>| at.map(option_id).unwrap_or_default();
    for (at, selected) in [(picker.marked.get_value(), "false"), (at, "true")] {
        if let Some(option) = element(&id(at)) {
            _ = option.set_attribute("aria-selected", selected);
        }
    }
    picker.marked.set_value(at);
    if let Some(field) = field() {
        _ = field.set_attribute("aria-activedescendant", &id(at));
    }
}

fn expand(open: bool) {
    if let (Some(list), Some(field)) = (element(LIST), field()) {
        _ = field.set_attribute("aria-expanded", if open { "true" } else { "false" });
        _ = if open { list.remove_attribute("hidden") } else { list.set_attribute("hidden", "") };
    }
}

fn option_id(at: usize) -> String {
    format!("{FIELD}-{at}")
}

fn element(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

fn field() -> Option<HtmlInputElement> {
    element(FIELD)?.dyn_into().ok()
}
