//! Hostile texts in every place of a scenario where one is shown: the page is built, none of its tags is theirs, and
//! charts hold no character that XML forbids.
#![no_main]

use demarche::engine::EngineKind;
use demarche::verbs::{
    CompareQuestion, LeverQuestion, LuckOptions, RunQuestion, TraceQuestion, Verb, WhyQuestion,
};
use demarche_fuzz::asked::{answered, settled};
use demarche_fuzz::dice::Dice;
use demarche_fuzz::markup::{assert_whole, is_xml};
use libfuzzer_sys::{Corpus, fuzz_target};

const SCENARIO: &str = include_str!("../src/hostile.toml");
/// The word by which markup of a hostile text is known.
const WORD: &str = "zq";
/// What hostile texts are made of, besides any characters.
const PIECES: [&str; 16] = [
    "<zq>",
    "</zq>",
    "\" zq=\"",
    "' zq='",
    "<zq ",
    "&lt;zq&gt;",
    "</script><zq>",
    "</style><zq>",
    "</svg><zq>",
    "<!-- zq",
    "--> <zq>",
    "]]><zq>",
    "{{ zq }}",
    "{% zq %}",
    "\u{202e}",
    "&#60;zq&#62;",
];
/// The most pieces of a text, and how many trials are played.
const MOST: usize = 5;
const TRIALS: u64 = 8;

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let mut dice = Dice::new(bytes);
    let verb = verb(&mut dice);
    let mut scenario = SCENARIO.to_owned();
    for place in ["@0@", "@1@", "@2@"] {
        scenario = scenario.replace(place, &toml(&text(&mut dice)));
    }
    // A text may be refused, such as one that is empty.
    let Ok(settled) = settled(&verb, &scenario, None) else { return Corpus::Reject };
    let answered = answered(settled, EngineKind::Lanes).expect("nothing stops it");
    let gallery = answered.gallery();
    for picture in &gallery.pictures {
        let svg = picture.drawing.whole();
        assert!(is_xml(&svg), "the chart {} is no XML", picture.name);
        assert_whole(&svg, WORD);
    }
    answered.text(&gallery);
    assert_whole(&answered.page(&gallery).expect("there is a page"), WORD);
    Corpus::Keep
});

fn verb(dice: &mut Dice<'_>) -> Verb {
    let luck = LuckOptions { n: Some(TRIALS), ..LuckOptions::default() };
    match dice.below(5) {
        0 => Verb::Run(RunQuestion { luck, ..RunQuestion::default() }),
        1 => Verb::Compare(CompareQuestion { luck, ..CompareQuestion::default() }),
        2 => Verb::Levers(LeverQuestion { luck, ..LeverQuestion::default() }),
        3 => Verb::Trace(TraceQuestion { luck, trial: Some(1), ..TraceQuestion::default() }),
        _ => Verb::Why(WhyQuestion { luck, ..WhyQuestion::default() }),
    }
}

/// A hostile text.
fn text(dice: &mut Dice<'_>) -> String {
    let piece = |dice: &mut Dice<'_>| match dice.below(3) {
        0 => dice.one(&PIECES),
        1 => char::from(dice.byte()).to_string(),
        _ => char::from_u32(dice.below(1 << 16) as u32).unwrap_or('x').to_string(),
    };
    (0..1 + dice.below(MOST)).map(|_| piece(dice)).collect()
}

/// A text as a TOML string holds it.
fn toml(text: &str) -> String {
    let one = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    text.chars().map(one).collect()
}
