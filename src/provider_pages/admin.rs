//! `/admin/providers`: the queue, and one application with everything submitted, its history and what can be decided.

use axum::extract::{Form as Sent, Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use mongodb::bson::oid::ObjectId;
use serde::Deserialize;

use super::labels;
use crate::domain::standing::ProviderStatus;
use crate::error::AppError;
use crate::provider::history::Submission;
use crate::provider::onboarding::{self, AvailableAction, Part, Words, get_available_provider_actions};
use crate::provider::store;
use crate::provider_pages::perform::{self, Loaded};
use crate::ui::form::{Control, Form, Input};
use crate::ui::html::Html;
use crate::web::context::RequestContext;
use crate::web::guard::require_admin;
use crate::web::plain::{back, hidden, narrow, refused, see_other, wide};
use crate::web::problem::answer;
use crate::web::viewer::Viewer;
use crate::web::{PageContext, PageHead};

/// The queue's address.
const QUEUE: &str = "/admin/providers";

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    status: String,
    #[serde(default)]
    after: String,
}

/// `GET /admin/providers?status=`
pub async fn queue(ctx: RequestContext, Query(Asked { status, after }): Query<Asked>) -> Response {
    let (frame, _) = match require_admin(&ctx, QUEUE).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    let status = ProviderStatus::from_name(&status).unwrap_or(ProviderStatus::Pending);
    let db = &ctx.kit.db;
    let after = ObjectId::parse_str(&after).ok();
    let found = tokio::try_join!(store::count_by_status(db), store::queue(db, status, after));
    let (counts, (queued, next)) = match found {
        Ok(found) => found,
        Err(error) => return answer(&frame, QUEUE, error.into()),
    };
    let mut html = Html::new();
    back(&mut html, "/admin", "Admin");
    html.raw("<h1>Providers</h1><nav aria-label=\"Status\"><ul class=\"pills\">");
    for &one in ProviderStatus::ALL {
        let count = counts.get(&one).copied().unwrap_or_default();
        html.raw("<li><a class=\"pill\"").attr("href", &format!("{QUEUE}?status={}", one.name()));
        html.flag("aria-current=\"page\"", one == status).raw(">").text(one.label()).raw(" <b>");
        html.text(&count.to_string()).raw("</b></a></li>");
    }
    html.raw("</ul></nav>");
    if queued.is_empty() {
        html.raw("<div class=\"card empty\">").icon("circle-check");
        html.raw("<h2>Nobody here</h2><p>Nobody is in this status. Choose another one above.</p></div>");
    } else {
        html.raw("<ul class=\"card rows\" aria-label=\"Providers\">");
        for one in &queued {
            let name = if one.trading_name.is_empty() { "No name yet" } else { &one.trading_name };
            html.raw("<li><span><a class=\"link\"").attr("href", &format!("{QUEUE}/{}", one.id)).raw(">").text(name);
            html.raw("</a><span class=\"hint\">since ")
                .text(&one.created_at.text(zone(&frame)))
                .raw("</span></span></li>");
        }
        html.raw("</ul>");
    }
    if let Some(next) = next {
        let href = format!("{QUEUE}?status={}&after={next}", status.name());
        html.raw("<p class=\"row\"><a class=\"btn\" rel=\"next\"").attr("href", &href).raw(">Next page");
        html.icon("arrow-right").raw("</a></p>");
    }
    wide(StatusCode::OK, &frame, PageHead::new("Providers", &["circle-check", "arrow-left", "arrow-right"]), &mut html)
}

fn zone(frame: &PageContext) -> &str {
    frame.viewer.as_ref().map_or("Pacific/Auckland", |viewer| &viewer.zone)
}

/// `GET /admin/providers/{id}`
pub async fn one(ctx: RequestContext, Path(id): Path<String>) -> Response {
    let here = format!("{QUEUE}/{id}");
    let (frame, viewer) = match require_admin(&ctx, &here).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    match perform::load(&ctx, &id).await {
        Ok(loaded) => draw(StatusCode::OK, &frame, &viewer, &loaded, &Form::default()),
        Err(error) => answer(&frame, &here, error),
    }
}

/// `POST /admin/providers/{id}/{action}`
pub async fn act(
    ctx: RequestContext,
    Path((id, action)): Path<(String, String)>,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Response {
    let here = format!("{QUEUE}/{id}");
    let (frame, viewer) = match require_admin(&ctx, &here).await {
        Ok(entry) => entry,
        Err(response) => return response,
    };
    match try_act(&ctx, &frame, &viewer, &id, &action, &pairs).await {
        Ok(response) => response,
        Err(error) => answer(&frame, &here, error),
    }
}

async fn try_act(
    ctx: &RequestContext,
    frame: &PageContext,
    viewer: &Viewer,
    id: &str,
    action: &str,
    pairs: &[(String, String)],
) -> Result<Response, AppError> {
    let row = onboarding::row(action).filter(|row| row.by_admin).ok_or_else(AppError::not_found)?;
    let loaded = perform::load(ctx, id).await?;
    let mut form = Form::from_pairs(pairs);
    let version = form.get("version").parse().unwrap_or_default();
    // Several forms stand on the page, so each has a field of its own.
    let field = field(action);
    let submission = Submission { words: form.get(&field).to_owned(), ..Submission::default() };
    match perform::perform(ctx, viewer, &loaded, row, version, submission).await {
        Ok(_) => Ok(see_other(&format!("{QUEUE}/{id}"))),
        Err(mut error) if matches!(error.status, 409 | 422) => {
            error.fields.iter_mut().for_each(|problem| problem.field.clone_from(&field));
            let status = refused(&mut form, &error);
            let fresh = perform::load(ctx, id).await?;
            Ok(draw(status, frame, viewer, &fresh, &form))
        }
        Err(error) => Err(error),
    }
}

fn field(action: &str) -> String {
    format!("message_{action}")
}

fn draw(status: StatusCode, frame: &PageContext, viewer: &Viewer, loaded: &Loaded, form: &Form) -> Response {
    let Some(provider) = &loaded.provider else {
        return answer(frame, QUEUE, AppError::not_found());
    };
    let mut html = Html::new();
    back(&mut html, QUEUE, "All providers");
    let name = if provider.trading_name.is_empty() { &loaded.account.name } else { &provider.trading_name };
    html.raw("<h1>").text(name).raw("</h1>");
    labels::pill(&mut html, provider.status);
    form.summary(&mut html);
    html.raw("<section class=\"card\" aria-labelledby=\"submission-title\"><h2 class=\"eyebrow\" id=\"submission-title\">Submitted</h2>");
    html.raw("<p><b>").text(&loaded.account.name).raw("</b>, ").text(&loaded.account.email).raw("</p>");
    labels::facts(&mut html, provider);
    html.raw("</section>");
    let own = loaded.account.id.to_hex() == viewer.id;
    let actions = get_available_provider_actions(&loaded.standing(), Part::Admin { own });
    for action in &actions {
        draw_action(&mut html, loaded, action, form);
    }
    html.raw("<section class=\"card\" aria-labelledby=\"history-title\"><h2 class=\"eyebrow\" id=\"history-title\">History</h2>");
    labels::history(&mut html, &provider.history, zone(frame));
    html.raw("</section>");
    let page = PageHead::new(name.clone(), &["triangle-alert", "arrow-left"]).with_icons(labels::ICONS);
    narrow(status, frame, page, &mut html)
}

fn draw_action(html: &mut Html, loaded: &Loaded, action: &AvailableAction, form: &Form) {
    let row = action.row;
    if !action.denials.is_empty() {
        html.raw("<section class=\"card\"><button class=\"btn\" aria-disabled=\"true\" aria-describedby=\"why-");
        html.raw(row.action_name).raw("\">").raw(row.button_label).raw("</button><p class=\"hint\" id=\"why-");
        html.raw(row.action_name).raw("\">");
        for denial in &action.denials {
            html.raw(denial.message).raw(" ");
        }
        html.raw("</p></section>");
        return;
    }
    html.raw("<form class=\"card stack\" method=\"post\"");
    html.attr("action", &format!("{QUEUE}/{}/{}", loaded.account.id, row.action_name)).raw(">");
    hidden(html, "version", &loaded.version().to_string());
    let name = field(row.action_name);
    if let Words::Needed(label) = row.words {
        let hint = "The provider reads this.";
        form.draw(html, &Input { name: &name, label, control: Control::Area, required: true, hint });
    }
    html.raw("<button class=\"");
    html.raw(match (row.is_critical, row.words) {
        (true, _) => "btn btn-error",
        (false, Words::Nothing) => "btn btn-primary",
        _ => "btn",
    });
    html.raw("\">").raw(row.button_label).raw("</button></form>");
}
