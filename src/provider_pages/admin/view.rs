//! How the queue and one application look to an admin.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use mongodb::bson::oid::ObjectId;

use super::{QUEUE, field};
use crate::domain::standing::ProviderStatus;
use crate::error::AppError;
use crate::provider::onboarding::{AvailableAction, MessageRule, Part, get_available_provider_actions};
use crate::provider::store::Queued;
use crate::provider_pages::labels;
use crate::provider_pages::perform::Loaded;
use crate::ui::form::{Control, Form, Input};
use crate::ui::icon::Icon;
use crate::web::PageHead;
use crate::web::guard::Admin;
use crate::web::plain::{back_link, hidden_field, narrow, wide};

/// The queue of those in a status, how many there are in each, and where the next page begins.
pub(super) fn render_queue(
    admin: &Admin,
    status: ProviderStatus,
    counts: &BTreeMap<ProviderStatus, u64>,
    queued: &[Queued],
    next: Option<ObjectId>,
) -> Response {
    let pills = ProviderStatus::ALL.iter().map(|one| {
        let count = counts.get(one).copied().unwrap_or_default();
        view! {
            <li>
                <a class="pill" href=format!("{QUEUE}?status={}", one.name()) aria-current=(*one == status).then_some("page")>
                    {format!("{} ", one.label())}<b>{count.to_string()}</b>
                </a>
            </li>
        }
    });
    let next = next.map(|next| {
        let href = format!("{QUEUE}?status={}&after={next}", status.name());
        view! { <p class="row"><a class="btn" rel="next" href=href>"Next page" <Icon name="arrow-right" /></a></p> }
    });
    let body = view! {
        {back_link("/admin", "Admin")}
        <h1>"Providers"</h1>
        <nav aria-label="Status"><ul class="pills">{pills.collect_view()}</ul></nav>
        {render_list(admin, queued)}
        {next}
    };
    let head = PageHead::new("Providers", &["circle-check", "arrow-left", "arrow-right"]);
    wide(StatusCode::OK, &admin.page, head, body)
}

fn render_list(admin: &Admin, queued: &[Queued]) -> AnyView {
    if queued.is_empty() {
        return view! {
            <div class="card empty">
                <Icon name="circle-check" />
                <h2>"Nobody here"</h2>
                <p>"Nobody is in this status. Choose another one above."</p>
            </div>
        }
        .into_any();
    }
    let line = |one: &Queued| {
        let name = if one.trading_name.is_empty() { "No name yet" } else { &one.trading_name };
        view! {
            <li>
                <span>
                    <a class="link" href=format!("{QUEUE}/{}", one.id)>{name.to_owned()}</a>
                    <span class="hint">{format!("since {}", one.created_at.text(&admin.viewer.zone))}</span>
                </span>
            </li>
        }
    };
    view! { <ul class="card rows" aria-label="Providers">{queued.iter().map(line).collect_view()}</ul> }.into_any()
}

/// One application: 404 before it was begun.
pub(super) fn render_one(
    status: StatusCode,
    admin: &Admin,
    loaded: &Loaded,
    form: &Form,
) -> Result<Response, AppError> {
    let provider = loaded.provider.as_ref().ok_or_else(AppError::not_found)?;
    let account = &loaded.account;
    let name = if provider.trading_name.is_empty() { &account.name } else { &provider.trading_name };
    let own = account.id.to_hex() == admin.viewer.id;
    let actions = get_available_provider_actions(&loaded.standing(), Part::Admin { own });
    let body = view! {
        {back_link(QUEUE, "All providers")}
        <h1>{name.clone()}</h1>
        {labels::render_pill(provider.status)}
        {form.render_summary()}
        <section class="card" aria-labelledby="given-title">
            <h2 class="eyebrow" id="given-title">"Submitted"</h2>
            <p><b>{account.name.clone()}</b> {format!(", {}", account.email)}</p>
            {labels::render_facts(provider)}
        </section>
        {actions.iter().map(|action| render_action(loaded, action, form)).collect_view()}
        <section class="card" aria-labelledby="history-title">
            <h2 class="eyebrow" id="history-title">"History"</h2>
            {labels::render_history(&provider.history, &admin.viewer.zone)}
        </section>
    };
    let head = PageHead::new(name.clone(), &["triangle-alert", "arrow-left"]).with_icons(labels::ICONS);
    Ok(narrow(status, &admin.page, head, body))
}

fn render_action(loaded: &Loaded, action: &AvailableAction, form: &Form) -> AnyView {
    let row = action.row;
    if !action.denials.is_empty() {
        let why = format!("why-{}", row.action_name);
        let reasons: String = action.denials.iter().map(|denial| format!("{} ", denial.message)).collect();
        return view! {
            <section class="card">
                <button class="btn" aria-disabled="true" aria-describedby=why.clone()>{row.button_label}</button>
                <p class="hint" id=why>{reasons}</p>
            </section>
        }
        .into_any();
    }
    let name = field(row.action_name);
    let message_field = match row.message {
        MessageRule::Needed(label) => {
            let hint = "The provider reads this.";
            Some(form.render(&Input { name: &name, label, control: Control::Area, required: true, hint }))
        }
        MessageRule::Nothing => None,
    };
    let class = match (row.is_critical, row.message) {
        (true, _) => "btn btn-error",
        (false, MessageRule::Nothing) => "btn btn-primary",
        _ => "btn",
    };
    view! {
        <form class="card stack" method="post" action=format!("{QUEUE}/{}/{}", loaded.account.id, row.action_name)>
            {hidden_field("version", &loaded.version().to_string())}
            {message_field}
            <button class={class}>{row.button_label}</button>
        </form>
    }
    .into_any()
}
