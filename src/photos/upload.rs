//! The form with which a photo is sent, `multipart/form-data`: one file named `photo`, and fields of text beside it.

use axum::body::Bytes;
use axum::extract::Multipart;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use leptos::prelude::*;

use crate::error::AppError;
use crate::ui::form::Form;
use crate::web::answer;

/// The most fields of text.
const MAX_FIELDS: usize = 20;

/// The most bytes of all texts beside photos, with their names: enough to give a text that is too long back to be shortened.
pub const MAX_TEXTS_BYTES: usize = 128 * 1024;

/// The most bytes of one field of text, where it is not given back.
const MAX_TEXT_BYTES: usize = 8 * 1024;

/// What was sent.
#[derive(Clone, Debug, Default)]
pub struct Upload {
    /// The file; empty if none was chosen.
    pub photo: Bytes,
    /// Everything else.
    pub form: Form,
}

/// Reads the whole form. Its size is bounded before.
///
/// # Errors
/// 422 when it is no such form, or holds more than a form of ours.
pub async fn read(sent: Result<Multipart, MultipartRejection>) -> Result<Upload, AppError> {
    let (photos, pairs) = read_all(sent).await?;
    if pairs.iter().any(|(_, text)| text.len() > MAX_TEXT_BYTES) {
        return Err(AppError::bad_input(Vec::new()));
    }
    Ok(Upload { photo: photos.into_iter().next_back().unwrap_or_default(), form: Form::from_pairs(&pairs) })
}

/// Reads a form with any number of photos: those that are not empty, and the fields of text, together at most
/// [`MAX_TEXTS_BYTES`].
///
/// # Errors
/// 413 when there is more text than that; 422 when it is no such form, or has more fields than a form of ours.
pub async fn read_all(
    sent: Result<Multipart, MultipartRejection>,
) -> Result<(Vec<Bytes>, Vec<(String, String)>), AppError> {
    let unreadable = |_: MultipartError| AppError::bad_input(Vec::new());
    let mut sent = sent.map_err(|_| AppError::bad_input(Vec::new()))?;
    let (mut photos, mut pairs, mut text_bytes) = (Vec::new(), Vec::new(), 0);
    while let Some(field) = sent.next_field().await.map_err(unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(unreadable)?;
        if photos.len() + pairs.len() >= MAX_FIELDS {
            return Err(AppError::bad_input(Vec::new()));
        }
        match (name == "photo", bytes.is_empty()) {
            // An empty one is how a browser sends that none was chosen.
            (true, true) => {}
            (true, false) => photos.push(bytes),
            (false, _) => {
                // What is wrong with a text is shown beside it, several times as long in HTML.
                text_bytes += name.len() + bytes.len();
                if text_bytes > MAX_TEXTS_BYTES {
                    return Err(answer::too_large());
                }
                pairs.push((name, String::from_utf8(bytes.to_vec()).map_err(|_| AppError::bad_input(Vec::new()))?));
            }
        }
    }
    Ok((photos, pairs))
}

/// That no file was chosen.
pub fn missing() -> AppError {
    AppError::bad_field("photo", "missing", "Choose a photo first.")
}

/// The field with which photos are chosen, with what is wrong with them.
pub fn render_field(form: &Form, label: impl IntoView, hint: &str, multiple: bool) -> AnyView {
    let problem = form.problems().iter().find(|problem| problem.field == "photo");
    let message = problem.map(|problem| problem.message.clone()).unwrap_or_default();
    view! {
        <div class="field">
            <label for="photo">{label}</label>
            <p class="hint" id="photo-hint">{hint.to_owned()}</p>
            <input
                class="control"
                type="file"
                id="photo"
                name="photo"
                multiple=multiple
                accept="image/jpeg,image/png,image/webp"
                aria-describedby="photo-hint photo-problem"
                aria-invalid=problem.map(|_| "true")
            />
            <p class="problem" id="photo-problem" hidden=problem.is_none()>{message}</p>
        </div>
    }
    .into_any()
}
