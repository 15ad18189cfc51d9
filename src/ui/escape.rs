//! Escaping text where the renderer does not do it.

/// Text as HTML: inside an element and inside a quoted attribute it stays what it is.
///
/// Leptos escapes what it renders, with two gaps that this is for: the content of a `<textarea>`, which it leaves as it is,
/// and that of a `<title>`, where its marks between views would be read as text. Mails, which are no views, need it too.
pub fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            other => html.push(other),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nobody_writes_markup_with_text() {
        assert_eq!(escape("</textarea><b title=\"&amp;\">"), "&lt;/textarea&gt;&lt;b title=&quot;&amp;amp;&quot;&gt;");
    }
}
