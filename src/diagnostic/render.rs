//! Diagnostics as a person sees them.

use std::borrow::Cow;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Severity, Span};

/// Whether the text may carry terminal colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Plain text.
    Plain,
    /// ANSI colours.
    Coloured,
}

/// Draws every diagnostic of the list with the lines of `text` it speaks of.
///
/// `name` is how the file is called in the drawing. The result ends with a
/// newline unless the list is empty.
pub fn render(list: &Diagnostics, name: &str, text: &str, paint: Paint) -> String {
    let renderer = match paint {
        Paint::Plain => Renderer::plain(),
        Paint::Coloured => Renderer::styled(),
    }
    .decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for diagnostic in list.iter() {
        out.push_str(&one(diagnostic, name, text, &renderer));
        out.push_str("\n\n");
    }
    out
}

fn one(diagnostic: &Diagnostic, name: &str, text: &str, renderer: &Renderer) -> String {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let message = clip(&diagnostic.message);
    let title = level.primary_title(message).id(diagnostic.code.id());
    let label = clip(&diagnostic.label);
    let mut group = match diagnostic.span {
        Some(span) => {
            let places = diagnostic.also.iter().map(|(span, _)| *span).chain([span]);
            let (window, first_line) = Window::around(places, text);
            let mut snippet = Snippet::source(window.text).path(name).line_start(first_line);
            let annotation = AnnotationKind::Primary.span(window.fit(span));
            snippet = snippet.annotation(annotation.label(some(&label)));
            for (span, label) in &diagnostic.also {
                let annotation = AnnotationKind::Context.span(window.fit(*span));
                snippet = snippet.annotation(annotation.label(some(label)));
            }
            title.element(snippet)
        }
        None => title.element(Origin::path(name)),
    };
    for hint in &diagnostic.hints {
        group = group.element(Level::HELP.message(clip(hint)));
    }
    renderer.render(&[group])
}

/// The most characters of a message, and of an underline.
const MAX_SHOWN: usize = 400;

/// A message short enough to be read, whatever names it repeats.
fn clip(words: &str) -> Cow<'_, str> {
    let Some((end, _)) = words.char_indices().nth(MAX_SHOWN) else { return Cow::Borrowed(words) };
    Cow::Owned(format!("{} ...", &words[..end]))
}

fn some(label: &str) -> Option<&str> {
    (!label.is_empty()).then_some(label)
}

/// The lines that hold the places spoken of, so that drawing a mistake does not
/// mean walking through the whole file.
struct Window<'a> {
    text: &'a str,
    offset: usize,
}

impl<'a> Window<'a> {
    fn around(places: impl Iterator<Item = Span>, text: &'a str) -> (Self, usize) {
        let (mut low, mut high) = (text.len(), 0);
        for place in places {
            low = low.min(place.start);
            high = high.max(place.start);
        }
        let low = boundary(text, low.min(high));
        let offset = text[..low].rfind('\n').map_or(0, |at| at + 1);
        let high = boundary(text, high);
        let end = text[high..].find('\n').map_or(text.len(), |at| high + at);
        let first_line = 1 + text[..offset].bytes().filter(|byte| *byte == b'\n').count();
        (Window { text: &text[offset..end], offset }, first_line)
    }

    /// The span within the window, on character boundaries, and on the line it
    /// starts on: a mistake that spans a whole table is shown by its first line,
    /// and one that spans a very long line by the beginning of it.
    fn fit(&self, span: Span) -> std::ops::Range<usize> {
        let start = boundary(self.text, span.start.saturating_sub(self.offset));
        let line_end = self.text[start..].find('\n').map_or(self.text.len(), |at| start + at);
        let end = boundary(self.text, span.end.saturating_sub(self.offset)).clamp(start, line_end);
        let end = boundary(self.text, end.min(start + MAX_SHOWN)).max(start);
        start..end
    }
}

/// The last character boundary at or before `at`.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
