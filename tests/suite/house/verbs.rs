//! A verb is a room of its own, and a text in one place only.

use demarche::verbs::Verb;

use super::source::{code, files, root};

/// The file that alone knows a verb as a text.
const HOME: &str = "verbs/verb.rs";

/// What every room has: a file, or a folder where one file would be too long.
const PARTS: [&str; 6] = ["question", "answer", "tables", "charts", "page", "terminal"];

/// Texts that are a verb's word and mean something else: the file, the line, and what it means.
const OTHER_WORDS: [(&str, &str, &str); 2] = [
    ("report/picture.rs", "word: \"levers\",", "the word for a kind of charts, as `fan` is"),
    ("report/picture.rs", "word: \"sweep\",", "the word for a kind of charts"),
];

#[test]
fn no_verb_is_a_text_outside_the_enumeration() {
    let words: Vec<String> =
        Verb::all().iter().map(|verb| format!("\"{}\"", verb.word())).collect();
    let (mut found, mut excused) = (Vec::new(), 0);
    for file in files().iter().filter(|file| file.path != HOME) {
        for line in code(&file.text) {
            if !words.iter().any(|word| line.contains(word.as_str())) {
                continue;
            }
            match OTHER_WORDS.iter().any(|(path, own, _)| *path == file.path && *own == line.trim())
            {
                true => excused += 1,
                false => found.push(format!("{}: {}", file.path, line.trim())),
            }
        }
    }
    assert!(found.is_empty(), "verbs as texts outside {HOME}: {found:#?}");
    assert_eq!(excused, OTHER_WORDS.len(), "what is excused still stands");
}

#[test]
fn every_verb_has_a_room_and_every_room_its_parts() {
    let verbs = root().join("verbs");
    let entries = std::fs::read_dir(&verbs).expect("the rooms");
    let mut rooms: Vec<String> = entries
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    rooms.sort();
    let mut words: Vec<String> = Verb::all().iter().map(|verb| verb.word().to_owned()).collect();
    words.sort();
    assert_eq!(rooms, words);
    for room in rooms {
        for part in PARTS {
            let room = verbs.join(&room);
            let file = room.join(format!("{part}.rs")).is_file();
            assert!(file || room.join(part).join("mod.rs").is_file(), "{}: {part}", room.display());
        }
    }
}

#[test]
fn the_manifest_calls_verbs_by_their_words() {
    for verb in Verb::all() {
        let written = serde_json::to_value(&verb).expect("a question can be written");
        assert_eq!(written["verb"], verb.word());
        assert_eq!(serde_json::from_value::<Verb>(written).expect("and read"), verb);
    }
}
