//! The photos of a service: add one, say what it shows, move it, take it away.

use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;

use super::{LIST, Sent, own_service, sent};
use crate::catalogue::model::ServiceDocument;
use crate::catalogue::service_page::render::picture;
use crate::catalogue::store::{self, MAX_PHOTOS, Seen};
use crate::domain::limit::megabytes;
use crate::domain::photo::Photo;
use crate::error::{AppError, ErrorKind};
use crate::photos::shrink::WIDTHS_PIXELS;
use crate::photos::upload::{self, Upload};
use crate::photos::{MAX_PHOTO_BYTES, PhotoContext};
use crate::provider::guard::OwnProvider;
use crate::ui::form::{Control, Form, Input};
use crate::ui::icon::Icon;
use crate::web::plain::{hidden_field, narrow};
use crate::web::shell::{PageContext, PageHead};

/// The most characters of the words for a photo.
const MAX_ALT_CHARACTERS: usize = 200;

/// `GET /provider/services/{id}/photos`
pub async fn show(ctx: PhotoContext, own: OwnProvider, Path(id): Path<String>) -> Result<Response, AppError> {
    let service = own_service(&ctx, &own, &id).await?;
    Ok(page(StatusCode::OK, &own.page, &service, &Form::default()))
}

/// `POST /provider/services/{id}/photos`: one photo, as `multipart/form-data`.
pub async fn upload(
    ctx: PhotoContext,
    own: OwnProvider,
    Path(id): Path<String>,
    multipart: Result<Multipart, MultipartRejection>,
) -> Result<Response, AppError> {
    let service = own_service(&ctx, &own, &id).await?;
    let Upload { photo, mut form } = upload::read(multipart).await?;
    let alt = alt_text(&mut form, &service);
    if photo.is_empty() {
        form.refuse(&upload::missing());
    }
    if !form.is_fine() {
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &own.page, &service, &form));
    }
    match add(&ctx, &service, photo, alt).await {
        Ok(()) => Ok(back(&service)),
        Err(error) if matches!(error.status, 409 | 422 | 429) => {
            form.refuse(&error);
            Ok(page(StatusCode::from_u16(error.status).unwrap_or_default(), &own.page, &service, &form))
        }
        Err(error) => Err(error),
    }
}

async fn add(
    ctx: &PhotoContext,
    service: &ServiceDocument,
    bytes: axum::body::Bytes,
    alt: String,
) -> Result<(), AppError> {
    let full = || {
        let message = format!("A service has at most {MAX_PHOTOS} photos. Take one away first.");
        AppError::new(ErrorKind::Conflict, "too_many_photos", message)
    };
    if service.photos.len() >= MAX_PHOTOS {
        return Err(full());
    }
    let photos = &ctx.photos;
    let stored = photos.put(bytes).await?;
    let photo = Photo { id: stored.id, alt, width: stored.width, height: stored.height };
    let added = store::add_photo(&ctx.kit.db, service.provider_id, service.id, &photo, ctx.now).await;
    match added {
        Ok(Some(_)) => Ok(()),
        // Nobody will ever ask for it.
        Ok(None) => {
            photos.remove(&photo.id).await;
            Err(full())
        }
        Err(error) => {
            photos.remove(&photo.id).await;
            Err(error.into())
        }
    }
}

/// `POST /provider/services/{id}/photos/{photo}` with `do=up|down|remove|alt`.
pub async fn change(
    ctx: PhotoContext,
    own: OwnProvider,
    Path((id, photo)): Path<(String, String)>,
    pairs: Sent,
) -> Result<Response, AppError> {
    let service = own_service(&ctx, &own, &id).await?;
    let mut form = sent(pairs);
    let Some(at) = service.photos.iter().position(|one| one.id == photo) else {
        // Taken away already, in another tab or by pressing twice.
        return Ok(back(&service));
    };
    let alt = alt_text(&mut form, &service);
    if !form.is_fine() {
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &own.page, &service, &form));
    }
    let mut photos = service.photos.clone();
    match form.get("do") {
        "up" if at > 0 => photos.swap(at - 1, at),
        "down" if at + 1 < photos.len() => photos.swap(at, at + 1),
        "remove" => drop(photos.remove(at)),
        "alt" => photos[at].alt = alt,
        _ => return Ok(back(&service)),
    }
    let version = form.get("version").parse().unwrap_or(-1);
    let seen = Seen { provider_id: service.provider_id, id: service.id, version };
    if store::set_photos(&ctx.kit.db, seen, &photos, ctx.now).await?.is_some() {
        if form.get("do") == "remove" {
            ctx.photos.remove(&photo).await;
        }
        return Ok(back(&service));
    }
    let message = "The photos were changed meanwhile. This is how they are now: repeat what you wanted.";
    let mut form = Form::default();
    form.refuse(&AppError::new(ErrorKind::Conflict, "stale", message));
    Ok(page(StatusCode::CONFLICT, &own.page, &service, &form))
}

/// What a photo shows: what was typed, or else which photo of what it is.
fn alt_text(form: &mut Form, service: &ServiceDocument) -> String {
    let typed = form.text("alt", "What it shows", false, MAX_ALT_CHARACTERS);
    let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if typed.is_empty() { format!("{}, photo {}", service.title, service.photos.len() + 1) } else { typed }
}

fn back(service: &ServiceDocument) -> Response {
    Redirect::to(&format!("{LIST}/{}/photos", service.id.to_hex())).into_response()
}

fn page(status: StatusCode, page: &PageContext, service: &ServiceDocument, form: &Form) -> Response {
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
