//! One slip in a sound scenario, one message, with the right form in it.

use demarche::diagnostic::Diagnostic;
use demarche::model::Document;

pub const NILE: &str = include_str!("../fixtures/nile-dam.toml");

pub fn found(text: &str) -> Vec<Diagnostic> {
    Document::read("nile.toml", text.as_bytes()).check().iter().cloned().collect()
}

/// All that is said of a mistake.
pub fn said(item: &Diagnostic) -> String {
    format!("{}\n{}\n{}\n{}", item.code.id(), item.message, item.label, item.hints.join("\n"))
}

#[test]
fn the_scenario_itself_is_sound() {
    assert_eq!(found(NILE), []);
}

#[test]
fn one_slip_is_one_message_that_shows_the_right_form() {
    // What is written, the slip in its place, the code and what is said of it.
    let slips = [
        // The state and its labels.
        (
            "aid       = { start = 1, range = [0, 1]",
            "aid = 'high' #",
            "E103",
            "{ start = 'high', labels",
        ),
        (
            "{ start = \"talks\", labels = [\"talks\", \"stalled\", \"interim\", \"deal\", \"war\"] }",
            "\"talks\"",
            "E103",
            "a formula: `{ start = \"talks\" }`",
        ),
        (
            "\"interim\", \"deal\", \"war\"]",
            "\"interim\", \"deal\"]",
            "E207",
            "the same on lines 103, 123, 124 and 205",
        ),
        ("dry       = { start = false }", "dry = [1]", "E103", "write `dry = { start = … }`"),
        (
            "reservoir = { start = 0, range = [0, 74]",
            "reservoirs = { start = 0, range = [0, 74]",
            "E203",
            "did you mean `reservoirs`?",
        ),
        (
            "aid       = { start = 1,",
            "aid       = { start = 2,",
            "E302",
            "2 is outside the range of `aid`",
        ),
        // A mistake in something does not make its name unknown elsewhere.
        ("{ draw = \"0.3 to 4\"", "{ draw = \"0.3 to\"", "E201", "the end of the formula"),
        ("{ draw = \"0.3 to 4\"", "{ drw = \"0.3 to 4\"", "E101", "did you mean `draw`?"),
        ("pride         = {", "prid          = {", "E203", "did you mean `prid`?"),
        (
            "dam_on   = \"reservoir / 74\"",
            "dam_on   = \"reservoir / / 74\"",
            "E201",
            "`floor(x / y)`",
        ),
        (
            "dam_on   = \"reservoir / 74\"",
            "dam_on   = \"reservoirs / 74\"",
            "E203",
            "did you mean `reservoir`?",
        ),
        ("open_    =", "open     =", "E203", "the same on lines"),
        (
            "egypt_loss = { of = \"if settled",
            "egypt_loss = { of = \"if setled",
            "E203",
            "did you mean `settled`?",
        ),
        ("[events.failed_rains]", "[events.failed-rains]", "E106", "write `failed_rains`"),
        (
            "[events.failed_rains]\ntitle",
            "[events.failed_rains]\ntitel",
            "E101",
            "did you mean `title`?",
        ),
        (
            "traits = { power = 0.7 }",
            "traits = { power = \"0.7 +\" }",
            "E201",
            "the end of the formula",
        ),
        ("start = 2019-11-01", "start = \"2019-11-01T22:00\"", "E107", "write \"2019-11-01\""),
        ("start = 2019-11-01", "start = 2019-11-31", "E107", "invalid date"),
        ("start = 2019-11-01\n", "", "E102", "`step` needs `start`"),
        ("on = 2020-11-03", "on = \"20201103\"", "E107", "write \"2020-11-03\""),
        // Other languages, spreadsheets, word processors.
        (
            "\"if settled then harm * dam_on * 0.4 else harm * dam_on * (1 + dry)\"",
            "\"IF(settled, harm, harm * (1 + dry))\"",
            "E201",
            "write `if settled then harm else harm * (1 + dry)`",
        ),
        (
            "\"if settled then harm * dam_on * 0.4 else harm * dam_on * (1 + dry)\"",
            "\"if(settled, harm, dry)\"",
            "E201",
            "write `if settled then harm else dry`",
        ),
        ("0.4 else harm * dam_on * (1 + dry)\"", "0.4\"", "E201", "`if a then b else c`"),
        ("status == 'talks' or status", "status == 'talks' || status", "E201", "write `or`"),
        ("status == 'talks' or status", "status == 'talks' OR status", "E201", "write `or`"),
        (
            "\"months >= 6 and months <= 8\"",
            "\"AND(months >= 6, months <= 8)\"",
            "E204",
            "write `a and b`",
        ),
        (
            "\"months >= 6 and months <= 8\"",
            "\"months >= 6 && months <= 8\"",
            "E201",
            "write `and`",
        ),
        (
            "\"months >= 6 and months <= 8\"",
            "\"6 <= months <= 8\"",
            "E201",
            "join two comparisons with `and`",
        ),
        (
            "\"months >= 6 and months <= 8\"",
            "\"months between 6 and 8\"",
            "E201",
            "`a <= x and x <= b`",
        ),
        (
            "\"months >= 6 and months <= 8\"",
            "\"months ≥ 6\"",
            "E201",
            "`≥` (greater-than or equal to, U+2265)",
        ),
        ("and not within(", "and !within(", "E201", "write `not`"),
        (
            "status in ('interim', 'deal')",
            "status == ('interim', 'deal')",
            "E201",
            "`x in ('a', 'b')`",
        ),
        (
            "status in ('interim', 'deal')",
            "status in ['interim', 'deal']",
            "E201",
            "`x in ('a', 'b')`",
        ),
        ("status in ('interim', 'deal')", "status is 'deal'", "E201", "equality is written `==`"),
        ("status in ('interim', 'deal')", "status === 'deal'", "E201", "write `==`"),
        ("t + 10 - 12 * floor((t + 10) / 12)", "(t + 10) % 12", "E201", "a remainder is"),
        ("t + 10 - 12 * floor((t + 10) / 12)", "MOD(t + 10, 12)", "E204", "write `mod(x, y)`"),
        (
            "t + 10 - 12 * floor((t + 10) / 12)",
            "t + 10 – 12 * floor(t)",
            "E201",
            "`–` (en dash, U+2013)",
        ),
        ("t + 10 - 12 * floor((t + 10) / 12)", "t ** 2", "E201", "write `^`"),
        ("t + 10 - 12 * floor((t + 10) / 12)", "2 t", "E201", "a product is written with `*`"),
        ("t + 10 - 12 * floor((t + 10) / 12)", "\u{200b}t", "E201", "zero-width space"),
        (
            "when = \"status == 'war'\"",
            "when = \"status = 'war'\"",
            "E201",
            "equality is written `==`",
        ),
        ("when = \"status == 'war'\"", "when = \"status == ‘war’\"", "E201", "write `'`"),
        (
            "when = \"status == 'war'\"",
            "when = \"status == war\"",
            "E203",
            "a label stands in quotes: `'war'`",
        ),
        (
            "when = \"status == 'war'\"",
            "when = \"status == 'war' == True\"",
            "E201",
            "do not chain",
        ),
        ("when = \"reservoir > 5\"", "when = \"TRUE\"", "E203", "write `true`"),
        (
            "when = \"reservoir > 5\"",
            "when = \"reservoir > 0,5\"",
            "E201",
            "the decimal sign is a point",
        ),
        (
            "when = \"reservoir > 5\"",
            "when = \"state.reservoir > 5\"",
            "E401",
            "by its name alone: `reservoir`",
        ),
        ("effects = { aid = 0.4 }", "effects = { aid = −0.4 }", "E001", "write `-`"),
        ("effects = { aid = 0.4 }", "effects = { aid = “0.4” }", "E001", "write `\"`"),
        ("effects = { aid = 0.4 }", "effects = {\u{a0}aid = 0.4 }", "E001", "no-break space"),
        // Draws.
        (
            "rationality = \"150 to 450\"\nforesight = 1\n[actors.khartoum",
            "rationality = \"150 to 300 to 450\"\nforesight = 1\n[actors.khartoum",
            "E201",
            "pert(150, 300, 450)",
        ),
        (
            "rationality = \"150 to 450\"\nforesight = 1\n[actors.washington",
            "rationality = \"150 - 450\"\nforesight = 1\n[actors.washington",
            "E311",
            "`150 to 450`",
        ),
        (
            "pert(0.1, 0.3, 0.8)",
            "pert(0.3, 0.1, 0.8)",
            "E214",
            "mode is 0.1, must be at least a, which is 0.3",
        ),
        ("normal(0, 0.02)", "normal(0, -0.02)", "E214", "normal: sd is -0.02, must be at least 0"),
        (
            "normal(0, 0.02)",
            "clamp(tension, 1, 0)",
            "E217",
            "low is 1, must be at most high, which is 0",
        ),
        ("hazard(60%, 6)", "hazard(60, 6)", "E213", "hazard: p is 60, must be from 0 to 1"),
        // What happens, and who acts.
        (
            "count(washington.table_draft)",
            "count(table_draft)",
            "E211",
            "did you mean `washington.table_draft`?",
        ),
        (
            "count(washington.table_draft)",
            "since(table_draf)",
            "E211",
            "did you mean `washington.table_draft`?",
        ),
        (
            "count(washington.table_draft) > 0",
            "table_draft",
            "E203",
            "write `happened(washington.table_draft)`",
        ),
        (
            "forbid = [\"washington.table_draft\",",
            "forbid = [\"table_draft\",",
            "E402",
            "did you mean `washington.table_draft`?",
        ),
        ("chance = \"drought\"", "chance = \"drough\"", "E203", "did you mean `drought`?"),
        ("chance = \"drought\"", "chance = 1.4", "E303", "1.4 is no chance"),
        ("[actors.addis]\n", "[actors.adis]\n", "E102", "chooses but has no `rationality`"),
        // Wants.
        (
            "deal  = { of = \"if status == 'deal' then 1 else if status == 'war' then 0 else 0.5\", best = 1, worst = 0, weight = 2 }",
            "deal  = { of = \"status\", best = \"deal\", worst = \"war\" }",
            "E215",
            "of = \"status == 'deal'\", best = true",
        ),
        (
            "regulation = { of = \"settled\", best = true",
            "regulation = { of = \"settled\", best = \"deal\"",
            "E215",
            "best = true, worst = false",
        ),
        (
            "regulation = { of = \"settled\", best = true",
            "regulation = { of = \"settled\", best = \"True\"",
            "E203",
            "write `true`",
        ),
        // Paths.
        (
            "\"assumptions.pride\" = \"4 to 8\"",
            "pride = \"4 to 8\"",
            "E407",
            "did you mean `assumptions.pride`?",
        ),
        (
            "\"assumptions.pride\" = \"4 to 8\"",
            "assumptions.pride = \"4 to 8\"",
            "E408",
            "in quotes: \"assumptions.pride\"",
        ),
        (
            "\"assumptions.pride\" = \"4 to 8\"",
            "mediator = \"au\"",
            "E407",
            "did you mean `state.mediator.start`?",
        ),
        (
            "\"assumptions.pride\" = \"4 to 8\"",
            "power = 2",
            "E407",
            "did you mean `actors.cairo.traits.power`?",
        ),
        (
            "\"assumptions.pride\" = \"4 to 8\"",
            "\"cairo.power\" = 2",
            "E407",
            "did you mean `actors.cairo.traits.power`?",
        ),
        (
            "\"assumptions.pride\" = \"4 to 8\"",
            "sovereignty = 2",
            "E407",
            "did you mean `actors.addis.wants.sovereignty.weight`?",
        ),
        (
            "\"assumptions.pride\" = \"4 to 8\"",
            "failed_rains = 0.1",
            "E407",
            "did you mean `events.failed_rains.chance`?",
        ),
        (
            "\"assumptions.pride\" = \"4 to 8\"",
            "\"state.tension\" = 0.1",
            "E408",
            "`state.tension.start`",
        ),
        // What can be played but is hardly meant.
        (
            "when = \"reservoir > 5\"",
            "when = \"reservoir > 500\"",
            "W011",
            "`reservoir` is from 0 to 74",
        ),
        ("when = \"months == 6\"", "when = \"t > 30\"", "W011", "`t` is from 0 to 25"),
        ("when = \"khartoum_line > 0.2\"", "when = \"drought > 1\"", "W011", "`drought` is from"),
        (
            "foresight = 1\n[actors.khartoum.wants]",
            "foresight = 1\npatience = 0.9\n[actors.khartoum.wants]",
            "W012",
            "at most one step counts",
        ),
    ];
    for (written, slip, code, part) in slips {
        let text = NILE.replacen(written, slip, 1);
        assert!(text != NILE, "{written}");
        let found = found(&text);
        let all: Vec<String> = found.iter().map(said).collect();
        assert_eq!(all.len(), 1, "{slip}\n{}", all.join("\n\n"));
        assert!(all[0].starts_with(code) && all[0].contains(part), "{slip}\n{}", all[0]);
    }
}

#[test]
fn a_plain_number_or_flag_is_a_start() {
    let plain = NILE
        .replace("aid       = { start = 1, range = [0, 1], about = \"US aid to Ethiopia, share of 2019\" }", "aid = 1")
        .replace("dry       = { start = false }", "dry = false")
        .replace("\"assumptions.pride\" = \"4 to 8\"", "\"state.aid.start\" = 0.5, \"state.dry.start\" = true");
    assert_eq!(found(&plain), []);
    let document = Document::read("nile.toml", plain.as_bytes());
    let starts = |world: &str| {
        let model = document.model("none", world).expect("a sound scenario");
        let start = |name: &str| {
            let state = model.states.iter().position(|state| state.series.name == name);
            let id = model.truth.starts[state.expect("a variable")];
            let rule = model.truth.params.iter().find(|rule| rule.id == id).expect("a rule");
            rule.formula.node.constant()
        };
        [start("aid"), start("dry")]
    };
    assert_eq!(starts("base"), [Some(1.0), Some(0.0)]);
    assert_eq!(starts("proud_addis"), [Some(0.5), Some(1.0)]);
}

#[test]
fn names_are_one_however_their_accents_are_written() {
    let named = |pride: &str, decade: &str| {
        NILE.replace("pride         =", &format!("\"{pride}\" ="))
            .replace("pride", pride)
            .replace("dry_decade", &format!("\"{decade}\""))
    };
    let composed = named("fiert\u{e9}", "d\u{e9}cennie");
    let decomposed = composed.replacen('\u{e9}', "e\u{301}", 2);
    for text in [&composed, &decomposed] {
        assert_eq!(found(text), []);
        let document = Document::read("nile.toml", text.as_bytes());
        assert!(document.model("none", "d\u{e9}cennie").is_ok());
    }
    // Signs of vowels that stand for themselves in some scripts are parts of names.
    assert_eq!(found(&named("\u{939}\u{93f}\u{928}\u{94d}\u{926}\u{940}", "decade")), []);
}

#[test]
fn conditions_that_some_policy_or_world_makes_true_are_not_called_impossible() {
    let text = NILE.replace("when = \"reservoir > 5\"", "when = \"reservoir > 80\"");
    assert_eq!(found(&text).len(), 1);
    let wider = "\"assumptions.pride\" = \"4 to 8\", \"state.reservoir.range.1\" = 100";
    assert_eq!(found(&text.replace("\"assumptions.pride\" = \"4 to 8\"", wider)), []);
    // A label that nothing sets, unless the policy does.
    let text = NILE
        .replace(
            "\"none\", \"washington\", \"au\"]",
            "\"none\", \"washington\", \"au\", \"qatar\"]",
        )
        .replace("when = \"reservoir > 5\"", "when = \"mediator == 'qatar'\"");
    let all: Vec<String> = found(&text).iter().map(said).collect();
    assert!(all.len() == 1 && all[0].contains("only ever 'none', 'washington', 'au'"), "{all:?}");
    let set = "set = { \"state.mediator.start\" = \"qatar\" }";
    assert_eq!(found(&text.replace("set = { \"state.mediator.start\" = \"au\" }", set)), []);
}

/// A key that is misspelt is read as the one that was meant: nothing else is found missing for it.
#[test]
fn a_misspelt_key_is_one_message_whatever_depends_on_it() {
    for (line, key, misspelt) in [
        ("start = 2019-11-01", "start", "strat"),
        ("step  = \"month\"", "step", "stpe"),
        ("steps = 26", "steps", "stesp"),
        ("{ start = \"talks\", labels =", "labels", "labesl"),
        ("rationality = \"150 to 450\"", "rationality", "rationalty"),
        ("traits = { power = 0.7 }", "traits", "trais"),
        ("best = 1, worst = 0, weight = 2", "best", "bets"),
        ("best = 1, worst = 0, weight = 2", "worst", "worts"),
        ("ideal = 0.3, reach = 1", "ideal", "idael"),
        ("ideal = 0.3, reach = 1", "reach", "reahc"),
        ("consent = { of = [\"cairo\", \"addis\", \"khartoum\"], rule", "consent", "consetn"),
    ] {
        let text = NILE.replacen(line, &line.replacen(key, misspelt, 1), 1);
        assert!(text != NILE, "{line}");
        let found = found(&text);
        let all: Vec<String> = found.iter().map(said).collect();
        assert_eq!(all.len(), 1, "{misspelt}\n{}", all.join("\n\n"));
        assert!(all[0].starts_with("E101") && all[0].contains(&format!("did you mean `{key}`?")));
    }
}
