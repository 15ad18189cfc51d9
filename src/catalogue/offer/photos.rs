//! The photos of a service: add one, say what it shows, move it, take it away.

use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;

use super::{LIST, Sent, require_own, sent};
use crate::catalogue::model::ServiceDocument;
use crate::catalogue::service_page::draw::picture;
use crate::catalogue::store::{self, MAX_PHOTOS, Seen};
use crate::domain::photo::Photo;
use crate::error::{AppError, ErrorKind};
use crate::photos::PhotoContext;
use crate::photos::shrink::SIZES;
use crate::photos::upload::{self, Upload};
use crate::ui::form::{Control, Form, Input};
use crate::ui::html::Html;
use crate::web::problem::answer;
use crate::web::shell::{PageContext, PageHead, respond};

/// The most letters of the words for a photo.
const ALT_CHARACTERS: usize = 200;

/// `GET /provider/services/{id}/photos`
pub async fn show(ctx: PhotoContext, Path(id): Path<String>) -> Response {
    match require_own(&ctx, &id).await {
        Ok((frame, _, service)) => page(StatusCode::OK, &frame, &service, &Form::default()),
        Err(response) => response,
    }
}

/// `POST /provider/services/{id}/photos`: one photo, as `multipart/form-data`.
pub async fn upload(
    ctx: PhotoContext,
    Path(id): Path<String>,
    multipart: Result<Multipart, MultipartRejection>,
) -> Response {
    let (frame, _, service) = match require_own(&ctx, &id).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    let Upload { photo, mut form } = match upload::read(multipart).await {
        Ok(upload) => upload,
        Err(error) => return answer(&frame, LIST, error),
    };
    let alt = words(&mut form, &service);
    if photo.is_empty() {
        form.refuse(&upload::missing());
    }
    if !form.is_fine() {
        return page(StatusCode::UNPROCESSABLE_ENTITY, &frame, &service, &form);
    }
    match add(&ctx, &service, photo, alt).await {
        Ok(()) => back(&service),
        Err(error) if matches!(error.status, 409 | 422 | 429) => {
            form.refuse(&error);
            page(StatusCode::from_u16(error.status).unwrap_or_default(), &frame, &service, &form)
        }
        Err(error) => answer(&frame, LIST, error),
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
pub async fn change(ctx: PhotoContext, Path((id, photo)): Path<(String, String)>, pairs: Sent) -> Response {
    let (frame, _, service) = match require_own(&ctx, &id).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    let mut form = sent(pairs);
    let Some(at) = service.photos.iter().position(|one| one.id == photo) else {
        // Taken away already, in another tab or by pressing twice.
        return back(&service);
    };
    let alt = words(&mut form, &service);
    if !form.is_fine() {
        return page(StatusCode::UNPROCESSABLE_ENTITY, &frame, &service, &form);
    }
    let mut photos = service.photos.clone();
    match form.get("do") {
        "up" if at > 0 => photos.swap(at - 1, at),
        "down" if at + 1 < photos.len() => photos.swap(at, at + 1),
        "remove" => drop(photos.remove(at)),
        "alt" => photos[at].alt = alt,
        _ => return back(&service),
    }
    let version = form.get("version").parse().unwrap_or(-1);
    let seen = Seen { provider_id: service.provider_id, id: service.id, version };
    match store::set_photos(&ctx.kit.db, seen, &photos, ctx.now).await {
        Ok(Some(_)) => {
            if form.get("do") == "remove" {
                ctx.photos.remove(&photo).await;
            }
            back(&service)
        }
        Ok(None) => {
            let message = "The photos were changed meanwhile. This is how they are now: repeat what you wanted.";
            let mut form = Form::default();
            form.refuse(&AppError::new(ErrorKind::Conflict, "stale", message));
            page(StatusCode::CONFLICT, &frame, &service, &form)
        }
        Err(error) => answer(&frame, LIST, error.into()),
    }
}

/// What a photo shows: what was typed, or else which photo of what it is.
fn words(form: &mut Form, service: &ServiceDocument) -> String {
    let typed = form.text("alt", "What it shows", false, ALT_CHARACTERS);
    let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if typed.is_empty() { format!("{}, photo {}", service.title, service.photos.len() + 1) } else { typed }
}

fn back(service: &ServiceDocument) -> Response {
    Redirect::to(&format!("{LIST}/{}/photos", service.id.to_hex())).into_response()
}

fn page(status: StatusCode, frame: &PageContext, service: &ServiceDocument, form: &Form) -> Response {
    let head = PageHead::new(
        format!("Photos of {}", service.title),
        &["arrow-left", "arrow-right", "image", "plus", "trash", "triangle-alert"],
    );
    let body = draw(service, form);
    respond(status, frame, head, move || view! { <div class="narrow" inner_html=body></div> }.into_any())
}

fn draw(service: &ServiceDocument, form: &Form) -> String {
    let mut html = Html::new();
    let own = format!("{LIST}/{}", service.id.to_hex());
    html.raw("<header class=\"title\"><a class=\"back\"").attr("href", &format!("/services/{}", service.slug)).raw(">");
    html.icon("arrow-left").text(&service.title).raw("</a><h1>Photos</h1></header>");
    form.summary(&mut html);
    if service.photos.is_empty() {
        html.raw("<div class=\"card empty\">").icon("image");
        html.raw("<h2>No photos yet</h2><p>Until there is one, people see a drawing. The first photo is the cover.</p></div>");
    } else {
        html.raw("<ol class=\"stack\" aria-label=\"Photos in order, the first is the cover\">");
        for (at, photo) in service.photos.iter().enumerate() {
            one(&mut html, service, photo, at);
        }
        html.raw("</ol>");
    }
    if service.photos.len() >= MAX_PHOTOS {
        html.raw("<p class=\"hint\">").text(&format!("These are {MAX_PHOTOS} photos, the most there can be."));
        return html.raw("</p>").finish();
    }
    html.raw("<form class=\"card stack\" method=\"post\" enctype=\"multipart/form-data\"");
    html.attr("action", &format!("{own}/photos")).raw("><h2>Add a photo</h2><div class=\"field\">");
    html.raw(
        "<label for=\"photo\">Photo</label><p class=\"hint\" id=\"photo-hint\">JPEG, PNG or WebP, at most 10 MB. ",
    );
    html.raw(
        "Where and when it was taken is removed.</p><input class=\"control\" id=\"photo\" name=\"photo\" type=\"file\"",
    );
    html.raw(" accept=\"image/jpeg,image/png,image/webp\" required aria-describedby=\"photo-hint\"></div>");
    let label = "What it shows";
    let hint = "For people who cannot see it, such as \"A mown lawn with clean edges\".";
    let control = Control::Line("text", "off");
    form.draw(&mut html, &Input { name: "alt", label, control, required: false, hint });
    html.raw("<p class=\"row\"><button class=\"btn btn-primary\">").icon("plus").raw("Add photo</button></p></form>");
    html.finish()
}

fn one(html: &mut Html, service: &ServiceDocument, photo: &Photo, at: usize) {
    let number = (at + 1).to_string();
    let id = format!("alt-{number}");
    html.raw("<li class=\"card\">");
    picture(html, photo, SIZES[1], at > 0);
    html.raw("<form class=\"stack\" method=\"post\"");
    html.attr("action", &format!("{LIST}/{}/photos/{}", service.id.to_hex(), photo.id));
    html.raw("><input type=\"hidden\" name=\"version\"").attr("value", &service.version.to_string()).raw(">");
    html.raw("<div class=\"field\"><label").attr("for", &id).raw(">What photo ").text(&number).raw(" shows</label>");
    html.raw("<input class=\"control\" name=\"alt\" maxlength=\"200\"").attr("id", &id).attr("value", &photo.alt);
    html.raw("></div><div class=\"row\">");
    let last = at + 1 == service.photos.len();
    // The first button is what Enter in the field presses.
    for (what, text, label, shown) in [
        ("alt", "Save words", "Save the words of photo", true),
        ("up", "Earlier", "Move earlier: photo", at > 0),
        ("down", "Later", "Move later: photo", !last),
        ("remove", "Remove", "Remove photo", true),
    ] {
        if shown {
            html.raw("<button class=\"btn\" name=\"do\"").attr("value", what);
            html.attr("aria-label", &format!("{label} {number}")).raw(">").raw(text).raw("</button>");
        }
    }
    html.raw("</div></form></li>");
}
