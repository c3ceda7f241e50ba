//! Colours: mixing two, and the contrast between two.

/// A colour without transparency: red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// Trials that ended in no outcome of the scenario.
    pub const UNRESOLVED: Colour = Colour(0x9A, 0xA3, 0xAD);
    /// Trials that have not ended yet.
    pub const OPEN: Colour = Colour(0xE6, 0xE9, 0xED);
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }
}

/// A mix of two colours: 0 is `base`, 1 is `other`.
pub(super) fn mix(base: Colour, other: Colour, share: f64) -> Colour {
    let channel =
        |a: u8, b: u8| (f64::from(a) * (1.0 - share) + f64::from(b) * share).round() as u8;
    Colour(channel(base.0, other.0), channel(base.1, other.1), channel(base.2, other.2))
}

/// The contrast with white by WCAG 2.1, but with an exponent of 2 instead of 2.4: no function of
/// the platform's mathematics library is called, which may differ between machines. It takes colours
/// for somewhat lighter than they are, so text may become slightly too dark but never too light.
pub(super) fn contrast_on_white(colour: Colour) -> f64 {
    let linear = |c: u8| (f64::from(c) / 255.0) * (f64::from(c) / 255.0);
    let luminance =
        0.2126 * linear(colour.0) + 0.7152 * linear(colour.1) + 0.0722 * linear(colour.2);
    1.05 / (luminance + 0.05)
}

/// The contrast of two colours by WCAG 2.1.
pub(super) fn contrast(a: Colour, b: Colour) -> f64 {
    let luminance =
        |c: Colour| 0.2126 * linear(c.0) + 0.7152 * linear(c.1) + 0.0722 * linear(c.2) + 0.05;
    let (a, b) = (luminance(a), luminance(b));
    a.max(b) / a.min(b)
}

/// The linear light that a channel of sRGB stands for. The power of 2.4 is a square times the fifth
/// root of that square, and the root is found by Newton's method, so that no function of the
/// platform's mathematics library is called.
fn linear(channel: u8) -> f64 {
    let channel = f64::from(channel) / 255.0;
    if channel <= 0.04045 {
        return channel / 12.92;
    }
    let base = (channel + 0.055) / 1.055;
    let square = base * base;
    let root = (0..16).fold(1.0_f64, |root, _| {
        let fourth = root * root * root * root;
        root - (fourth * root - square) / (5.0 * fourth)
    });
    square * root
}

/// The contrast by its definition, with the platform's power function, which tests may use.
#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "an oracle for tests")]
pub(super) fn exact_contrast(a: Colour, b: Colour) -> f64 {
    let linear = |c: u8| match f64::from(c) / 255.0 {
        c if c <= 0.04045 => c / 12.92,
        c => ((c + 0.055) / 1.055).powf(2.4),
    };
    let luminance =
        |c: Colour| 0.2126 * linear(c.0) + 0.7152 * linear(c.1) + 0.0722 * linear(c.2) + 0.05;
    let (a, b) = (luminance(a), luminance(b));
    a.max(b) / a.min(b)
}
