//! The HTML part of a mail: one calm column. Mail programs drop style sheets, so every element carries its own style;
//! pages never do. Everything that comes from people is escaped.

use super::{Body, greeting};
use crate::ui::html::Html;

const PAGE: &str = "margin:0;padding:24px 12px;background:#f7f5f1;color:#16302f;\
                    font:16px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif";
const CARD: &str = "max-width:34em;margin:0 auto;padding:24px;background:#ffffff;border:1px solid #e0dcd3;\
                    border-radius:16px";
const BRAND: &str = "margin:0 0 16px;font-weight:800;font-size:19px;color:#0d5c56";
/// Line breaks in what people wrote stay.
const PARAGRAPH: &str = "margin:0 0 14px;white-space:pre-line;overflow-wrap:anywhere";
const BUTTON: &str = "display:inline-block;margin:4px 0 18px;padding:13px 22px;border-radius:12px;\
                      background:#0d5c56;color:#ffffff;font-weight:650;text-decoration:none";
const SMALL: &str = "max-width:34em;margin:14px auto 0;padding:0 24px;font-size:14px;color:#4c5f5e";
const LINK: &str = "color:#0d5c56";

/// The whole document.
pub(super) fn document(base_url: &str, subject: &str, body: &Body) -> String {
    let mut html = Html::new();
    html.raw("<!DOCTYPE html><html lang=\"en-NZ\"><head><meta charset=\"utf-8\">");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    html.wrap("<title>", subject, "</title></head>");
    html.raw("<body").attr("style", PAGE).raw("><div").attr("style", CARD).raw("><p").attr("style", BRAND);
    html.raw(">GigSta</p>");
    paragraph(&mut html, &greeting(body.name));
    body.before.iter().for_each(|text| paragraph(&mut html, text));
    if let Some((label, path)) = body.link {
        link(&mut html, BUTTON, &format!("{base_url}{path}"), label);
    }
    body.after.iter().for_each(|text| paragraph(&mut html, text));
    paragraph(&mut html, "Kind regards\nGigSta");
    html.raw("</div>");
    for (sentence, path) in body.foot {
        html.raw("<p").attr("style", SMALL).raw(">");
        link(&mut html, LINK, &format!("{base_url}{path}"), sentence);
        html.raw("</p>");
    }
    html.raw("</body></html>").finish()
}

fn paragraph(html: &mut Html, text: &str) {
    html.raw("<p").attr("style", PARAGRAPH).raw(">").text(text).raw("</p>");
}

fn link(html: &mut Html, style: &str, href: &str, text: &str) {
    html.raw("<a").attr("style", style).attr("href", href).raw(">").text(text).raw("</a>");
}
