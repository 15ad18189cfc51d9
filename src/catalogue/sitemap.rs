//! What search engines are told: which pages there are, and which are nobody's business.

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use mongodb::bson::oid::ObjectId;

use super::category::CATEGORIES;
use super::store::{self, ListedService};
use crate::error::AppError;
use crate::provider::store as providers;
use crate::ui::html::Html;
use crate::web::context::RequestContext;
use crate::web::kit::Kit;
use axum::extract::FromRef;

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
{
    Router::new().route("/sitemap.xml", get(sitemap)).route("/robots.txt", get(robots))
}

async fn robots(ctx: RequestContext) -> Response {
    let private: String = PRIVATE.iter().map(|path| format!("Disallow: {path}\n")).collect();
    let text = format!("User-agent: *\n{private}Sitemap: {}/sitemap.xml\n", ctx.kit.site.base_url);
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")], text)
        .into_response()
}

async fn sitemap(ctx: RequestContext) -> std::result::Result<Response, AppError> {
    let db = &ctx.kit.db;
    let (services, providers) = tokio::try_join!(store::listed(db, MOST), providers::open_to_requests(db, MOST))?;
    let xml = draw(&ctx.kit.site.base_url, &services, &providers);
    let headers =
        [(header::CONTENT_TYPE, "application/xml; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")];
    Ok((headers, xml).into_response())
}

fn draw(base: &str, services: &[ListedService], providers: &[ObjectId]) -> String {
    let mut xml = Html::new();
    xml.raw(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let mut page = |path: &str, changed: &str| {
        xml.raw("<url><loc>").text(base).text(path).raw("</loc>");
        xml.wrap("<lastmod>", changed, "</lastmod>").raw("</url>\n");
    };
    page("/", "");
    page("/services", "");
    for category in CATEGORIES {
        page(&format!("/services?category={}", category.slug), "");
    }
    for service in services {
        page(&format!("/services/{}", service.slug), &service.updated_at.rfc3339());
    }
    for provider in providers {
        page(&format!("/providers/{}", provider.to_hex()), "");
    }
    xml.raw("</urlset>\n").finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    #[test]
    fn addresses_are_whole_and_escaped() {
        let service = ListedService { slug: "a&b".into(), updated_at: Timestamp(0) };
        let xml = draw("https://gigsta.example", &[service], &[]);
        assert!(
            xml.contains("<loc>https://gigsta.example/services/a&amp;b</loc><lastmod>1970-01-01T00:00:00Z</lastmod>")
        );
        assert!(xml.ends_with("</urlset>\n") && !xml.contains("<lastmod></lastmod>"), "{xml}");
    }
}
