//! The HTML part of a mail: one calm column. Mail programs drop style sheets, so every element carries its own style;
//! pages never do. Everything that comes from people is escaped.
//!
//! Written as text: a view, boxed, leaves marks (`<!>`) between its parts, which a page's reader never sees, but which no
//! mail program promises to ignore.

use super::{Body, greeting};
use crate::ui::escape::escape;

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
    let title = if subject.is_empty() { String::new() } else { format!("<title>{}</title>", escape(subject)) };
    let greeting = paragraph(&greeting(body.name));
    let before: Vec<_> = body.before.iter().map(|text| paragraph(text)).collect();
    let button = body.link.map(|(label, path)| link(BUTTON, &format!("{base_url}{path}"), label)).unwrap_or_default();
    let after: Vec<_> = body.after.iter().map(|text| paragraph(text)).collect();
    let regards = paragraph("Kind regards\nGigSta");
    let small = |(sentence, path): &(&str, &str)| {
        format!("<p style=\"{SMALL}\">{}</p>", link(LINK, &format!("{base_url}{path}"), sentence))
    };
    let foot: Vec<_> = body.foot.iter().map(small).collect();
    format!(
        "<!DOCTYPE html><html lang=\"en-NZ\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">{title}</head>\
         <body style=\"{PAGE}\"><div style=\"{CARD}\"><p style=\"{BRAND}\">GigSta</p>\
         {greeting}{before}{button}{after}{regards}</div>{foot}</body></html>",
        before = before.concat(),
        after = after.concat(),
        foot = foot.concat(),
    )
}

fn paragraph(text: &str) -> String {
    format!("<p style=\"{PARAGRAPH}\">{}</p>", escape(text))
}

fn link(style: &str, href: &str, text: &str) -> String {
    format!("<a style=\"{style}\" href=\"{}\">{}</a>", escape(href), escape(text))
}
