//! A record of what happened, any text or one made from the schema: never a panic, mistakes are told, and both engines
//! revise the odds to the same tables.
#![no_main]

use demarche::diagnostic::{Paint, render};
use demarche::engine::EngineKind;
use demarche::inquiry::InquiryError;
use demarche::model::{BASE_WORLD, Document, NO_POLICY};
use demarche::verbs::{LuckOptions, SettingOptions, UpdateQuestion, Verb};
use demarche_fuzz::asked::{answered, settled};
use demarche_fuzz::dice::Dice;
use demarche_fuzz::dictionary;
use demarche_fuzz::limits::is_short;
use demarche_fuzz::written::Writer;
use libfuzzer_sys::{Corpus, fuzz_target};

/// The scenario of records that are texts already, and how it is played so that an input takes little time.
const SCENARIO: &str = include_str!("../../scenarios/border-crisis.toml");
const SHORT: [&str; 2] = ["scenario.steps=4", "scenario.imaginations=1"];
/// How many particles are played: the fewest that `update` takes.
const PARTICLES: u64 = 32;

fuzz_target!(init: dictionary::write_if_asked(), |bytes: &[u8]| -> Corpus {
    let given = std::str::from_utf8(bytes).ok().filter(|text| text.contains("[record]"));
    let (scenario, record, short) = match given {
        Some(text) => (SCENARIO.to_owned(), text.to_owned(), &SHORT[..]),
        None => {
            let mut writer = Writer::new(Dice::new(bytes));
            (writer.scenario(), writer.record(), &[][..])
        }
    };
    let record_file = ("record.toml", record.as_bytes());
    let document = Document::with_record("fuzz.toml", scenario.as_bytes(), record_file);
    render(&document.check(), &document.source, Paint::Plain);

    let set = SettingOptions { settings: short.iter().map(|words| (*words).to_owned()).collect() };
    let model = document.with(SettingOptions::OPTION, &set.settings).model(NO_POLICY, BASE_WORLD);
    if !model.is_ok_and(|model| is_short(&model)) {
        return Corpus::Keep;
    }
    let luck = LuckOptions { n: Some(PARTICLES), ..LuckOptions::default() };
    let verb = Verb::Update(UpdateQuestion { luck, set, ..UpdateQuestion::default() });
    let [one, other] = [EngineKind::Reference, EngineKind::Lanes].map(|engine| {
        let settled = settled(&verb, &scenario, Some(&record))?;
        Ok::<_, InquiryError>(format!("{:?}", answered(settled, engine)?.columns()))
    });
    let told = |error: InquiryError| error.to_string();
    assert_eq!(one.map_err(told), other.map_err(told), "the engines differ");
    Corpus::Keep
});
