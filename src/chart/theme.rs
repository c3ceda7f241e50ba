//! The look of all charts: fonts, sizes and colours.

use super::colour::Colour;

/// Inter Regular (weight 400), OpenType bytes. Its licence (SIL OFL 1.1) is in the same folder.
pub const INTER_REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.otf");

/// Inter SemiBold (weight 600), OpenType bytes. Its licence (SIL OFL 1.1) is in the same folder.
pub const INTER_SEMIBOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.otf");

/// Hangul and full-width marks of Noto Sans CJK KR (weight 400), for PNG, OpenType bytes. Its
/// licence (SIL OFL 1.1) is in the same folder.
pub const NOTO_HANGUL: &[u8] = include_bytes!("../../assets/fonts/NotoSansCJKkr-Hangul.otf");

/// The value of `font-family`: Inter if the reader has it, else the reader's sans-serif font.
pub(super) const FAMILY: &str = "Inter, sans-serif";

/// The family name in the bundled font files.
pub(super) const FAMILY_NAME: &str = "Inter";

/// Width of every chart, in CSS pixels.
pub(super) const WIDTH: f64 = 800.0;
/// Height of a chart whose content does not need another height, in CSS pixels.
pub(super) const HEIGHT: f64 = 450.0;
/// The margin left and right, in CSS pixels.
pub(super) const MARGIN: f64 = 24.0;

/// Size of the title, in CSS pixels.
pub(super) const TITLE_SIZE: f64 = 20.0;
/// Size of the subtitle.
pub(super) const SUBTITLE_SIZE: f64 = 13.5;
/// Size of labels next to data.
pub(super) const LABEL_SIZE: f64 = 13.0;
/// Size of tick labels and of the axis name.
pub(super) const TICK_SIZE: f64 = 12.0;
/// Size of the source line.
pub(super) const SOURCE_SIZE: f64 = 11.0;

/// The background.
pub(super) const PAPER: Colour = Colour(255, 255, 255);
/// Titles, labels and values.
pub(super) const INK: Colour = Colour(0x1B, 0x24, 0x30);
/// Subtitles, tick labels and whatever is less important; its contrast with white is 5.7 to 1.
pub(super) const MUTED: Colour = Colour(0x5B, 0x67, 0x75);
/// Base line of an axis.
pub(super) const AXIS: Colour = Colour(0x8A, 0x94, 0xA0);
/// Grid lines.
pub(super) const GRID: Colour = Colour(0xE3, 0xE7, 0xEB);

/// Single points, drawn faintly below everything else.
pub(super) const POINT: Colour = Colour(0xCF, 0xD5, 0xDB);

/// The colour of a chart that shows only one thing, and the first of the palette.
pub(super) const ACCENT: Colour = Colour(0x00, 0x72, 0xB2);
