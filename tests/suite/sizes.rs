//! Absurd sizes are refused quickly, with a message that names the limit.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use demarche::diagnostic::Severity;

use crate::robust::check;

/// A file with `body` in it that is otherwise valid.
fn around(body: &str) -> String {
    format!(
        "format = 1\nscenario = {{ steps = 3 }}\n\n[state]\nx = {{ start = 0 }}\n\n\
         {body}\n\n[[outcomes]]\nid = \"high\"\nwhen = \"x > 1\"\n"
    )
}

/// Many lines.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    let mut out = String::new();
    for index in 0..count {
        writeln!(out, "{}", line(index)).expect("a string can be written to");
    }
    out
}

/// Files with absurd sizes, and words that the message must contain; no words if the
/// file is valid or the message does not matter.
fn absurd() -> Vec<(&'static str, String, &'static [&'static str])> {
    let steps = |keys: &str| format!("format = 1\n[scenario]\n{keys}\n");
    let law = |formula: &str| around(&format!("[laws]\nx = \"{formula}\""));
    let deep = |open: &str, close: &str, count: usize| {
        format!("{}x{}", open.repeat(count), close.repeat(count))
    };
    let doubled = |kind: &str, first: &str, count: usize| {
        let rest = lines(count, |i| format!("d{} = \"d{i} + d{i}\"", i + 1));
        format!("[{kind}]\nd0 = \"{first}\"\n{rest}")
    };
    let actor = "rationality = 1\nwants.w = { of = \"x\", best = 1, worst = 0 }\nactions.go = {}\n";
    vec![
        ("a billion steps", steps("steps = 1_000_000_000"), &["from 0 to 10000"]),
        ("a step number beyond 64 bits", steps("steps = 99999999999999999999"), &["64 bits"]),
        ("too many trials", steps("steps = 1\ntrials = 9_000_000_000_000"), &["1099511627776"]),
        (
            "a foresight of a thousand",
            around(&format!("[actors.a]\nforesight = 1000\n{actor}")),
            &["from 0 to 20"],
        ),
        (
            "a million actions",
            around(&format!(
                "[actors.a]\nrationality = 1\n[actors.a.actions]\n{}",
                lines(300_000, |i| format!("a{i}={{}}"))
            )),
            &["`actions` has 300000 entries", "at most 64 fit"],
        ),
        (
            "more than a file holds",
            around(&lines(1_000_000, |i| format!("[actors.a.actions.act{i}]"))),
            &["may have at most 4194304"],
        ),
        ("a 50 MB file", "# comment\n".repeat(5 << 20), &["may have at most 4194304"]),
        ("a formula in brackets", law(&deep("(", ")", 10_000)), &["more than 4000 words"]),
        ("a formula in fewer brackets", law(&deep("(", ")", 1_900)), &["more than 200 levels"]),
        ("a formula of minus signs", law(&deep("-", "", 3_000)), &["more than 200 levels"]),
        ("ifs in ifs", law(&deep("if x > 1 then ", " else 1", 500)), &["more than 200 levels"]),
        ("elses in elses", law(&deep("if x > 1 then 1 else ", "", 450)), &["more than 200 levels"]),
        ("functions in functions", law(&deep("min(1, ", ")", 600)), &["more than 200 levels"]),
        ("powers of powers", law(&deep("2^", "", 1_500)), &["more than 200 levels"]),
        ("100,000 terms", law(&format!("x{}", " + x".repeat(99_999))), &["more than 4000 words"]),
        (
            "a function of 100,000",
            law(&format!("max(x{})", ", x".repeat(99_999))),
            &["more than 4000 words"],
        ),
        (
            "100,000 branches",
            around(&format!("[events.e]\nchance = [{}]", "{p=0.00001},".repeat(100_000))),
            &["a chance of 100000 branches", "at most 32 fit"],
        ),
        (
            "definitions that double",
            around(&format!("{}\n[laws]\nx = \"d60\"", doubled("define", "x", 60))),
            &["more than 50000 parts"],
        ),
        (
            "assumptions that double",
            around(&format!(
                "{}\n[laws]\nx = \"d60\"",
                doubled("assumptions", "uniform(0, 1)", 60)
            )),
            &[],
        ),
        (
            "assumptions that double, believed",
            around(&format!(
                "{}\n[laws]\nx = \"d60\"\n[actors.a]\nbelieves.\"assumptions.d60\" = \"prior\"\n{actor}",
                doubled("assumptions", "uniform(0, 1)", 60)
            )),
            &[],
        ),
        (
            "ifs that double, as a start",
            around(&format!(
                "[state.y]\nstart = \"d60\"\n[assumptions]\nd0 = \"uniform(0, 1)\"\n{}",
                lines(60, |i| format!("d{} = \"if d0 > 0.5 then d{i} else d{i}\"", i + 1))
            )),
            &[],
        ),
        (
            "a chain of 4,000 definitions",
            around(&format!(
                "[laws]\nx = \"d3999\"\n[define]\nd0 = \"x\"\n{}",
                lines(3_999, |i| format!("d{} = \"d{i} + 1\"", i + 1))
            )),
            &["levels deep"],
        ),
        (
            "a backward chain of 4,000 definitions",
            around(&format!(
                "[laws]\nx = \"d0\"\n[define]\n{}d3999 = \"x\"",
                lines(3_999, |i| format!("d{i} = \"-d{}\"", i + 1))
            )),
            &["levels deep"],
        ),
        (
            "a chain of 4,000 assumptions",
            around(&format!(
                "[laws]\nx = \"d3999\"\n[assumptions]\nd0 = \"uniform(0, 1)\"\n{}",
                lines(3_999, |i| format!("d{} = \"d{i} + 1\"", i + 1))
            )),
            &[],
        ),
        (
            "a circle of 4,000 definitions",
            around(&format!(
                "[laws]\nx = \"d0\"\n[define]\n{}d3999 = \"d0\"",
                lines(3_999, |i| format!("d{i} = \"d{}\"", i + 1))
            )),
            &["need each other"],
        ),
        (
            "definitions that are large",
            around(&format!(
                "{}\n{}",
                doubled("define", "x", 14),
                lines(4_000, |i| format!("e{i} = \"d14 + {i}\""))
            )),
            &[],
        ),
        ("deep arrays", format!("a = {}", deep("[", "]", 10_000)), &[]),
        ("deep inline tables", format!("a = {}", deep("{ a = ", " }", 10_000)), &[]),
        (
            "deep dotted keys",
            format!("{}a = 1", "a.".repeat(10_000)),
            &["at most 80 nested tables"],
        ),
        (
            "deep quoted keys",
            format!("{}a = 1", "\"a\".".repeat(10_000)),
            &["at most 80 nested tables"],
        ),
        (
            "deep spaced keys",
            format!("{}a = 1", "'a' . ".repeat(10_000)),
            &["at most 80 nested tables"],
        ),
        ("deep headers", format!("[{}a]", "a.".repeat(10_000)), &["at most 80 nested tables"]),
        (
            "deep array headers",
            format!("[[{}a]]", "a.".repeat(10_000)),
            &["at most 80 nested tables"],
        ),
        (
            "deep dotted keys in an inline table",
            format!("a = {{ {}a = 1 }}", "a.".repeat(10_000)),
            &["at most 80 nested tables"],
        ),
        (
            "dotted keys in inline tables",
            format!("a = {}1{}", format!("{{ {}a = ", "a.".repeat(70)).repeat(70), " }".repeat(70)),
            &["at most 80 nested tables"],
        ),
        (
            "dotted keys in arrays in inline tables over lines",
            format!(
                "a = {}1{}",
                format!("[\n{{ {}a = ", "a.".repeat(30)).repeat(35),
                " }]".repeat(35)
            ),
            &["at most 80 nested tables"],
        ),
        (
            "a title of a million characters",
            steps(&format!("steps = 1\ntitle = \"{}\"", "x".repeat(1_000_000))),
            &["`title` has 1000000 characters", "at most 10000 fit"],
        ),
        ("a formula of a million characters", law(&"x".repeat(1_000_000)), &[]),
        ("a label of a million characters", law(&format!("'{}", "x".repeat(1_000_000))), &[]),
        (
            "a key of a million characters",
            around(&format!("[assumptions]\n{} = 1", "x".repeat(1_000_000))),
            &["too long"],
        ),
        (
            "an unknown key of a million characters",
            around(&format!("[actors.a]\n{} = 1", "x".repeat(1_000_000))),
            &["has no key"],
        ),
        (
            "a path of a million characters",
            around(&format!("[worlds.w]\nset.\"{}\" = 1", "x".repeat(1_000_000))),
            &["has no"],
        ),
        (
            "a path of a million points",
            around(&format!("[worlds.w]\nset.\"{}\" = 1", "state.".repeat(100_000))),
            &["has no"],
        ),
        (
            "100,000 unknown keys",
            around(&format!("[events.e]\n{}", lines(100_000, |i| format!("tilte{i} = 1")))),
            &["has no key `tilte7`"],
        ),
        ("100,000 lines that are not TOML", around(&lines(100_000, |i| format!("line {i}"))), &[]),
        (
            "100,000 unknown names",
            around(&format!(
                "[assumptions]\n{}[measures]\n{}",
                lines(4_000, |i| format!("quantity_{i} = 1")),
                lines(100, |_| String::new())
                    + &lines(1_000, |i| format!(
                        "m{i} = \"{}\"",
                        "qantity_77 + ".repeat(100) + "1"
                    ))
            )),
            &["did you mean `quantity_77`"],
        ),
        (
            "thousands of policies and worlds that set the same",
            around(&format!(
                "{}{}",
                lines(2_000, |i| format!("[policies.p{i}]\nset.\"state.x.start\" = {i}")),
                lines(2_000, |i| format!("[worlds.w{i}]\nset.\"state.x.start\" = {i}"))
            )),
            &[],
        ),
        (
            "thousands of policies of a large file",
            around(&format!(
                "[assumptions]\n{}{}",
                lines(4_000, |i| format!("a{i} = \"uniform(0, {i} + 1)\"")),
                lines(4_000, |i| format!("[policies.p{i}]\nset.\"assumptions.a{i}\" = {i}"))
            )),
            &["policies and worlds"],
        ),
        (
            "policies that only forbid",
            around(&format!(
                "[actors.a]\n{actor}\n{}",
                lines(4_000, |i| format!("[policies.p{i}]\nforbid = [\"a.go\"]"))
            )),
            &[],
        ),
        (
            "beliefs of everyone in a large file",
            around(&format!(
                "[assumptions]\n{}{}",
                lines(4_000, |i| format!("a{i} = \"uniform(0, {i} + 1)\"")),
                lines(64, |i| format!(
                    "[actors.a{i}]\nbelieves.\"assumptions.a{i}\" = \"prior\"\n{actor}"
                ))
            )),
            &[],
        ),
        (
            "thousands of beliefs",
            around(&format!(
                "[assumptions]\n{}\n[actors.a]\n{actor}\n[actors.a.believes]\n{}",
                lines(4_000, |i| format!("a{i} = \"uniform(0, {i} + 1)\"")),
                lines(4_000, |i| format!("\"assumptions.a{i}\" = \"prior\"")),
            )),
            &[],
        ),
        (
            "thousands of wants",
            around(&lines(20, |i| {
                let wants = lines(4_000, |i| format!("w{i} = {{of=\"x\",best=1,worst=0}}"));
                format!("[actors.a{i}.wants]\n{wants}")
            })),
            &[],
        ),
        (
            "thousands of correlations",
            around(&format!(
                "[assumptions]\n{}[correlations]\n{}",
                lines(4_096, |i| format!("a{i} = \"uniform(0, 1)\"")),
                lines(4_095, |i| format!("\"a{i}, a{}\" = 0.1", i + 1))
            )),
            &["can be correlated"],
        ),
        (
            "an effect on everything in every branch",
            format!(
                "format = 1\nscenario.steps = 1\n[state]\n{}[events.e]\neffects = {{ {} }}\nchance = [{}]\n",
                lines(4_096, |i| format!("x{i} = {{ start = 0 }}")),
                (0..4_096).map(|i| format!("x{i}=1")).collect::<Vec<_>>().join(","),
                format!(
                    "{{ p = 0.01, effects = {{ {} }} }},",
                    (0..4_096).map(|i| format!("x{i}=1")).collect::<Vec<_>>().join(",")
                )
                .repeat(8)
            ),
            &["is changed by the effects and by a branch"],
        ),
        (
            "far dates",
            format!(
                "format = 1\nscenario = {{ steps = 3, start = 0001-01-01, step = \"month\" }}\n\
                 [state]\nx = {{ start = 0 }}\n[define]\n{}",
                lines(4_000, |i| format!("d{i} = \"{}0\"", "date('9999-12-31') + ".repeat(20)))
            ),
            &[],
        ),
        (
            "thousands of unread assumptions and much that is said of others",
            around(&format!(
                "[assumptions]\n{}[worlds.w]\nset.\"state.x.start\" = \"{}\"",
                lines(4_000, |i| format!("a{i} = 1")),
                "0 + ".repeat(500_000)
            )),
            &["more than 4000 words"],
        ),
    ]
}

#[test]
fn absurd_sizes_are_refused_quickly_with_their_limit() {
    let mut wrong = Vec::new();
    let only = std::env::var("ABSURD").unwrap_or_default();
    for (name, text, words) in absurd() {
        if !name.contains(&only) {
            continue;
        }
        let began = Instant::now();
        let (found, drawn) = check(text.as_bytes());
        let took = began.elapsed();
        if std::env::var_os("ABSURD").is_some() {
            let head: String = drawn.chars().take(700).collect();
            let errors = found.count(Severity::Error);
            println!("== {name}: {took:?}, {errors} errors, {} bytes drawn\n{head}", drawn.len());
        }
        for expected in words {
            if !drawn.contains(expected) {
                let head: String = drawn.chars().take(400).collect();
                wrong.push(format!("{name}: `{expected}` is not in\n{head}"));
            }
        }
        if took > Duration::from_secs(20) {
            wrong.push(format!("{name}: took {took:?}"));
        }
        if drawn.len() > 2_000_000 {
            wrong.push(format!("{name}: draws {} bytes", drawn.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
