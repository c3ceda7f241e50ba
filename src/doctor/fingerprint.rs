//! The bits of columns of trials, as short texts.

use crate::engine::{Engine, EngineKind, TrialBlock};
use crate::model::{BASE_WORLD, Document, Model, NO_POLICY};
use crate::store::content_hash;

/// The seed of the trials.
const SEED: u64 = 1;
/// How many digits of a hash are kept: enough that two columns that differ never have the same.
const DIGITS: usize = 16;

/// A scenario whose numbers are known: its name, its text, and how many trials are played.
struct KnownScenario(&'static str, &'static str, usize);

/// Every function and distribution; and trials with all that makes a trial.
const KNOWN: [KnownScenario; 4] = [
    KnownScenario("functions", include_str!("../../assets/doctor/functions.toml"), 512),
    KnownScenario("border-crisis", include_str!("../../scenarios/border-crisis.toml"), 512),
    KnownScenario("enterprises", include_str!("../../scenarios/enterprises.toml"), 64),
    KnownScenario("crisis-tree", include_str!("../../scenarios/crisis-tree.toml"), 16),
];

/// The fingerprints that were computed when this version was written: a name and a hash a line. A test writes them
/// anew if `DEMARCHE_BLESS` is set.
const EXPECTED: &str = include_str!("../../assets/doctor/expected.txt");

/// The bits of a column of trials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// The scenario and the column: `functions: exp_of`.
    pub name: String,
    /// The first digits of a hash of the bits of its numbers.
    pub hash: String,
}

/// The fingerprints of all columns that an engine computes.
///
/// # Errors
///
/// If a scenario is not sound, or a trial has a numerical error, which would be a fault of this program or machine.
pub fn fingerprints(kind: EngineKind) -> Result<Vec<Fingerprint>, String> {
    let mut all = Vec::new();
    for KnownScenario(name, _, trials) in &KNOWN {
        let model = known_model(name)?;
        let engine = Engine::new(&model, SEED, kind).with_utilities();
        let block =
            engine.block(0, *trials, &|| true).map_err(|error| format!("{name}: {error}"))?;
        let block = block.ok_or_else(|| format!("{name}: it was stopped"))?;
        all.extend(columns(&model, &block).into_iter().map(|(column, bytes)| Fingerprint {
            name: format!("{name}: {column}"),
            hash: content_hash(&bytes).chars().take(DIGITS).collect(),
        }));
    }
    Ok(all)
}

/// The fingerprints as they should be.
pub fn expected() -> Vec<Fingerprint> {
    let line = |line: &str| {
        let (hash, name) = line.split_once(' ')?;
        Some(Fingerprint { name: name.to_owned(), hash: hash.to_owned() })
    };
    EXPECTED.lines().filter_map(line).collect()
}

/// The model of one of the scenarios.
pub(super) fn known_model(name: &str) -> Result<Model, String> {
    let known = KNOWN.iter().find(|own| own.0 == name);
    let KnownScenario(_, text, _) = known.ok_or_else(|| format!("no scenario is called {name}"))?;
    let document = Document::read(name, text.as_bytes());
    document.model(NO_POLICY, BASE_WORLD).map_err(|found| {
        let first = found.iter().next().map_or_else(String::new, |own| own.message.clone());
        format!("{name}: {first}")
    })
}

/// The columns of a block, each with the bytes of its numbers.
fn columns(model: &Model, block: &TrialBlock) -> Vec<(String, Vec<u8>)> {
    let bits = |numbers: &[f64]| numbers.iter().flat_map(|own| own.to_le_bytes()).collect();
    let whole = |numbers: &[u32]| numbers.iter().flat_map(|own| own.to_le_bytes()).collect();
    let mut all = vec![
        ("outcomes".to_owned(), whole(&block.outcomes)),
        ("end_steps".to_owned(), whole(&block.end_steps)),
        ("utilities".to_owned(), bits(&block.utilities)),
    ];
    let firsts: Vec<u32> = block.firsts.iter().map(|own| own.unwrap_or(u32::MAX)).collect();
    all.push(("happenings".to_owned(), whole(&firsts)));
    let drawn = block.assumptions.chunks(block.len);
    let drawn =
        model.assumptions.iter().zip(drawn).map(|(own, part)| (own.column.clone(), bits(part)));
    all.extend(drawn);
    let names = model.states.iter().map(|own| &own.series.name);
    let names = names.chain(model.measures.iter().map(|own| &own.name));
    let series = block.series.chunks(block.rows * block.len);
    all.extend(names.zip(series).map(|(own, part)| (own.clone(), bits(part))));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::{self, LO_TO_HI, Parameters};
    use crate::formula::FUNCTIONS;

    fn lines(all: &[Fingerprint]) -> String {
        all.iter().map(|own| format!("{} {}\n", own.hash, own.name)).collect()
    }

    #[test]
    fn the_reference_computes_what_is_expected() {
        let own = fingerprints(EngineKind::Reference).expect("nothing is wrong");
        if std::env::var_os("DEMARCHE_BLESS").is_some() {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/doctor/expected.txt");
            std::fs::write(path, lines(&own)).expect("it can be written");
            return;
        }
        assert_eq!(lines(&own), EXPECTED, "after a change that is meant: DEMARCHE_BLESS=1");
        assert!(own.len() > 90 && expected() == own);
    }

    #[test]
    fn every_function_and_distribution_is_among_them() {
        let text = KNOWN[0].1;
        for function in FUNCTIONS {
            assert!(text.contains(&format!("{}(", function.name)), "{}", function.name);
        }
        // The only distribution that is not called by its name.
        let ends: Vec<&str> = distribution::ALL
            .iter()
            .filter(|own| own.parameters == Parameters::Ends)
            .map(|own| own.name)
            .collect();
        assert_eq!(ends, [LO_TO_HI.name]);
        assert!(text.contains("= \"5 to 10\""));
    }

    #[test]
    fn a_bit_that_differs_is_another_fingerprint() {
        let model = known_model("functions").expect("sound");
        let engine = Engine::new(&model, SEED, EngineKind::default());
        let mut block = engine.block(0, 8, &|| true).expect("no error").expect("not stopped");
        let before = columns(&model, &block);
        block.assumptions[3] = f64::from_bits(block.assumptions[3].to_bits() ^ 1);
        let after = columns(&model, &block);
        let differing: Vec<&str> =
            before.iter().zip(&after).filter(|(a, b)| a != b).map(|(a, _)| a.0.as_str()).collect();
        assert_eq!(differing, ["assumptions.u"]);
    }
}
