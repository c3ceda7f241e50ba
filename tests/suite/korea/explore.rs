use super::*;
#[test]
#[ignore]
fn explore() {
    let spec = std::fs::read_to_string(std::env::var("SPEC").unwrap()).unwrap();
    let extra = std::fs::read_to_string(std::env::var("EXTRA").unwrap()).unwrap();
    let trials: u64 = std::env::var("TRIALS").unwrap().parse().unwrap();
    let base = replaced(&file(), "imaginations = 8", "imaginations = 4");
    let mut cache: BTreeMap<String, Run> = BTreeMap::new();
    for line in spec.lines().filter(|l| !l.trim().is_empty()) {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        for side in [parts[0], parts[1]] {
            if !cache.contains_key(side) {
                let (pw, rep) = side.split_once(' ').unwrap_or((side, ""));
                let (p, w) = pw.split_once('/').unwrap();
                let mut text = base.clone();
                if rep == "noveto" {
                    text = text.replace(r#"consent = { of = ["moscow", "beijing"], rule = "all" }
effects = { sanctions"#, r#"consent = { of = ["washington"], rule = "all" }
effects = { sanctions"#);
                }
                let begun = std::time::Instant::now();
                let run = Run::new(&format!("{text}\n{extra}"), p, w, trials);
                eprintln!("played {side} in {:.1}", begun.elapsed().as_secs_f64());
                cache.insert(side.into(), run);
            }
        }
        let (a, b) = (&cache[parts[0]], &cache[parts[1]]);
        let of = |run: &Run, q: &str| -> Vec<f64> {
            let (kind, what) = q.split_once(':').unwrap();
            let names: Vec<&str> = what.split('+').collect();
            match kind {
                "taken" => run.taken(&names),
                "taken5" => run.taken_before(&names, 5),
                "accepted" => run.accepted(&names),
                "yes" => run.yes(&names),
                "rate" => run.rate(&names),
                "mean" => run.mean(what),
                "last" => run.at_end_of(15, what),
                "feb" => run.at_end_of(5, what),
                "happened" => run.happened(what),
                "ended" => run.ended(&names),
                _ => panic!("{q}"),
            }
        };
        for q in &parts[2..] {
            let (x, y) = (of(a, q), of(b, q));
            let d = difference(&x, &y);
            let m = |v: &[f64]| v.iter().sum::<f64>() / v.len() as f64;
            println!("{} - {} | {q}: {:.4} - {:.4} = {:+.4} se {:.4} z {:+.1}", parts[0], parts[1], m(&x), m(&y), d.mean, d.error, d.mean / d.error);
        }
    }
}
