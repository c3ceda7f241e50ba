//! Reads a finished chart back, so that tests can check it.

use resvg::usvg::roxmltree::{Document, Node};

use super::drawing::{Drawing, Sheet};
use super::error::ChartError;
use super::svg::Canvas;
use super::text::{Ruler, Weight};

/// A document with nothing on its sheet but what `draw` draws.
pub(super) fn sheet(
    width: f64,
    height: f64,
    title: &str,
    draw: impl FnOnce(&Canvas) -> Result<(), ChartError>,
) -> Result<String, ChartError> {
    let (size, reach) = ((width, height), (0.0, height));
    let sheet = Sheet { title, subtitle: "", source: "", size, reach };
    Ok(Drawing::new(&sheet, |_| Ok(()), draw)?.whole())
}

/// A text with the box it takes, in CSS pixels.
#[derive(Debug)]
pub(super) struct TextBox {
    pub text: String,
    pub left: f64,
    pub right: f64,
    baseline: f64,
    size: f64,
}

impl TextBox {
    /// The height of the upper edge of its capitals.
    pub fn top(&self) -> f64 {
        self.baseline - self.size * 0.73
    }

    /// The height of its base line.
    pub fn bottom(&self) -> f64 {
        self.baseline
    }
}

/// All texts of a chart, in the order drawn.
pub(super) fn texts(svg: &str) -> Vec<TextBox> {
    let ruler = Ruler::new().unwrap();
    let document = Document::parse(svg).unwrap();
    let nodes = document.descendants().filter(|node| node.has_tag_name("text"));
    nodes.map(|node| placed(&ruler, node)).collect()
}

fn placed(ruler: &Ruler, node: Node) -> TextBox {
    assert_eq!(node.attribute("font-family"), Some("Inter, sans-serif"));
    let text = node.text().unwrap_or_default().to_owned();
    let size = number(node, "font-size") / 4.0;
    let weight = match node.attribute("font-weight") {
        Some("600") => Weight::SemiBold,
        _ => Weight::Regular,
    };
    let width = ruler.width(&text, size, weight);
    let x = number(node, "x") / 4.0;
    let left = match node.attribute("text-anchor") {
        Some("end") => x - width,
        Some("middle") => x - width / 2.0,
        _ => x,
    };
    TextBox {
        text,
        left,
        right: left + width,
        baseline: number(node, "y") / 4.0 + 0.76 * size,
        size,
    }
}

/// Width in CSS pixels of each rectangle of a colour (as `#RRGGBB`).
pub(super) fn rectangle_widths(svg: &str, fill: &str) -> Vec<f64> {
    rectangle_sizes(svg, fill, "width")
}

/// Height in CSS pixels of each rectangle of a colour (as `#RRGGBB`).
pub(super) fn rectangle_heights(svg: &str, fill: &str) -> Vec<f64> {
    rectangle_sizes(svg, fill, "height")
}

fn rectangle_sizes(svg: &str, fill: &str, which: &str) -> Vec<f64> {
    let document = Document::parse(svg).unwrap();
    document
        .descendants()
        .filter(|node| node.has_tag_name("rect") && node.attribute("fill") == Some(fill))
        .map(|node| number(node, which) / 4.0)
        .collect()
}

/// Fails if a text leaves the sheet or overlaps another one.
pub(crate) fn assert_legible(svg: &str) {
    let document = Document::parse(svg).unwrap();
    let root = document.root_element();
    let (width, height) = (number(root, "width"), number(root, "height"));
    let texts = texts(svg);
    for (i, a) in texts.iter().enumerate() {
        assert!(a.left >= 0.0 && a.right <= width, "off the sheet: {a:?}");
        assert!(a.top() >= 0.0 && a.baseline <= height - 4.0);
        for b in &texts[..i] {
            let beside = a.right <= b.left || b.right <= a.left;
            let apart = (a.baseline - b.baseline).abs() >= a.size.min(b.size) * 0.95;
            assert!(beside || apart, "one on another: {a:?} {b:?}");
        }
    }
}

fn number(node: Node, attribute: &str) -> f64 {
    node.attribute(attribute).unwrap().parse().unwrap()
}
