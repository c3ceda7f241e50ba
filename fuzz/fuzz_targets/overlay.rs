//! Values put in place by a command line, a policy or a world: never a panic, mistakes can be drawn, and the same
//! values give the same trials to the bit, whoever puts them in place.
#![no_main]

use demarche::diagnostic::{Paint, render};
use demarche::model::{BASE_WORLD, Document, Model, NO_POLICY};
use demarche_fuzz::bits::assert_same_trials;
use demarche_fuzz::dice::Dice;
use demarche_fuzz::limits::{OPTION, is_short};
use demarche_fuzz::written::Writer;
use libfuzzer_sys::{Corpus, fuzz_target};

/// The most values that are set, and how many trials are compared.
const MOST: usize = 3;
const TRIALS: usize = 2;

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let mut writer = Writer::new(Dice::new(bytes));
    let text = writer.scenario();
    let count = 1 + writer.dice().below(MOST);
    let settings: Vec<(String, String)> = (0..count).map(|_| writer.setting()).collect();
    let words: Vec<String> =
        settings.iter().map(|(path, value)| format!("{path}={value}")).collect();
    // What is left of the bytes is a value that nobody would set.
    let odd = String::from_utf8_lossy(writer.dice().rest()).into_owned();

    let document = Document::read("fuzz.toml", text.as_bytes());
    drawn(&document.with(OPTION, &[odd]));
    let given = document.with(OPTION, &words);
    drawn(&given);
    let pairs = settings.iter().map(|(path, value)| format!("{path:?} = {value}"));
    let set = pairs.collect::<Vec<_>>().join(", ");
    let overlaid =
        format!("{text}\n[policies.last]\nset = {{ {set} }}\n[worlds.last]\nset = {{ {set} }}\n");
    let overlaid = Document::read("fuzz.toml", overlaid.as_bytes());
    drawn(&overlaid);
    let models = [
        given.model(NO_POLICY, BASE_WORLD),
        overlaid.model("last", BASE_WORLD),
        overlaid.model(NO_POLICY, "last"),
    ];
    let models: Vec<Model> = models.into_iter().flatten().filter(is_short).collect();
    for pair in models.windows(2) {
        assert_same_trials(&pair[0], &pair[1], TRIALS);
    }
    if models.is_empty() { Corpus::Reject } else { Corpus::Keep }
});

fn drawn(document: &Document) {
    render(&document.check(), &document.source, Paint::Plain);
}
