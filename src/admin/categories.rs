//! `/admin/categories`: the categories, and how many listed services each has. Their names are a table in the source code.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::home::HOME;
use crate::catalogue::category::{CATEGORIES, Category, leaves_of};
use crate::catalogue::search;
use crate::error::AppError;
use crate::web::PageHead;
use crate::web::context::RequestContext;
use crate::web::guard::Admin;
use crate::web::plain::{back_link, narrow};

/// Its address.
pub const PATH: &str = "/admin/categories";

/// `GET /admin/categories`
pub async fn show(ctx: RequestContext, Admin { page, .. }: Admin) -> Result<Response, AppError> {
    let counts = search::count_by_category(&ctx.kit.db).await?;
    let count = |slugs: &[&str]| -> usize {
        counts.iter().filter(|(slug, _)| slugs.contains(&slug.as_str())).map(|(_, count)| count).sum()
    };
    let leaves = |parent: &str| {
        let leaves = CATEGORIES.iter().filter(|category| category.parent == Some(parent));
        let leaf = |leaf: &Category| {
            view! {
                <li>
                    <a class="link" href=format!("/services?category={}", leaf.slug)>
                        {leaf.name}
                    </a>
                    <b>{count(&[leaf.slug])}</b>
                </li>
            }
        };
        leaves.map(leaf).collect_view()
    };
    let parents = CATEGORIES.iter().filter(|category| category.parent.is_none());
    let parents: Vec<_> = parents
        .map(|parent| {
            view! {
                <section class="card">
                    <h2>
                        {format!("{} ", parent.name)}
                        <span class="hint">{count(&leaves_of(parent.slug))}</span>
                    </h2>
                    <ul class="rows">{leaves(parent.slug)}</ul>
                </section>
            }
        })
        .collect();
    let body = view! {
        {back_link(HOME, "Admin")}
        <h1>"Categories"</h1>
        <p class="sub">
            "With the services that can be found now. \
             The names are part of the program, so they change with a new version of it."
        </p>
        {parents}
    };
    Ok(narrow(StatusCode::OK, &page, PageHead::new("Categories", &["arrow-left"]), body))
}
