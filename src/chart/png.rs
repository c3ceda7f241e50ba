//! PNG pictures of charts.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Options, Tree};

use super::error::ChartError;
use super::theme::{FAMILY_NAME, INTER_REGULAR, INTER_SEMIBOLD, NOTO_HANGUL};

/// The largest number of pixels of a picture; at four bytes each, 256 MiB.
const MOST_PIXELS: u64 = 64 << 20;

/// Draws an SVG document as a PNG with the bundled fonts alone, so that it is the same on every
/// machine.
///
/// `scale` is the number of pixels for each CSS pixel: 1 gives the size the document states, 2
/// suits fine screens and slides.
///
/// Text is drawn in Inter, and Hangul in Noto Sans. Letters that both fonts lack, such as Chinese
/// ones, are drawn as empty boxes.
///
/// # Errors
///
/// Text that is not SVG, or a size without pixels or with more than 64 million of them.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, ChartError> {
    let tree = tree(svg)?;
    let mut pixmap = pixmap(tree.size().width() * scale, tree.size().height() * scale)?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|e| ChartError::Png(e.to_string()))
}

fn tree(svg: &str) -> Result<Tree, ChartError> {
    let options = Options {
        font_family: FAMILY_NAME.to_owned(),
        fontdb: Arc::new(font_database()),
        ..Options::default()
    };
    Tree::from_str(svg, &options).map_err(|e| ChartError::Svg(e.to_string()))
}

fn font_database() -> Database {
    let mut database = Database::new();
    for font in [INTER_REGULAR, INTER_SEMIBOLD, NOTO_HANGUL] {
        database.load_font_source(Source::Binary(Arc::new(font)));
    }
    database.set_sans_serif_family(FAMILY_NAME);
    database
}

fn pixmap(width: f32, height: f32) -> Result<Pixmap, ChartError> {
    // A cast gives 0 for NaN and negative numbers, and the largest integer for what is too large.
    let (width, height) = (width.ceil() as u64, height.ceil() as u64);
    let refused = ChartError::Size { width, height };
    if width.saturating_mul(height) > MOST_PIXELS {
        return Err(refused);
    }
    match (u32::try_from(width), u32::try_from(height)) {
        (Ok(w), Ok(h)) => Pixmap::new(w, h).ok_or(refused),
        _ => Err(refused),
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::{Ruler, Weight};
    use super::*;

    fn square(content: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"10\" \
             viewBox=\"0 0 80 40\">{content}</svg>"
        )
    }

    fn text(content: &str) -> String {
        square(&format!(
            "<text y=\"40\" font-family=\"Inter, sans-serif\" font-size=\"40\">{content}</text>"
        ))
    }

    fn size(png: &[u8]) -> (u32, u32) {
        let picture = Pixmap::decode_png(png).unwrap();
        (picture.width(), picture.height())
    }

    #[test]
    fn the_picture_has_the_size_of_the_document_times_the_scale() {
        let svg = square("<rect width=\"80\" height=\"40\" fill=\"red\"/>");
        assert_eq!(size(&png(&svg, 1.0).unwrap()), (20, 10));
        assert_eq!(size(&png(&svg, 2.5).unwrap()), (50, 25));
    }

    #[test]
    fn the_bundled_fonts_draw_text() {
        let empty = png(&square(""), 1.0).unwrap();
        let regular = png(&text("Ab"), 1.0).unwrap();
        let bold = text("Ab").replace("<text", "<text font-weight=\"600\"");
        assert_ne!(regular, empty);
        assert_ne!(png(&bold, 1.0).unwrap(), regular);
        assert_eq!(png(&text("Ab"), 1.0).unwrap(), regular);
    }

    #[test]
    fn text_is_as_wide_as_it_was_measured() {
        let ruler = Ruler::new().unwrap();
        for words in ["Hotline between both sides, 1,250 %", "Sanctions–testing spiral"] {
            let drawn = tree(&text(words)).unwrap();
            let drawn = f64::from(drawn.root().abs_bounding_box().width()) * 4.0;
            let measured = ruler.width(words, 40.0, Weight::Regular);
            let reserve = measured / drawn;
            assert!((1.0..1.05).contains(&reserve), "{words}: {reserve}");
        }
    }

    #[test]
    fn hangul_is_drawn_and_no_wider_than_it_was_measured() {
        let ruler = Ruler::new().unwrap();
        let drawn = |words: &str| tree(&text(words)).unwrap().root().abs_bounding_box();
        for words in ["서울", "모스크바"] {
            let width = f64::from(drawn(words).width()) * 4.0;
            assert!(width > 0.7 * ruler.width(words, 40.0, Weight::Regular), "{words}: {width}");
            assert!(width < ruler.width(words, 40.0, Weight::Regular), "{words}: {width}");
        }
        assert_ne!(png(&text("서"), 1.0).unwrap(), png(&text("울"), 1.0).unwrap());
    }

    #[test]
    fn letters_without_a_font_do_no_harm() {
        assert_eq!(size(&png(&text("北京 𓀀 \u{200B}"), 1.0).unwrap()), (20, 10));
    }

    #[test]
    fn what_cannot_be_a_picture_is_refused() {
        assert!(matches!(png("no svg", 1.0), Err(ChartError::Svg(_))));
        for scale in [0.0, -1.0, f32::NAN, f32::INFINITY, 1e9] {
            let refused = png(&square(""), scale);
            assert!(matches!(refused, Err(ChartError::Size { .. })), "{scale}");
        }
    }
}
