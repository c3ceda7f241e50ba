//! Charts as SVG text, and as PNG made from that text.
//!
//! Plain data goes in, a whole document comes out: [`OutcomeChart`] draws how often each outcome
//! came about, with its interval; [`FanChart`] draws the spread of one measure over the steps;
//! [`ShareChart`] draws the share of each label over the steps. The same data always gives the same
//! bytes. Text stays text (`font-family="Inter, sans-serif"`), so it can be selected and searched.
//!
//! Inter covers Latin, Greek and Cyrillic. Other scripts, Hangul among them, are kept in the SVG
//! and are drawn by the reader's own sans-serif font. A PNG is drawn from bundled fonts alone, so
//! that it is the same everywhere: there, a letter that Inter lacks shows as an empty box, unless a
//! font that has it is handed to [`png_with_fonts`].
//!
//! The drawing library is an implementation detail: none of its types appears in the public API.

mod error;
mod fan;
mod frame;
mod number;
mod outcomes;
mod placement;
mod png;
#[cfg(test)]
mod probe;
mod scale;
mod shares;
mod steps;
mod svg;
mod text;
mod theme;

pub use error::ChartError;
pub use fan::{Bands, FanChart};
pub use number::{number, percent};
pub use outcomes::{OutcomeBar, OutcomeChart};
pub use png::{png, png_with_fonts};
pub use shares::{ShareChart, ShareLine};
pub use theme::{INTER_REGULAR, INTER_SEMIBOLD};
