//! How the page of a service's photos looks.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::MAX_ALT_CHARACTERS;
use crate::catalogue::model::ServiceDocument;
use crate::catalogue::offer::own::LIST;
use crate::catalogue::service_page::render::picture;
use crate::catalogue::store::MAX_PHOTOS;
use crate::domain::limit::megabytes;
use crate::domain::photo::Photo;
use crate::photos::MAX_PHOTO_BYTES;
use crate::photos::shrink::WIDTHS_PIXELS;
use crate::ui::form::{Control, Form, Input};
use crate::ui::icon::Icon;
use crate::web::plain::{hidden_field, narrow};
use crate::web::{PageContext, PageHead};

/// The page as an answer, with what was typed into its forms.
pub(super) fn page(status: StatusCode, page: &PageContext, service: &ServiceDocument, form: &Form) -> Response {
    let head = PageHead::new(
        format!("Photos of {}", service.title),
        &["arrow-left", "arrow-right", "image", "plus", "trash", "triangle-alert"],
    );
    narrow(status, page, head, render(service, form))
}

fn render(service: &ServiceDocument, form: &Form) -> AnyView {
    let photos: Vec<_> = service.photos.iter().enumerate().map(|(at, photo)| one(service, photo, at)).collect();
    let photos = match photos.is_empty() {
        true => view! {
            <div class="card empty">
                <Icon name="image" />
                <h2>"No photos yet"</h2>
                <p>"Until there is one, people see a drawing. The first photo is the cover."</p>
            </div>
        }
        .into_any(),
        false => view! {
            <ol class="stack" aria-label="Photos in order, the first is the cover">
                {photos}
            </ol>
        }
        .into_any(),
    };
    let more = match service.photos.len() >= MAX_PHOTOS {
        true => {
            view! { <p class="hint">{format!("These are {MAX_PHOTOS} photos, the most there can be.")}</p> }.into_any()
        }
        false => add_form(service, form),
    };
    view! {
        <header class="title">
            <a class="back" href=format!("/services/{}", service.slug)>
                <Icon name="arrow-left" />
                {service.title.clone()}
            </a>
            <h1>"Photos"</h1>
        </header>
        {form.render_summary()}
        {photos}
        {more}
    }
    .into_any()
}

fn add_form(service: &ServiceDocument, form: &Form) -> AnyView {
    let hint = "For people who cannot see it, such as \"A mown lawn with clean edges\".";
    let control = Control::Line("text", "off");
    let alt = Input { name: "alt", label: "What it shows", control, required: false, hint };
    view! {
        <form
            class="card stack"
            method="post"
            enctype="multipart/form-data"
            action=format!("{LIST}/{}/photos", service.id.to_hex())
        >
            <h2>"Add a photo"</h2>
            <div class="field">
                <label for="photo">"Photo"</label>
                <p class="hint" id="photo-hint">
                    "JPEG, PNG or WebP, at most "
                    {megabytes(MAX_PHOTO_BYTES)}
                    ". Where and when it was taken is removed."
                </p>
                <input
                    class="control"
                    id="photo"
                    name="photo"
                    type="file"
                    accept="image/jpeg,image/png,image/webp"
                    required
                    aria-describedby="photo-hint"
                />
            </div>
            {form.render(&alt)}
            <p class="row">
                <button class="btn btn-primary">
                    <Icon name="plus" />
                    "Add photo"
                </button>
            </p>
        </form>
    }
    .into_any()
}

fn one(service: &ServiceDocument, photo: &Photo, at: usize) -> AnyView {
    let number = at + 1;
    let id = format!("alt-{number}");
    let last = number == service.photos.len();
    // The first button is what Enter in the field presses.
    let buttons: Vec<_> = [
        ("alt", "Save words", "Save the words of photo", true),
        ("up", "Earlier", "Move earlier: photo", at > 0),
        ("down", "Later", "Move later: photo", !last),
        ("remove", "Remove", "Remove photo", true),
    ]
    .into_iter()
    .filter(|(.., shown)| *shown)
    .map(|(what, text, label, _)| {
        view! { <button class="btn" name="do" value=what aria-label=format!("{label} {number}")>{text}</button> }
    })
    .collect();
    view! {
        <li class="card">
            {picture(photo, WIDTHS_PIXELS[1], at > 0)}
            <form class="stack" method="post" action=format!("{LIST}/{}/photos/{}", service.id.to_hex(), photo.id)>
                {hidden_field("version", &service.version.to_string())}
                <div class="field">
                    <label for=id.clone()>{format!("What photo {number} shows")}</label>
                    <input class="control" name="alt" maxlength=MAX_ALT_CHARACTERS.to_string() id=id value=photo.alt.clone() />
                </div>
                <div class="row">{buttons}</div>
            </form>
        </li>
    }
    .into_any()
}
