//! Variants of `border-crisis` with more steps, more imagined plays or more actions.

use std::fmt::Write as _;
use std::path::Path;

use demarche::model::{BASE_WORLD, Document, Model, NO_POLICY};

/// How a variant differs from the scenario file. In all variants A never attacks, so every trial
/// has all its steps.
#[derive(Clone, Copy)]
pub struct Variant {
    pub steps: u32,
    pub foresight: u32,
    pub imaginations: u32,
    /// The number of moves like `threaten`, including `threaten` itself.
    pub threats: u32,
}

impl Variant {
    /// The scenario, except that A never attacks.
    pub const PLAIN: Variant = Variant { steps: 12, foresight: 0, imaginations: 8, threats: 1 };

    /// The variant as a model.
    pub fn model(self) -> Model {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/border-crisis.toml");
        let text = std::fs::read_to_string(path).expect("the scenario file is there");
        let document = Document::read("variant.toml", self.of(&text).as_bytes());
        document.model(NO_POLICY, BASE_WORLD).expect("the variant is sound")
    }

    fn of(self, text: &str) -> String {
        let Variant { steps, foresight, imaginations, threats } = self;
        let mut more = String::new();
        for other in 1..threats {
            // Each a little weaker than the one before, so that no two are the same.
            let weaker = 1.0 / f64::from(1 + other);
            let _ = write!(
                more,
                "[actors.a.actions.threaten_{other}]\nwhen = \"phase == 'standoff'\"\ncost = 0.005\n\
                 effects = {{ tension = \"+= {:.6}\", share = \"+= {:.6} * a.power\" }}\n\n",
                0.1 * weaker,
                0.05 * weaker,
            );
        }
        let mut text = text.to_owned();
        for (times, from, to) in [
            (1, "steps = 12\n", format!("steps = {steps}\nimaginations = {imaginations}\n")),
            (2, "foresight   = 0", format!("foresight   = {foresight}")),
            (1, "when   = \"tension > 0.6\"", "when   = \"tension > 1\"".to_owned()),
            (1, "[actors.b]\n", format!("{more}[actors.b]\n")),
        ] {
            assert_eq!(text.matches(from).count(), times, "`{from}` is in the file as expected");
            text = text.replace(from, &to);
        }
        text
    }
}
