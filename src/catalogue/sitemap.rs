//! What search engines see: which pages there are, and which are nobody's business.

use axum::Router;
use axum::extract::{FromRef, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use mongodb::bson::oid::ObjectId;

use super::category::CATEGORIES;
use super::searches::Searches;
use super::store::{self, ListedService};
use crate::error::AppError;
use crate::provider::store as providers;
use crate::time::Timestamp;
use crate::ui::escape::escape;
use crate::web::context::RequestContext;
use crate::web::kit::Kit;

/// The most services and the most providers it names. A sitemap may have 50,000 addresses.
const MOST: i64 = 20_000;
/// Pages that only their own people see, and what only programs call.
const PRIVATE: [&str; 8] =
    ["/api/", "/account", "/admin", "/book/", "/bookings", "/onboarding", "/provider/", "/sign-"];

/// `/sitemap.xml` and `/robots.txt`, which names it.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Kit: FromRef<S>,
    Searches: FromRef<S>,
{
    Router::new().route("/sitemap.xml", get(sitemap)).route("/robots.txt", get(robots))
}

async fn robots(ctx: RequestContext) -> Response {
    let private: String = PRIVATE.iter().map(|path| format!("Disallow: {path}\n")).collect();
    let text = format!("User-agent: *\n{private}Sitemap: {}/sitemap.xml\n", ctx.kit.site.base_url);
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")], text)
        .into_response()
}

/// It reads more than any page, so it waits its turn among the searches, on their connections.
async fn sitemap(ctx: RequestContext, State(searches): State<Searches>) -> std::result::Result<Response, AppError> {
    let _turn = searches.turn().await?;
    let db = &searches.db;
    let (services, providers) = tokio::try_join!(store::listed(db, MOST), providers::open_to_requests(db, MOST))?;
    let xml = render(&ctx.kit.site.base_url, &services, &providers);
    let headers =
        [(header::CONTENT_TYPE, "application/xml; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")];
    Ok((headers, xml).into_response())
}

fn render(base: &str, services: &[ListedService], providers: &[ObjectId]) -> String {
    let page = |path: &str, changed: Option<Timestamp>| {
        let changed = changed.map(|at| format!("<lastmod>{}</lastmod>", at.rfc3339())).unwrap_or_default();
        format!("<url><loc>{}</loc>{changed}</url>\n", escape(&format!("{base}{path}")))
    };
    let categories = CATEGORIES.iter().map(|category| page(&format!("/services?category={}", category.slug), None));
    let services = services.iter().map(|one| page(&format!("/services/{}", one.slug), Some(one.updated_at)));
    let providers = providers.iter().map(|id| page(&format!("/providers/{}", id.to_hex()), None));
    let pages =
        [page("/", None), page("/services", None)].into_iter().chain(categories).chain(services).chain(providers);
    let pages: String = pages.collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{pages}</urlset>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_whole_and_escaped() {
        let service = ListedService { slug: "a&b".into(), updated_at: Timestamp(0) };
        let xml = render("https://gigsta.example", &[service], &[]);
        assert!(
            xml.contains("<loc>https://gigsta.example/services/a&amp;b</loc><lastmod>1970-01-01T00:00:00Z</lastmod>")
        );
        assert!(xml.ends_with("</urlset>\n") && !xml.contains("<lastmod></lastmod>"), "{xml}");
    }
}
