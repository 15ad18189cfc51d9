//! HTML as text. New pages are written as views (docs/adr/0004); what is still written here can take a view in.
//!
//! Only literals go in as they are; whatever comes from people is escaped.

use leptos::prelude::*;

/// HTML under construction.
#[derive(Clone, Debug, Default)]
pub struct Html(String);

impl Html {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Markup from the source code; the lifetime keeps everything else out.
    pub fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Takes over what another one has built, and leaves it empty.
    pub fn append(&mut self, other: &mut Self) -> &mut Self {
        self.0.push_str(&std::mem::take(&mut other.0));
        self
    }

    /// Text between tags, escaped.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            match letter {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                other => self.0.push(other),
            }
        }
        self
    }

    /// An attribute inside an open tag, its value escaped.
    pub fn attr(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.raw(" ").raw(name).raw("=\"").text(value).raw("\"")
    }

    /// An attribute without a value, if `on`.
    pub fn flag(&mut self, name: &'static str, on: bool) -> &mut Self {
        if on { self.raw(" ").raw(name) } else { self }
    }

    /// Text in a tag pair given whole, such as `<p class="hint">` and `</p>`; nothing for an empty text.
    pub fn wrap(&mut self, open: &'static str, text: &str, close: &'static str) -> &mut Self {
        if text.is_empty() { self } else { self.raw(open).text(text).raw(close) }
    }

    /// An icon of the page's sprite.
    pub fn icon(&mut self, name: &'static str) -> &mut Self {
        self.raw("<svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-").raw(name).raw("\"></use></svg>")
    }

    /// A view, rendered.
    pub fn view(&mut self, view: impl IntoView) -> &mut Self {
        self.0.push_str(&view.into_view().to_html());
        self
    }

    /// The finished HTML.
    pub fn finish(&mut self) -> String {
        std::mem::take(&mut self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_writes_markup_with_text_or_attributes() {
        let evil = "\"><script>alert('1')</script>&amp;";
        let html = Html::new().raw("<p").attr("title", evil).raw(">").text(evil).raw("</p>").finish();
        assert_eq!(html.matches('<').count(), 2, "{html}");
        assert_eq!(html.matches('"').count(), 2, "{html}");
        assert!(html.contains("&amp;amp;"), "{html}");
    }

    #[test]
    fn an_empty_text_brings_no_tags() {
        assert_eq!(Html::new().wrap("<p>", "", "</p>").finish(), "");
    }
}
