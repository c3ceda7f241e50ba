//! Trials per second of both engines on the scenarios in `scenarios/`:
//! `cargo bench --bench engine`, or with `-- --quick` for a first look.

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use demarche::engine::{Engine, EngineKind};
use demarche::model::{BASE_WORLD, Document, Model, NO_POLICY};

fn model(name: &str) -> Model {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    let bytes = std::fs::read(&path).expect("the scenario file is there");
    let document = Document::read(name, &bytes);
    document.model(NO_POLICY, BASE_WORLD).expect("the scenario is sound")
}

fn trials(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("trials");
    group.sample_size(10);
    group.warm_up_time(Duration::from_millis(300));
    group.measurement_time(Duration::from_secs(2));
    // How many trials are played at once, so that each measurement takes some milliseconds.
    for (name, trials) in
        [("korea-2017/first-edition", 4), ("border-crisis", 1024), ("crisis-tree", 8)]
    {
        let model = model(&format!("{name}.toml"));
        group.throughput(Throughput::Elements(trials as u64));
        for (engine, kind) in [("reference", EngineKind::Reference), ("lanes", EngineKind::Lanes)] {
            let played = Engine::new(&model, 1, kind);
            group.bench_function(format!("{name}/{engine}"), |bencher| {
                bencher.iter(|| black_box(played.block(0, trials, &|| true)).expect("no accident"));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, trials);
criterion_main!(benches);
