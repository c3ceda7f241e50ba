//! The version stands in several files, in which it must be the same.

use std::path::Path;

/// The value of a key that begins a line, as `version = "0.1.0"` or `version: 0.1.0`.
fn value<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let mut values = text.lines().filter_map(|line| line.strip_prefix(key));
    Some(
        values
            .find_map(|rest| rest.trim_start().strip_prefix(['=', ':']))?
            .trim()
            .trim_matches('"'),
    )
}

#[test]
fn every_file_that_names_the_version_names_the_same() {
    let own = env!("CARGO_PKG_VERSION");
    // The package of the crate has neither of these.
    for name in ["python/Cargo.toml", "CITATION.cff"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        assert_eq!(value(&text, "version"), Some(own), "{name}");
    }
    assert_eq!(value("title: x\nversion: 1.2.3\n", "version"), Some("1.2.3"));
    assert_eq!(value("version = \"1.2.3\"\n", "version"), Some("1.2.3"));
}
