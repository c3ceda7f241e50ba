//! Fills the HTML template with words, tables and drawings.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, context};

use super::view::PageView;

const PAGE: &str = include_str!("page.html");
const PARTS: &str = include_str!("parts.html");
/// The style of all pages.
pub(crate) const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Inter in the two weights that charts and page use, reduced to Latin, Greek and Cyrillic. It is
/// put into the page, so readers need not have installed it.
pub(crate) const FONTS: [(u16, &[u8]); 2] = [
    (400, include_bytes!("../../../assets/fonts/Inter-Regular.woff2")),
    (600, include_bytes!("../../../assets/fonts/Inter-SemiBold.woff2")),
];

/// The hash of the page's only script, by which the Content-Security-Policy of the page allows it. A
/// test fails if it is not the hash of the script.
const SCRIPT_HASH: &str = "sha256-0yll9HN3iIwsjBKBY6aTWElKVFpdgP0MxNsFwHOWb98=";

/// A table with more rows than this shows only the first twelve until a reader asks for all.
const MOST_ROWS: usize = 24;

/// Why the page could not be written.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// The file that was played cannot be decoded again.
    #[error("cannot write the page: the scenario cannot be decoded")]
    NoScenario,
    /// The template could not be filled.
    #[error("cannot write the page: {0}")]
    Template(String),
}

/// Fills the template.
pub(super) fn render(view: &PageView) -> Result<String, PageError> {
    fill(view).map_err(|error| PageError::Template(format!("{error:#}")))
}

fn fill(view: &PageView) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    // The lines of the template that hold only tags of its language leave no empty lines in the page.
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?;
    environment.set_syntax(syntax);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.add_global("most_rows", MOST_ROWS);
    environment.add_template("parts.html", PARTS)?;
    environment.add_template("page.html", PAGE)?;
    environment.get_template("page.html")?.render(context! {
        page => Serde(view),
        style => format!("{}{STYLE}", font_faces()),
        script => SCRIPT,
        script_hash => SCRIPT_HASH,
    })
}

fn font_faces() -> String {
    let face = |(weight, bytes): &(u16, &[u8])| {
        format!(
            "@font-face{{font-family:Inter;font-weight:{weight};src:url(data:font/woff2;base64,{}) \
             format(\"woff2\")}}\n",
            STANDARD.encode(bytes)
        )
    };
    FONTS.iter().map(face).collect()
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn the_policy_of_the_page_knows_its_script() {
        let digest = STANDARD.encode(Sha256::digest(SCRIPT));
        assert_eq!(SCRIPT_HASH, format!("sha256-{digest}"), "put the right side in its place");
    }

    #[test]
    fn the_script_cannot_end_before_its_end() {
        assert!(!SCRIPT.to_lowercase().contains("</script") && !SCRIPT.contains("<!--"));
        assert!(!STYLE.to_lowercase().contains("</style"));
    }
}
