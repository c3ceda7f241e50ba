//! Who is let in, what they can reach, and what a flood of others does.

use std::io::Read;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::json;

use super::client::{Server, last, state, until};

const BORDER: &str = "scenarios/border-crisis.toml";

/// The headers of the page with one of them replaced, or without it.
fn with(server: &Server, name: &str, value: Option<&str>) -> Vec<(&'static str, String)> {
    let mut headers = server.known();
    match value {
        Some(value) => {
            let own = headers.iter_mut().find(|(own, _)| *own == name).expect("it is there");
            value.clone_into(&mut own.1);
        }
        None => headers.retain(|(own, _)| *own != name),
    }
    headers
}

/// A token whose mistakes cancel out, if letters are only added up.
fn with_two_letters_swapped(token: &str) -> String {
    let mut letters: Vec<char> = token.chars().collect();
    let at = (1..letters.len()).find(|at| letters[at - 1] != letters[*at]).expect("two letters");
    letters.swap(at - 1, at);
    letters.into_iter().collect()
}

#[test]
fn other_hosts_origins_and_tokens_are_refused_everywhere() {
    let server = Server::of(BORDER);
    let requests = [
        "GET /",
        "GET /static/main.js",
        "GET /page/0",
        "GET /api/scenario",
        "GET /api/file",
        "GET /api/schema",
        "GET /api/changes",
        "POST /api/play",
        "POST /api/answer",
        "POST /api/check",
        "POST /api/save",
        "POST /api/variant",
        "GET /nothing",
        "OPTIONS /api/play",
        "PUT /api/save",
    ];
    let rebound = format!("evil.example:{}", server.port);
    let port = format!("127.0.0.1:{}", server.port ^ 1);
    let wrong = format!("demarche-{}={}", server.port, "0".repeat(server.token.len()));
    let swapped = format!("demarche-{}={}", server.port, with_two_letters_swapped(&server.token));
    for request in requests {
        for (name, value) in [
            ("Host", Some(rebound.as_str())),
            ("Host", Some(port.as_str())),
            ("Host", None),
            ("Origin", Some("http://evil.example")),
            ("Origin", Some("null")),
            ("Cookie", Some(wrong.as_str())),
            ("Cookie", Some(swapped.as_str())),
            ("Cookie", None),
        ] {
            let answer = server.ask(request, &with(&server, name, value), "{}");
            assert!([400, 403].contains(&answer.status), "{request} {name} {value:?}: {answer:?}");
            assert!(!answer.body.contains("tension"), "{answer:?}");
        }
    }
    // A request of the page is answered, and no other page may read the answer or frame it.
    let page = server.get("/");
    let head = page.head.to_lowercase();
    assert_eq!(page.status, 200);
    for words in
        ["frame-ancestors 'none'", "script-src 'self'", "nosniff", "no-referrer", "same-origin"]
    {
        assert!(head.contains(words), "{words} in {head}");
    }
    assert!(!head.contains("access-control-allow"), "{head}");
    // The body of a form of another page is none that is read.
    let form = with(&server, "Content-Type", Some("text/plain"));
    assert_eq!(server.ask("POST /api/play", &form, "{}").status, 415);
}

#[test]
fn the_address_alone_lets_in_and_gives_a_cookie_that_scripts_cannot_read() {
    let server = Server::of(BORDER);
    let host = vec![("Host", format!("127.0.0.1:{}", server.port))];
    let entered = server.ask(&format!("GET /?token={}", server.token), &host, "");
    assert_eq!(entered.status, 200);
    let head = entered.head.to_lowercase();
    assert!(head.contains("httponly") && head.contains("samesite=strict"), "{head}");
    assert!(!entered.body.contains(&server.token), "the page does not hold the token");
    assert_eq!(server.ask("GET /?token=guess", &host, "").status, 403);
}

#[test]
fn no_other_file_can_be_reached() {
    let server = Server::of(BORDER);
    let secret = server.folder.path().join("secret.txt");
    std::fs::write(&secret, "a secret").expect("a file");
    for path in [
        "/static/../secret.txt",
        "/static/..%2fsecret.txt",
        "/static/%2e%2e/secret.txt",
        "/static/%2fetc%2fpasswd",
        "/../secret.txt",
        "/page/..%2f..%2fsecret.txt",
        "/secret.txt",
        "/out/",
        "//etc/passwd",
        "/static/codemirror.js%00.txt",
    ] {
        let answer = server.get(path);
        assert!([400, 404].contains(&answer.status), "{path}: {answer:?}");
        assert!(!answer.body.contains("a secret") && !answer.body.contains("root:"), "{answer:?}");
    }
    // No question that the page can ask names a file.
    let look = |look: serde_json::Value| {
        let asked = json!({ "tab": "t", "look": look, "variant": state(&[], 5, 1) });
        server.post("/api/answer", &asked).status
    };
    assert_eq!(look(json!({ "verb": "score", "others": ["/etc/passwd"] })), 422);
    let told = server.post("/api/play", &json!({ "tab": "t", "variant": { "policy": "none", "world": "base", "seed": 1, "record": "/etc/passwd" } }));
    assert_eq!(told.status, 422);
    // Names that would lead elsewhere are not written as such.
    let version = server.get("/api/file").json()["version"].clone();
    let asked = json!({ "kind": "policy", "name": "../../x", "title": "x", "variant": state(&[], 5, 1), "version": version, "write": true });
    assert_eq!(server.post("/api/variant", &asked).status, 422);
    let names: Vec<_> = std::fs::read_dir(server.folder.path())
        .expect("the folder")
        .flatten()
        .map(|own| own.file_name())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn what_is_not_understood_is_refused_and_the_server_lives_on() {
    let server = Server::of(BORDER);
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for body in ["", "{", "null", "[]", "{\"tab\":1}", deep.as_str(), "\u{0}"] {
        for path in ["play", "answer", "check", "save", "variant"] {
            let answer = server.ask(&format!("POST /api/{path}"), &server.known(), body);
            assert!((400..500).contains(&answer.status), "{path} {answer:?}");
        }
    }
    let huge = "x".repeat(30 << 20);
    let answer =
        server.ask("POST /api/check", &server.known(), &json!({ "text": huge }).to_string());
    assert!([413, 0].contains(&answer.status), "{}", answer.status);
    let large = "x = 1\n".repeat(900_000);
    let answer = server.post("/api/check", &json!({ "text": large }));
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("at most"), "{}", answer.body);
    for set in [vec!["="], vec!["a"], vec!["\u{202e}=1"], vec!["assumptions.x=1"; 5_000]] {
        let answer = server.post("/api/play", &json!({ "tab": "t", "variant": state(&set, 5, 1) }));
        assert_eq!(answer.status, 200);
        assert!(answer.body.contains("event: mistakes"), "{answer:?}");
    }
    assert_eq!(server.get("/api/scenario").status, 200);
}

/// How much memory a process has, in MiB.
#[cfg(target_os = "linux")]
fn memory(id: u32) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{id}/statm")).expect("it runs");
    let pages: u64 = text.split(' ').nth(1).expect("a number").parse().expect("a number");
    (pages * 4096) >> 20
}

#[cfg(target_os = "linux")]
#[test]
fn a_flood_neither_grows_memory_nor_keeps_out_the_one_who_plays() {
    let server = Server::of(BORDER);
    let playing = json!({ "tab": "mine", "variant": state(&[], 200_000, 1) }).to_string();
    let mut stream = server.send("POST /api/play", &server.known(), &playing);
    let mut some = [0; 512];
    stream.read_exact(&mut some).expect("it plays");
    let before = memory(server.id());
    // Strangers who connect and say nothing, or half of something.
    let silent: Vec<TcpStream> = (0..200)
        .filter_map(|number| {
            let own = TcpStream::connect(("127.0.0.1", server.port)).ok()?;
            if number % 2 == 0 {
                let _ = std::io::Write::write_all(&mut (&own), b"GET / HTTP/1.1\r\nHost: ");
            }
            Some(own)
        })
        .collect();
    // Strangers who ask again and again.
    let strangers: Vec<_> = (0..4)
        .map(|_| {
            let port = server.port;
            std::thread::spawn(move || {
                for _ in 0..200 {
                    let Ok(mut own) = TcpStream::connect(("127.0.0.1", port)) else { continue };
                    let _ = own.set_read_timeout(Some(Duration::from_secs(20)));
                    let _ = std::io::Write::write_all(
                        &mut own,
                        b"GET /api/file HTTP/1.1\r\nHost: x\r\n\r\n",
                    );
                    let _ = own.read(&mut [0; 256]);
                }
            })
        })
        .collect();
    // The page that plays goes on, to its end.
    let begun = Instant::now();
    let mut rest = String::new();
    stream.read_to_string(&mut rest).expect("text");
    assert!(rest.contains("event: done"), "{}", &rest[rest.len().saturating_sub(300)..]);
    // It can ask for more while strangers still wait.
    let told = server.events("/api/play", &json!({ "tab": "mine", "variant": state(&[], 100, 2) }));
    assert_eq!(last(&told, "done")["trials"], 100);
    assert!(begun.elapsed() < Duration::from_secs(90), "{:?}", begun.elapsed());
    let after = memory(server.id());
    assert!(after < before + 100, "from {before} to {after} MiB");
    drop(silent);
    for one in strangers {
        one.join().expect("it ended");
    }
}

#[test]
fn more_plays_than_places_are_refused_in_words() {
    let server = Server::of("scenarios/crisis-tree.toml");
    let play = |tab: &str| {
        let body = json!({ "tab": tab, "variant": state(&[], 1_000_000, 1) }).to_string();
        let mut stream = server.send("POST /api/play", &server.known(), &body);
        until(&mut stream, "event: counts");
        stream
    };
    let held: Vec<TcpStream> = ["a", "b", "c", "d"].map(play).into();
    let fifth = json!({ "tab": "e", "variant": state(&[], 10, 1) });
    let refused = server.post("/api/play", &fifth);
    assert_eq!(refused.status, 429, "{refused:?}");
    assert!(refused.json()["message"].as_str().expect("words").contains("playing"));
    // A place is free again once somebody has gone.
    drop(held);
    let told = server.events("/api/play", &fifth);
    assert_eq!(last(&told, "done")["trials"], 10);
}

#[test]
fn hostile_text_of_a_file_stays_text() {
    let server = Server::of("tests/fixtures/hostile.toml");
    let scenario = server.get("/api/scenario");
    assert_eq!(scenario.status, 200);
    assert!(
        scenario.head.to_lowercase().contains("content-type: application/json"),
        "{}",
        scenario.head
    );
    let page = server.get("/");
    assert!(!page.body.contains("alert("), "nothing of the file is in the page itself");
    let asked = json!({ "tab": "t", "look": { "verb": "run" }, "variant": state(&[], 20, 1) });
    let told = server.events("/api/answer", &asked);
    let shown = server.get(last(&told, "page")["url"].as_str().expect("an address"));
    let head = shown.head.to_lowercase();
    assert!(
        head.contains("sandbox allow-scripts") && !head.contains("allow-same-origin"),
        "{head}"
    );
}
