//! The files of the page, which are part of the program.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::refusal::Refused;
use crate::report::{FONTS, STYLE};

/// Where the page has the word that allows styles of the editor.
const NONCE: &str = "{{nonce}}";
const INDEX: &str = include_str!("../../assets/live/index.html");

const SCRIPT: &str = "text/javascript; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const FONT: &str = "font/woff2";

/// A script of the page.
macro_rules! script {
    ($name:literal) => {
        ($name, SCRIPT, include_bytes!(concat!("../../assets/live/", $name)).as_slice())
    };
}

/// The name, kind and bytes of each file, but for what the reports have too.
const FILES: &[(&str, &str, &[u8])] = &[
    ("live.css", CSS, include_bytes!("../../assets/live/live.css")),
    script!("amount.js"),
    script!("bars.js"),
    script!("codemirror.js"),
    script!("completion.js"),
    script!("connection.js"),
    script!("control.js"),
    script!("controls.js"),
    script!("copying.js"),
    script!("dom.js"),
    script!("editor.js"),
    script!("file.js"),
    script!("flips.js"),
    script!("format.js"),
    script!("keep.js"),
    script!("look.js"),
    script!("main.js"),
    script!("mistakes.js"),
    script!("naming.js"),
    script!("notices.js"),
    script!("play.js"),
    script!("scale.js"),
    script!("sharing.js"),
    script!("shelf.js"),
    script!("state.js"),
    script!("store.js"),
    script!("stream.js"),
    script!("strip.js"),
    script!("tabs.js"),
    script!("told.js"),
];

/// The page, with a word by which its own styles are allowed.
pub(super) fn index(nonce: &str) -> String {
    INDEX.replace(NONCE, nonce)
}

/// A file of the page.
pub(super) async fn asset(Path(name): Path<String>) -> Result<Response, Refused> {
    let found = FILES.iter().find(|(own, ..)| *own == name).map(|(_, kind, bytes)| (*kind, *bytes));
    let shared = match name.as_str() {
        "page.css" => Some((CSS, STYLE.as_bytes())),
        "Inter-Regular.woff2" => Some((FONT, FONTS[0].1)),
        "Inter-SemiBold.woff2" => Some((FONT, FONTS[1].1)),
        _ => None,
    };
    let Some((kind, bytes)) = found.or(shared) else {
        return Err(Refused::new(StatusCode::NOT_FOUND, "there is no such file"));
    };
    // Another program may be served at the same address later.
    Ok(([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache")], bytes).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_page_is_part_of_the_program() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/live");
        let mut there: Vec<String> = std::fs::read_dir(folder)
            .expect("the files of the page")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .filter(|name| name.ends_with(".js") || name.ends_with(".css"))
            .collect();
        there.sort();
        let mut known: Vec<&str> = FILES.iter().map(|(name, ..)| *name).collect();
        known.sort_unstable();
        assert_eq!(there, known);
        let page = index("abc");
        assert!(page.contains("content=\"abc\"") && !page.contains(NONCE));
        for (name, ..) in
            FILES.iter().filter(|(name, ..)| *name == "live.css" || *name == "main.js")
        {
            assert!(page.contains(name), "{name} is not loaded");
        }
    }
}
