//! The photos of the job on the review: those there are, and one more.

use leptos::prelude::*;

use crate::booking_pages::ask::asked::path;
use crate::booking_pages::ask::model::{AskDraft, MOST_PHOTOS};
use crate::domain::limit::megabytes;
use crate::domain::photo::Photo;
use crate::photos::{MAX_PHOTO_BYTES, address, upload};
use crate::ui::form::Form;

/// The photos so far, and the form for one more.
pub(super) fn render(slug: &str, draft: &AskDraft, form: &Form) -> AnyView {
    let action = format!("{}/photos", path(slug));
    let photo = |photo: &Photo| {
        let (id, label) = (photo.id.clone(), format!("Take away: {}", photo.alt));
        view! {
            <form method="post" enctype="multipart/form-data" class="row" action=action.clone()>
                <img class="thumb" src=address(&photo.id, 320) alt=photo.alt.clone() />
                <button class="btn" name="remove" value=id aria-label=label>"Take away"</button>
            </form>
        }
    };
    let hint = format!("JPEG, PNG or WebP, at most {}. It helps the provider to be right.", megabytes(MAX_PHOTO_BYTES));
    let one_more = (draft.photos.len() < MOST_PHOTOS).then(|| {
        view! {
            <form method="post" enctype="multipart/form-data" class="stack" action=action.clone()>
                {upload::render_field(form, "Add a photo", &hint, false)}
                <button class="btn">"Add"</button>
            </form>
        }
    });
    view! {
        <section class="card stack" id="photos" aria-labelledby="photos-title">
            <h2 class="eyebrow" id="photos-title">"Photos of the job"</h2>
            {draft.photos.iter().map(photo).collect_view()}
            {one_more}
        </section>
    }
    .into_any()
}
