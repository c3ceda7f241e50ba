//! The file: edited, saved, given further policies and worlds, and never overwritten once it changed.

use std::fs;

use serde_json::{Value, json};

use super::client::{Event, Server, last, state};

const BORDER: &str = "scenarios/border-crisis.toml";

fn version(server: &Server) -> Value {
    server.get("/api/file").json()["version"].clone()
}

/// The counts of a state that was played to its end.
fn counts(server: &Server, variant: &Value) -> Value {
    let told: Vec<Event> = server.events("/api/play", &json!({ "tab": "t", "variant": variant }));
    last(&told, "counts")["outcomes"].clone()
}

#[test]
fn a_state_is_saved_as_a_policy_that_plays_the_same() {
    let server = Server::of(BORDER);
    let before = fs::read_to_string(&server.file).expect("the file");
    let set = ["assumptions.cost_of_war=0.8", "state.tension.start=0.7"];
    let mut variant = state(&set, 400, 3);
    variant["policy"] = json!("restraint");
    let mut asked = json!({
        "kind": "policy", "name": "mine", "title": "Mine", "variant": variant,
        "version": version(&server), "write": false,
    });
    let preview = server.post("/api/variant", &asked);
    assert_eq!(preview.status, 200, "{preview:?}");
    let preview = preview.json();
    assert_eq!(fs::read_to_string(&server.file).expect("the file"), before, "only shown");
    let lines = preview["lines"].as_array().expect("lines");
    assert!(
        lines.iter().any(|own| own["is"] == "added" && own["text"] == "[policies.mine]"),
        "{lines:?}"
    );
    assert!(lines.iter().all(|own| own["is"] != "removed"), "{lines:?}");
    asked["write"] = json!(true);
    let written = server.post("/api/variant", &asked);
    assert_eq!(written.status, 200, "{written:?}");
    let after = fs::read_to_string(&server.file).expect("the file");
    assert_eq!(after, preview["text"].as_str().expect("a text"));
    assert!(before.lines().all(|line| after.lines().any(|own| own == line)), "a line is lost");
    let played = counts(&server, &variant);
    let mut saved = state(&[], 400, 3);
    saved["policy"] = json!("mine");
    assert_eq!(counts(&server, &saved), played);
    assert_ne!(counts(&server, &state(&[], 400, 3)), played);
    // The same name again.
    asked["version"] = version(&server);
    let twice = server.post("/api/variant", &asked);
    assert_eq!(twice.status, 422);
    assert!(twice.body.contains("called `mine` already"), "{twice:?}");
}

#[test]
fn a_state_is_saved_as_a_world_too_and_names_must_be_names() {
    let server = Server::of(BORDER);
    let ask = |name: &str, kind: &str| {
        let variant = state(&["assumptions.cost_of_war=0.8"], 10, 1);
        server.post(
            "/api/variant",
            &json!({
                "kind": kind, "name": name, "title": "T", "variant": variant,
                "version": version(&server), "write": true,
            }),
        )
    };
    assert_eq!(ask("costly", "world").status, 200);
    let worlds = server.get("/api/scenario").json()["worlds"].clone();
    assert!(worlds.as_array().expect("worlds").iter().any(|own| own["id"] == "costly"), "{worlds}");
    for (name, words) in
        [("", "needs a name"), ("not a name", "name"), ("none", ""), ("a]\nformat = 2", "")]
    {
        let answer = ask(name, "policy");
        assert_eq!(answer.status, 422, "{name}: {answer:?}");
        assert!(answer.body.contains(words), "{name}: {answer:?}");
    }
}

#[test]
fn a_file_that_changed_on_disk_is_not_overwritten() {
    let server = Server::of(BORDER);
    let file = server.get("/api/file").json();
    let text = file["text"].as_str().expect("a text");
    let mine = format!("{text}\n# mine\n");
    let saved = server.post("/api/save", &json!({ "text": mine, "version": file["version"] }));
    assert_eq!(saved.status, 200, "{saved:?}");
    assert_eq!(saved.json()["mistakes"], json!([]));
    assert_eq!(fs::read_to_string(&server.file).expect("the file"), mine);
    let theirs = format!("{text}\n# theirs\n");
    fs::write(&server.file, &theirs).expect("somebody else writes");
    let version = saved.json()["version"].clone();
    let again = server.post("/api/save", &json!({ "text": mine, "version": version }));
    assert_eq!(again.status, 409, "{again:?}");
    assert_eq!(fs::read_to_string(&server.file).expect("the file"), theirs);
    let variant = json!({
        "kind": "policy", "name": "mine", "title": "Mine", "variant": state(&[], 10, 1),
        "version": version, "write": true,
    });
    assert_eq!(server.post("/api/variant", &variant).status, 409);
    assert_eq!(fs::read_to_string(&server.file).expect("the file"), theirs);
}

#[test]
fn mistakes_are_told_with_their_places_and_a_broken_file_can_be_mended() {
    let server = Server::of_text("format = 1\n[scenario]\nsteps = 0\nstepz = 1\n");
    let scenario = server.get("/api/scenario");
    assert_eq!(scenario.status, 422);
    let told = scenario.json();
    assert!(told["mistakes"].as_array().expect("mistakes").len() >= 2, "{told}");
    assert_eq!(told["file"], "mine.toml");
    let text = fs::read_to_string(BORDER).expect("a scenario");
    let broken = text.replacen("rationality", "rationalty", 1);
    let checked = server.post("/api/check", &json!({ "text": broken })).json();
    let first = &checked["mistakes"][0];
    assert!(first["line"].is_u64() && first["column"].is_u64(), "{checked}");
    assert!(checked.to_string().contains("rationality"), "{checked}");
    let saved = server.post("/api/save", &json!({ "text": text, "version": told["version"] }));
    assert_eq!(saved.status, 200);
    assert_eq!(server.get("/api/scenario").status, 200);
}

#[test]
fn the_page_hears_when_the_file_changes() {
    let server = Server::of(BORDER);
    let stream = server.send("GET /api/changes", &server.known(), "");
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(stream));
    let mut next = || {
        let mut data = lines.by_ref().map(|line| line.expect("a line"));
        data.find_map(|line| line.strip_prefix("data:").map(str::to_owned)).expect("an event")
    };
    let first = next();
    fs::write(&server.file, format!("{}\n# more\n", fs::read_to_string(BORDER).expect("text")))
        .expect("saved");
    let second = next();
    assert_ne!(first, second);
    assert!(second.contains(version(&server).as_str().expect("a version")), "{second}");
}
