//! `/account/notices`: which mails one wants, and when not.

use axum::Router;
use axum::extract::FromRef;
use axum::extract::{Form as Sent, Query};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use leptos::prelude::*;
use serde::Deserialize;

use super::kinds::Group;
use super::model::Settings;
use super::quiet::Quiet;
use super::store;
use crate::account::profile::own;
use crate::error::AppError;
use crate::ui::form::{Control, Form, Input};
use crate::web::context::RequestContext;
use crate::web::guard::SignedIn;
use crate::web::kit::Kit;
use crate::web::plain::{back_link, narrow, see_other};
use crate::web::{PageContext, PageHead};

const PATH: &str = "/account/notices";

/// `/account/notices`
pub(super) fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Kit: FromRef<S>,
{
    Router::new().route(PATH, get(show).post(save))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    saved: String,
}

async fn show(
    ctx: RequestContext,
    SignedIn { page, viewer }: SignedIn,
    Query(Asked { saved }): Query<Asked>,
) -> Result<Response, AppError> {
    let account = own(&ctx, &viewer).await?;
    let settings = store::settings_for(&ctx.kit.db, account.id).await?;
    let mut form = prefilled(&settings);
    form.set("saved", saved);
    Ok(render(StatusCode::OK, &page, &account.zone, &form))
}

async fn save(
    ctx: RequestContext,
    signed_in: Result<SignedIn, AppError>,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let SignedIn { page, viewer } = signed_in.map_err(|error| error.returning_to(PATH))?;
    let account = own(&ctx, &viewer).await?;
    let mut form = Form::from_pairs(&pairs);
    let Some((muted, quiet)) = read(&mut form) else {
        return Ok(render(StatusCode::UNPROCESSABLE_ENTITY, &page, &account.zone, &form));
    };
    store::choose(&ctx.kit.db, account.id, &muted, quiet).await?;
    Ok(see_other("/account/notices?saved=1"))
}

fn prefilled(settings: &Settings) -> Form {
    let mut form = Form::default();
    let wanted = Group::ALL.iter().filter(|group| !settings.muted.contains(group));
    form.set_all("mails", wanted.map(|group| group.name().into()).collect());
    if let Some(Quiet { from_minute: from, to_minute: to }) = settings.quiet {
        form.set("quiet_from", clock(from)).set("quiet_to", clock(to));
    }
    form
}

/// What the form says: the groups of which no mails are wanted, and the quiet hours. Says in the form what has to be
/// different.
fn read(form: &mut Form) -> Option<(Vec<Group>, Option<Quiet>)> {
    let wanted = form.all("mails").to_vec();
    let muted = Group::ALL.iter().copied().filter(|group| !wanted.iter().any(|name| name == group.name())).collect();
    if wanted.iter().any(|name| Group::from_name(name).is_none()) {
        form.problem("mails", "unknown_group", "Choose among the kinds of mails on this page.");
    }
    let (from, to) = (form.get("quiet_from").to_owned(), form.get("quiet_to").to_owned());
    let mut minutes = |field: &str, text: &str| {
        let read = minutes(text);
        if read.is_none() && !text.is_empty() {
            form.problem(field, "bad_time", "Give a time of day, for example 21:30.");
        }
        read
    };
    let quiet = match (minutes("quiet_from", &from), minutes("quiet_to", &to)) {
        (Some(from), Some(to)) => Some(Quiet { from_minute: from, to_minute: to }),
        _ => None,
    };
    let missing =
        |form: &mut Form, field| form.problem(field, "missing", "Give both ends of the quiet hours, or none.");
    match (from.is_empty(), to.is_empty(), quiet) {
        (true, false, _) => missing(form, "quiet_from"),
        (false, true, _) => missing(form, "quiet_to"),
        (_, _, Some(Quiet { from_minute: from, to_minute: to })) if from == to => {
            form.problem(
                "quiet_to",
                "no_hours",
                "The quiet hours end when they begin. Give another end, or leave both empty.",
            );
        }
        _ => {}
    }
    form.is_fine().then_some((muted, quiet))
}

/// Minutes after midnight of `21:30`, with seconds or without.
fn minutes(text: &str) -> Option<i16> {
    let mut parts = text.split(':');
    let mut part = |most: i16| {
        let digits = |part: &&str| matches!(part.len(), 1..=2) && part.bytes().all(|byte| byte.is_ascii_digit());
        parts.next().filter(digits)?.parse::<i16>().ok().filter(|number| *number <= most)
    };
    let (hours, minutes) = (part(23)?, part(59)?);
    Some(hours * 60 + minutes)
}

fn clock(minutes: i16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// `zone` is the IANA zone of the account.
fn render(status: StatusCode, page: &PageContext, zone: &str, form: &Form) -> Response {
    let field =
        |name, label, control, hint| form.render(&Input { name, label, control, required: name == "mails", hint });
    let groups: Vec<_> = Group::ALL.iter().map(|group| (group.name().to_owned(), group.label().to_owned())).collect();
    let mails = "Mails about cancellations, no-shows, disputes and your account always come.";
    let time = Control::Line("time", "off");
    let from = "What can wait is sent when they are over. Leave both empty for none.";
    let until = format!("On the clock of {}, the zone of your address.", zone.replace('_', " "));
    let body = view! {
        {back_link("/account", "Your account")}
        <h1>"Notices and mails"</h1>
        {form.render_outcome()}
        <p>
            "Everything that happens is told "
            <a class="link" href="/notices">
                "under Notices"
            </a>
            ". Choose here what you get by mail as well."
        </p>
        <form class="card stack" method="post" action=PATH>
            {field("mails", "Mails about", Control::Ticks(&groups), mails)}
            {field("quiet_from", "Quiet hours from", time, from)}
            {field("quiet_to", "Quiet hours until", time, &until)}
            <button class="btn btn-primary">"Save"</button>
        </form>
    };
    narrow(status, page, PageHead::new("Notices and mails", &["triangle-alert", "arrow-left"]), body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Form {
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        Form::from_pairs(&pairs)
    }

    #[test]
    fn what_is_not_ticked_is_muted_and_hours_over_midnight_are_hours() {
        let mut typed = form(&[("mails", "bookings"), ("quiet_from", "21:30"), ("quiet_to", "07:00:00")]);
        let (muted, quiet) = read(&mut typed).unwrap();
        assert_eq!(muted, [Group::Changes, Group::Reminders, Group::Reviews, Group::Messages]);
        assert_eq!(quiet, Some(Quiet { from_minute: 21 * 60 + 30, to_minute: 7 * 60 }));
        assert_eq!(read(&mut form(&[])), Some((Group::ALL.to_vec(), None)));
    }

    #[test]
    fn half_an_hour_range_and_nonsense_are_told_at_their_field() {
        let wrong: [(&[(&str, &str)], &str); 6] = [
            (&[("quiet_from", "21:00")], "quiet_to"),
            (&[("quiet_to", "7:00")], "quiet_from"),
            (&[("quiet_from", "24:00"), ("quiet_to", "7:00")], "quiet_from"),
            (&[("quiet_from", "9:00"), ("quiet_to", "9:60")], "quiet_to"),
            (&[("quiet_from", "9:00"), ("quiet_to", "9:00")], "quiet_to"),
            (&[("mails", "bookings"), ("mails", "disputes")], "mails"),
        ];
        for (typed, field) in wrong {
            let mut typed = form(typed);
            assert_eq!(read(&mut typed), None);
            assert_eq!(typed.problems()[0].field, field);
        }
    }
}
