//! A chart without the words around it: on the page, its title and subtitle are
//! text of the page, which wraps where there is little room.

/// A chart's drawing, cropped, and the words that were cropped away.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cropped {
    /// What stands between the root's opening and closing tag.
    pub body: String,
    /// Width and height, in CSS pixels.
    pub size: (f64, f64),
    /// The part of the drawing that is shown.
    pub view_box: String,
    /// The lines under the title.
    pub subtitle: String,
}

/// What charts are drawn larger by.
const OVERSIZE: f64 = 4.0;
/// The sizes, in CSS pixels, of title, subtitle and source line, and the height
/// of a line of each.
const FACES: [(f64, f64); 3] = [(20.0, 26.0), (13.5, 18.5), (11.0, 15.0)];
/// The room above and below the head, and below the foot.
const ABOVE: f64 = 18.0;
const BELOW: f64 = 6.0;
const FOOT: f64 = 8.0;

/// Crops a chart: of its SVG, the lines of text that come first are its title,
/// its subtitle and its source. Without a title, it is left whole.
pub(super) fn crop(svg: &str) -> Option<Cropped> {
    let start = svg.find("<svg")?;
    // What a root holds is escaped, so the first bracket ends it.
    let end = start + svg[start..].find('>')? + 1;
    let (root, rest) = (&svg[start..end], svg[end..].trim_start_matches('\n'));
    let (width, height) = (number(root, "width")?, number(root, "height")?);
    let mut lines = rest.lines();
    let mut body = String::new();
    let mut words = [const { Vec::new() }; 3];
    // The paper.
    let paper = lines.next().unwrap_or_default();
    let mut face = 0;
    let mut first = None;
    for line in lines.by_ref() {
        let size = line.starts_with("<text").then(|| number(line, "font-size")).flatten();
        let own = size.and_then(|size| {
            FACES.iter().position(|(own, _)| (own * OVERSIZE - size).abs() < 0.01)
        });
        match own.filter(|own| *own >= face) {
            Some(own) => {
                face = own;
                words[own].push(content(line));
            }
            None => {
                first = Some(line);
                break;
            }
        }
    }
    let room = |face: usize| words[face].len() as f64 * FACES[face].1;
    let (head, foot) = match words[0].is_empty() {
        true => (0.0, 0.0),
        false => (ABOVE + room(0) + room(1) + BELOW, FOOT + room(2)),
    };
    if words[0].is_empty() {
        body.push_str(rest);
    } else {
        for line in [paper].into_iter().chain(first).chain(lines) {
            body.push_str(line);
            body.push('\n');
        }
    }
    let shown = (height - head - foot).max(1.0);
    Some(Cropped {
        body: body.trim_end().trim_end_matches("</svg>").to_owned(),
        size: (width, shown),
        view_box: format!("0 {} {} {}", head * OVERSIZE, width * OVERSIZE, shown * OVERSIZE),
        subtitle: words[1].join(" "),
    })
}

/// A number that an attribute of a tag holds.
fn number(tag: &str, name: &str) -> Option<f64> {
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[from..].split('"').next()?.parse().ok()
}

/// The text of an element on one line, as it reads.
fn content(line: &str) -> String {
    let text = line.split_once('>').map_or("", |(_, rest)| rest).trim_end_matches("</text>");
    let marks = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    marks.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Chart, Colour, OutcomeBar, OutcomeChart, OutcomeName};

    #[test]
    fn the_words_around_a_chart_are_cropped_away_and_the_rest_stays() {
        let chart = OutcomeChart {
            title: "A long title that breaks ".repeat(5),
            subtitle: "Under < what > \"it\" was & so on".to_owned(),
            source: "Whence".to_owned(),
            bars: vec![OutcomeBar {
                outcome: OutcomeName {
                    id: "war".to_owned(),
                    label: "War".to_owned(),
                    colour: Colour::series(0),
                },
                share: 0.25,
                low: 0.2,
                high: 0.3,
            }],
        };
        let cropped = crop(&chart.svg().expect("it can be drawn")).expect("it has a root");
        assert_eq!(cropped.subtitle, chart.subtitle);
        for gone in ["A long title", "Under &lt;", "Whence", "</svg>"] {
            assert!(!cropped.body.contains(gone), "{gone}: {}", cropped.body);
        }
        for kept in [">War<", "25.0 %", "data-outcome=\"war\""] {
            assert!(cropped.body.contains(kept), "{kept}: {}", cropped.body);
        }
        // Nothing that is drawn, but for the paper, lies outside of what is shown.
        let view: Vec<f64> =
            cropped.view_box.split(' ').map(|part| part.parse().expect("a number")).collect();
        for line in cropped.body.lines().skip(1).filter(|line| line.starts_with("<text")) {
            let y = number(line, "y").expect("a place");
            assert!(y >= view[1] && y <= view[1] + view[3], "{view:?} {line}");
        }
    }
}
