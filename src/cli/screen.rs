//! The width of the terminal.

use std::io::IsTerminal;

use crate::verbs::terminal::set_width;

/// The narrowest terminal that tables are cut to.
const LEAST: usize = 40;

/// Makes tables fit the terminal: as many columns as `COLUMNS` says or the terminal has. What goes into
/// a file or another program has its full width.
pub(super) fn fit() {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok());
    let own = || {
        let (width, _) = terminal_size::terminal_size_of(std::io::stdout())?;
        std::io::stdout().is_terminal().then_some(usize::from(width.0))
    };
    if let Some(width) = asked.or_else(own).filter(|width| *width > 0) {
        set_width(width.max(LEAST));
    }
}
