//! The size at which a chart is asked for.

use std::str::FromStr;

/// Sizes that have a name.
const NAMED: [(&str, Size); 3] = [
    ("slide", Size { width: 1600, height: 900 }),
    ("page", Size { width: 1200, height: 1600 }),
    ("square", Size { width: 1200, height: 1200 }),
];
/// The longest side, in pixels.
const LONGEST: u32 = 8_000;
/// The shortest.
const SHORTEST: u32 = 50;

/// The width and height of a picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// The width.
    pub width: u32,
    /// The height.
    pub height: u32,
}

impl FromStr for Size {
    type Err = String;

    /// Reads `1600x900`, or the name of a size.
    fn from_str(text: &str) -> Result<Self, String> {
        if let Some((_, size)) = NAMED.iter().find(|(name, _)| *name == text) {
            return Ok(*size);
        }
        let side =
            |side: &str| side.parse().ok().filter(|side| (SHORTEST..=LONGEST).contains(side));
        let sides = text.split_once('x').and_then(|(w, h)| Some((side(w)?, side(h)?)));
        let names: Vec<&str> = NAMED.iter().map(|(name, _)| *name).collect();
        let (width, height) = sides.ok_or_else(|| {
            format!(
                "expected a size such as 1600x900, each side from {SHORTEST} to {LONGEST}, or one of {}",
                names.join(", ")
            )
        })?;
        Ok(Size { width, height })
    }
}

/// A chart on a sheet of exactly this size: as large as fits, in the middle, on white.
///
/// Text that is not a chart of this module is given back as it is.
pub fn at_size(svg: &str, size: Size) -> String {
    let Some((root, rest)) = svg.split_once(">\n") else { return svg.to_owned() };
    let number = |attribute: &str| -> Option<f64> {
        root.split_once(&format!(" {attribute}=\""))?.1.split_once('"')?.0.parse().ok()
    };
    let view = root.split_once(" viewBox=\"").and_then(|(_, rest)| rest.split_once('"'));
    let (Some(own_width), Some(own_height), Some((view, after))) =
        (number("width"), number("height"), view)
    else {
        return svg.to_owned();
    };
    let sides: Vec<f64> = view.split(' ').filter_map(|side| side.parse().ok()).collect();
    let [_, _, wide, high] = sides[..] else { return svg.to_owned() };
    let (width, height) = (f64::from(size.width), f64::from(size.height));
    let scale = (width / own_width).min(height / own_height);
    // The sheet in the units of the drawing, whose pixels are `wide / own_width` units each.
    let unit = wide / own_width / scale;
    let (sheet_width, sheet_height) = (width * unit, height * unit);
    let (x, y) = ((wide - sheet_width) / 2.0, (high - sheet_height) / 2.0);
    let sheet = format!(
        "x=\"{x:.2}\" y=\"{y:.2}\" width=\"{sheet_width:.2}\" height=\"{sheet_height:.2}\""
    );
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" \
         viewBox=\"{x:.2} {y:.2} {sheet_width:.2} {sheet_height:.2}\"{after}>\n\
         <rect {sheet} fill=\"#FFFFFF\"/>\n{rest}",
        size.width, size.height
    )
}

#[cfg(test)]
mod tests {
    use super::super::probe::sheet;
    use super::super::text::Ruler;
    use super::super::theme::ACCENT;
    use super::*;

    #[test]
    fn sizes_are_read_and_what_is_none_is_refused() {
        assert_eq!("1600x900".parse(), Ok(Size { width: 1600, height: 900 }));
        assert_eq!("slide".parse(), Ok(Size { width: 1600, height: 900 }));
        for wrong in ["", "x", "1600", "1600x", "0x900", "9000x900", "1600X900", "-1x9", "slyde"] {
            assert!(wrong.parse::<Size>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_sheet_has_the_size_and_the_chart_keeps_its_shape() {
        Ruler::new().unwrap();
        let svg = sheet(200.0, 100.0, "A chart", |canvas| {
            canvas.rectangle((0.0, 0.0), (200.0, 100.0), ACCENT)
        });
        let sized = at_size(&svg.unwrap(), Size { width: 300, height: 300 });
        assert!(
            sized.starts_with(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"300\" height=\"300\" \
             viewBox=\"0.00 -200.00 800.00 800.00\" role=\"figure\" aria-label=\"A chart\""
            ),
            "{sized}"
        );
        assert!(
            sized.contains("<rect x=\"0.00\" y=\"-200.00\" width=\"800.00\" height=\"800.00\"")
        );
        let png = super::super::png(&sized, 1.0).unwrap();
        let picture = resvg::tiny_skia::Pixmap::decode_png(&png).unwrap();
        assert_eq!((picture.width(), picture.height()), (300, 300));
        assert_eq!(picture.pixel(0, 0).map(|p| p.alpha()), Some(255));
    }

    #[test]
    fn what_is_no_chart_stays_as_it_is() {
        assert_eq!(at_size("no svg", Size { width: 300, height: 300 }), "no svg");
    }
}
