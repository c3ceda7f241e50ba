//! What tags a page has.

/// Checks that elements are closed in the reverse order in which they were opened, and that a word stands in no tag
/// but between the quotes of an attribute.
///
/// # Panics
///
/// If that is not so.
pub fn assert_whole(page: &str, word: &str) {
    let mut open = Vec::new();
    for tag in tags(page) {
        assert_eq!(tag.matches('"').count() % 2, 0, "a quote is not closed: {tag}");
        let unquoted: String = tag.split('"').step_by(2).collect();
        assert!(!unquoted.contains(word), "{word} stands in a tag: {tag}");
        let name =
            unquoted.trim_matches(['<', '>', '/']).split([' ', '/']).next().unwrap_or_default();
        if tag.starts_with("</") {
            assert_eq!(open.pop(), Some(name.to_owned()), "{tag} closes another element");
        } else if !tag.ends_with("/>") && !ALONE.contains(&name) {
            open.push(name.to_owned());
        }
    }
    assert!(open.is_empty(), "never closed: {open:?}");
}

/// Whether a text holds no character that XML forbids.
pub fn is_xml(text: &str) -> bool {
    let allowed =
        |c: char| c >= ' ' && c != '\u{fffe}' && c != '\u{ffff}' || matches!(c, '\t' | '\n' | '\r');
    text.chars().all(allowed)
}

/// Elements without an end tag.
const ALONE: [&str; 4] = ["meta", "!doctype", "link", "?xml"];
/// Elements whose contents are no markup.
const RAW: [&str; 2] = ["style", "script"];

/// The tags of a page, each from `<` to `>`.
fn tags(page: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        let end = start + rest[start..].find('>').expect("every tag ends");
        let tag = &rest[start..=end];
        found.push(tag);
        rest = &rest[end + 1..];
        for raw in RAW {
            if tag.strip_prefix('<').is_some_and(|tag| tag.starts_with(raw)) {
                rest = &rest[rest.find(&format!("</{raw}>")).expect("it ends")..];
            }
        }
    }
    found
}
