//! The mistakes that only policies and worlds make, beside those of the file as it stands.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, Span, listed};

/// How many policies and worlds a message names.
const MAX_NAMED: usize = 4;

/// A policy and a world in words, and the places of the values that they set.
pub(super) struct Placed {
    pub words: String,
    /// Whether it is a policy in a world other than that of the file.
    pub is_pair: bool,
    pub places: Vec<Span>,
}

/// A mistake and the policies and worlds that make it.
struct Caused {
    diagnostic: Diagnostic,
    by: Vec<Placed>,
}

/// What tells one mistake from another.
type MistakeKey = (Code, Option<Span>, String);

fn key(item: &Diagnostic) -> MistakeKey {
    (item.code, item.span, item.message.clone())
}

/// The mistakes of a file under its policies and worlds.
pub(super) struct OverlaidMistakes {
    base_is_sound: bool,
    /// The places of all that was found in the file as it stands.
    known: HashSet<Option<Span>>,
    caused: IndexMap<MistakeKey, Caused>,
    /// The warnings of the file as it stands that hold only if they hold under every policy and world.
    lasting: Vec<MistakeKey>,
}

/// Whether a warning is of something that a policy or world may make use of.
fn must_last(item: &Diagnostic) -> bool {
    matches!(item.code, Code::ConstantWhen | Code::IdlePatience | Code::ClosedMenuValue)
}

impl OverlaidMistakes {
    /// None yet, beside what was found in the file as it stands.
    pub fn of(found: &Diagnostics) -> Self {
        OverlaidMistakes {
            base_is_sound: !found.has_errors(),
            known: found.iter().map(|item| item.span).collect(),
            caused: IndexMap::new(),
            lasting: found.iter().filter(|item| must_last(item)).map(key).collect(),
        }
    }

    /// Adds the errors that a policy or a world causes. Its warnings are about the file as it stands
    /// and were given for that. If the file as it stands has errors too, those at the same places
    /// are repetitions.
    pub fn add(&mut self, own: &Diagnostics, under: impl Fn() -> Placed) {
        for item in own.iter().filter(|item| item.severity() == Severity::Error) {
            if !self.base_is_sound && self.known.contains(&item.span) {
                continue;
            }
            let new = || Caused { diagnostic: item.clone(), by: Vec::new() };
            self.caused.entry(key(item)).or_insert_with(new).by.push(under());
        }
        if !own.has_errors() {
            let found: HashSet<MistakeKey> =
                own.iter().filter(|item| must_last(item)).map(key).collect();
            self.lasting.retain(|known| found.contains(known));
        }
    }

    /// Puts the mistakes into the list, each with the policies and worlds that make it, and takes the
    /// warnings out that do not hold everywhere.
    pub fn finish(self, found: &mut Diagnostics) {
        let kept: HashSet<MistakeKey> = self.lasting.into_iter().collect();
        found.retain(|item| !must_last(item) || kept.contains(&key(item)));
        let base: HashSet<MistakeKey> = found.iter().map(key).collect();
        for (key, Caused { diagnostic, by }) in self.caused {
            if base.contains(&key) {
                continue;
            }
            // What stands in a policy or world itself needs no word of whose it is, nor does one that
            // does not exist. Pairs need none where one of the two alone makes the mistake.
            let in_place = |placed: &Placed| {
                let holds = |place: &Span| {
                    key.1.is_some_and(|span| place.start <= span.start && span.end <= place.end)
                };
                placed.places.iter().any(holds)
            };
            let alone = by.iter().any(|placed| !placed.is_pair);
            if key.0 == Code::UnknownPolicy || alone && by.iter().any(in_place) {
                found.push(diagnostic);
                continue;
            }
            let named = by.iter().filter(|placed| !(alone && placed.is_pair));
            let mut named: Vec<&str> = named.map(|placed| placed.words.as_str()).collect();
            let more = named.len().saturating_sub(MAX_NAMED);
            named.truncate(MAX_NAMED);
            let more = match more {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            found.push(diagnostic.hint(format!("only under {}{more}", listed(&named))));
        }
    }
}
