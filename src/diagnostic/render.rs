//! Diagnostics as a person sees them.

use std::borrow::Cow;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Level, Origin, Renderer, Snippet};

use super::source_text::TextPart;
use super::{Diagnostic, Diagnostics, Severity, SourceText, Span};

/// Whether the text may carry terminal colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Plain text.
    Plain,
    /// ANSI colours.
    Coloured,
}

/// Draws every diagnostic of the list with the lines of the text it speaks of.
///
/// The result ends with a newline unless the list is empty.
pub fn render(list: &Diagnostics, source: &SourceText, paint: Paint) -> String {
    let renderer = match paint {
        Paint::Plain => Renderer::plain(),
        Paint::Coloured => Renderer::styled(),
    }
    .decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for diagnostic in list.iter() {
        out.push_str(&one(diagnostic, source, &renderer));
        out.push_str("\n\n");
    }
    out
}

fn one(diagnostic: &Diagnostic, source: &SourceText, renderer: &Renderer) -> String {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let message = clip(&diagnostic.message);
    let title = level.primary_title(message).id(diagnostic.code.id());
    let label = clip(&diagnostic.label);
    let mut group = match diagnostic.span {
        Some(span) => {
            let own = source.part(span);
            let also = diagnostic.also.iter().map(|(span, label)| (*span, label.as_str()));
            let (here, elsewhere): (Vec<_>, Vec<_>) =
                also.partition(|(span, _)| source.part(*span) == own);
            let marks = [(AnnotationKind::Primary, span, &*label)].into_iter();
            let marks = marks.chain(
                here.into_iter().map(|(span, label)| (AnnotationKind::Context, span, label)),
            );
            let mut group = title.element(snippet(own, &marks.collect::<Vec<_>>()));
            for (span, label) in elsewhere {
                let mark = (AnnotationKind::Context, span, label);
                group = group.element(snippet(source.part(span), &[mark]));
            }
            group
        }
        None => title.element(Origin::path(&source.name)),
    };
    for hint in &diagnostic.hints {
        group = group.element(Level::HELP.message(clip(hint)));
    }
    renderer.render(&[group])
}

/// The lines of a part of the text that hold some places, each with its words.
fn snippet<'t>(
    part: TextPart<'t>,
    marks: &[(AnnotationKind, Span, &'t str)],
) -> Snippet<'t, Annotation<'t>> {
    let (window, line) = Window::around(marks.iter().map(|(_, span, _)| *span), part);
    let mut snippet = Snippet::source(window.text).path(part.name).line_start(line);
    for (kind, span, label) in marks {
        snippet = snippet.annotation(kind.span(window.fit(*span)).label(some(label)));
    }
    snippet
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
    /// Where they begin in the whole text.
    offset: usize,
}

impl<'a> Window<'a> {
    fn around(places: impl Iterator<Item = Span>, part: TextPart<'a>) -> (Self, usize) {
        let text = part.text;
        let (mut low, mut high) = (text.len(), 0);
        for place in places {
            let start = place.start.saturating_sub(part.start);
            low = low.min(start);
            high = high.max(start);
        }
        let low = boundary(text, low.min(high));
        let offset = text[..low].rfind('\n').map_or(0, |at| at + 1);
        let high = boundary(text, high);
        let end = text[high..].find('\n').map_or(text.len(), |at| high + at);
        let lines = text[..offset].bytes().filter(|byte| *byte == b'\n').count();
        (Window { text: &text[offset..end], offset: part.start + offset }, part.first_line + lines)
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
