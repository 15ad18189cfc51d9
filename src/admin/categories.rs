//! `/admin/categories`: the categories, and how many listed services each has. Their names are a table in the source code.

use axum::http::StatusCode;
use axum::response::Response;

use super::HOME;
use crate::catalogue::category::{CATEGORIES, leaves_of};
use crate::catalogue::search;
use crate::ui::html::Html;
use crate::web::PageHead;
use crate::web::context::RequestContext;
use crate::web::guard::require_admin;
use crate::web::plain::{back, narrow};
use crate::web::problem::answer;

/// Its address.
pub const PATH: &str = "/admin/categories";

/// `GET /admin/categories`
pub async fn show(ctx: RequestContext) -> Response {
    let frame = match require_admin(&ctx, PATH).await {
        Ok((frame, _)) => frame,
        Err(response) => return response,
    };
    let counts = match search::count_by_category(&ctx.kit.db).await {
        Ok(counts) => counts,
        Err(error) => return answer(&frame, PATH, error.into()),
    };
    let count = |slugs: &[&str]| -> usize {
        counts.iter().filter(|(slug, _)| slugs.contains(&slug.as_str())).map(|(_, count)| count).sum()
    };
    let mut html = Html::new();
    back(&mut html, HOME, "Admin");
    html.raw("<h1>Categories</h1><p class=\"sub\">With the services that can be found now. The names are part of the ");
    html.raw("program, so they change with a new version of it.</p>");
    for parent in CATEGORIES.iter().filter(|category| category.parent.is_none()) {
        html.raw("<section class=\"card\"><h2>").text(parent.name).raw(" <span class=\"hint\">");
        html.text(&count(&leaves_of(parent.slug)).to_string()).raw("</span></h2><ul class=\"rows\">");
        for leaf in CATEGORIES.iter().filter(|category| category.parent == Some(parent.slug)) {
            html.raw("<li><a class=\"link\"").attr("href", &format!("/services?category={}", leaf.slug)).raw(">");
            html.text(leaf.name).raw("</a><b>").text(&count(&[leaf.slug]).to_string()).raw("</b></li>");
        }
        html.raw("</ul></section>");
    }
    narrow(StatusCode::OK, &frame, PageHead::new("Categories", &["arrow-left"]), &mut html)
}
