//! `/admin/history`: who did what when, over the histories of all bookings.

mod render;

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use mongodb::bson::oid::ObjectId;

use super::home::HOME;
use crate::account::store as accounts;
use crate::booking::context::BookingContext;
use crate::booking::machine::Table;
use crate::booking::machine::history::CREATED;
use crate::booking::store::search::{self, Found, Search};
use crate::error::AppError;
use crate::time::{self, Day, Timestamp};
use crate::ui::form::Form;
use crate::web::PageHead;
use crate::web::guard::Admin;
use crate::web::plain::{back_link, narrow};
use crate::web::viewer::Viewer;

/// Its address.
pub const PATH: &str = "/admin/history";
/// How many days are searched when no days are named.
const DEFAULT_DAYS: i32 = 7;
/// The longest time searched at once, in days.
const MAX_DAYS: i32 = 366;
const _: () = assert!(MAX_DAYS == 366, "the page says a year");

/// `GET /admin/history?who=&reference=&action=&from=&to=`
pub async fn show(
    ctx: BookingContext,
    Admin { page, viewer }: Admin,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let mut form = Form::from_pairs(&pairs);
    let found = load(&ctx, &viewer, &mut form).await?;
    let status = if form.is_fine() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let body = view! {
        {back_link(HOME, "Admin")}
        <h1>"Search the history"</h1>
        {form.render_summary()}
        {render::fields(&form, &names(ctx.table))}
        {found.map(|found| render::results(&found, &viewer.zone))}
    };
    let head = PageHead::new("Search the history", &["arrow-left", "search", "triangle-alert"]);
    Ok(narrow(status, &page, head, body))
}

/// What was found; nothing if something has to be different first.
async fn load(ctx: &BookingContext, viewer: &Viewer, form: &mut Form) -> Result<Option<Found>, AppError> {
    let (from, to) = days(form, &viewer.zone, ctx.now);
    let who = form.get("who").to_lowercase();
    let mut search = Search { from, to, ..Search::default() };
    if !who.is_empty() {
        let account = match ObjectId::parse_str(&who) {
            Ok(id) => accounts::find(&ctx.kit.db, id).await?,
            Err(_) => accounts::find_by_email(&ctx.kit.db, &who).await?,
        };
        match account {
            Some(account) => search.actor_id = Some(account.id.to_hex()),
            None => form.problem("who", "nobody", "Nobody has this e-mail address. Check how it is written."),
        }
    }
    let reference = form.get("reference").to_uppercase();
    if !reference.is_empty() {
        search.reference = Some(reference);
    }
    let all = names(ctx.table);
    let action = form.get("action").to_owned();
    search.actions = match action.as_str() {
        "" => all.iter().map(|name| (*name).to_owned()).collect(),
        known if all.contains(&known) => vec![action],
        _ => {
            form.problem("action", "bad_action", "There is no such action. Choose one of the list.");
            Vec::new()
        }
    };
    if !form.is_fine() {
        return Ok(None);
    }
    Ok(Some(search::search(&ctx.kit.db, &search).await?))
}

/// The days that are searched, both included, as instants; and fills in those that nobody has named.
fn days(form: &mut Form, zone: &str, now: Timestamp) -> (Timestamp, Timestamp) {
    let today = time::day_at(now, zone);
    let day = |form: &mut Form, name: &str, default: &Day| {
        let typed = form.get(name).to_owned();
        if typed.is_empty() {
            form.set(name, default.date.clone());
            return default.clone();
        }
        time::day(&typed, zone).unwrap_or_else(|| {
            let typed: String = typed.chars().take(40).collect();
            form.problem(name, "bad_day", format!("Give a day such as 2026-12-05, not \"{typed}\"."));
            // A date field cannot show a value that is not a date.
            form.set(name, "");
            default.clone()
        })
    };
    let to = day(form, "to", &today);
    let from = day(form, "from", &to.plus_days(1 - DEFAULT_DAYS));
    let (begins, ends) = (from.wall(0, false), to.wall(24 * 60, true));
    if begins >= ends {
        form.problem("from", "bad_span", "The first day has to be before the last one.");
    } else if begins < to.plus_days(1 - MAX_DAYS).wall(0, false) {
        form.problem("from", "long_span", "Search at most a year at once.");
    }
    (begins, ends)
}

/// The name of everything that can happen to a booking.
fn names(table: Table<'static>) -> Vec<&'static str> {
    std::iter::once(CREATED).chain(table.rows().iter().map(|row| row.action_name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZONE: &str = "Pacific/Auckland";
    const NOON: Timestamp = Timestamp(1_796_511_600_000);

    fn asked(from: &str, to: &str) -> (Form, (Timestamp, Timestamp)) {
        let mut form = Form::default();
        form.set("from", from).set("to", to);
        let span = days(&mut form, ZONE, NOON);
        (form, span)
    }

    #[test]
    fn nobody_has_to_say_which_days() {
        let (form, (from, to)) = asked("", "");
        assert!(form.is_fine() && from < NOON && NOON < to);
        assert_eq!((form.get("from"), form.get("to")), ("2026-11-30", "2026-12-06"));
        assert_eq!(to.minutes_since(from), 7 * 24 * 60);
        let (form, (from, to)) = asked("", "2026-11-03");
        assert!(form.is_fine() && form.get("from") == "2026-10-28" && to.minutes_since(from) == 7 * 24 * 60);
    }

    #[test]
    fn a_search_has_an_end_and_the_days_an_order() {
        for (from, to, field) in [
            ("2026-12-06", "2026-12-01", "from"),
            ("2020-01-01", "2026-12-01", "from"),
            ("soon", "", "from"),
            ("", "2026-02-30", "to"),
        ] {
            let (form, _) = asked(from, to);
            assert_eq!(form.problems()[0].field, field, "{from} {to}");
        }
        assert!(asked("2026-12-06", "2026-12-06").0.is_fine(), "one day is enough");
    }
}
