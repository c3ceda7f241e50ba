//! The live page's server as a process, and a client that says exactly what it is told to say.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// A server of a copy of a scenario file, which ends when it is dropped.
pub struct Server {
    child: Child,
    pub port: u16,
    pub token: String,
    pub file: PathBuf,
    pub folder: TempDir,
}

/// An answer to a request.
#[derive(Debug)]
pub struct HttpAnswer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

/// An event of a stream: its name and its data.
pub type Event = (String, Value);

impl Server {
    /// Serves a copy of a file.
    pub fn of(file: &str) -> Self {
        Self::of_text(&std::fs::read_to_string(file).expect("a scenario"))
    }

    /// Serves a text as a file.
    pub fn of_text(text: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("mine.toml");
        std::fs::write(&file, text).expect("a file");
        let mut child = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .args(["serve", "mine.toml", "-o", "out"])
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let mut line = String::new();
        let out = child.stdout.take().expect("its output");
        BufReader::new(out).read_line(&mut line).expect("the address");
        let address = line.trim().strip_prefix("http://127.0.0.1:").expect("an address here");
        let (port, token) = address.split_once("/?token=").expect("a token");
        let (port, token) = (port.parse().expect("a port"), token.to_owned());
        Server { child, port, token, file, folder }
    }

    /// The headers of a request of the page.
    pub fn known(&self) -> Vec<(&'static str, String)> {
        vec![
            ("Host", format!("127.0.0.1:{}", self.port)),
            ("Origin", format!("http://127.0.0.1:{}", self.port)),
            ("Cookie", format!("demarche-{}={}", self.port, self.token)),
            ("Content-Type", "application/json".to_owned()),
        ]
    }

    /// A connection over which a request was sent.
    pub fn send(&self, request: &str, headers: &[(&str, String)], body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(120))).expect("a time");
        let mut text = format!("{request} HTTP/1.1\r\nConnection: close\r\n");
        for (name, value) in headers {
            text += &format!("{name}: {value}\r\n");
        }
        text += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
        // A server that refuses may close before it has read everything.
        let _ = stream.write_all(text.as_bytes());
        stream
    }

    /// What a request with any headers is answered with.
    pub fn ask(&self, request: &str, headers: &[(&str, String)], body: &str) -> HttpAnswer {
        let mut bytes = Vec::new();
        // A connection that is closed early has said what it has to say.
        let _ = self.send(request, headers, body).read_to_end(&mut bytes);
        HttpAnswer::of(&bytes)
    }

    /// What the page gets.
    pub fn get(&self, path: &str) -> HttpAnswer {
        self.ask(&format!("GET {path}"), &self.known(), "")
    }

    /// What the page is told when it sends an object.
    pub fn post(&self, path: &str, body: &Value) -> HttpAnswer {
        self.ask(&format!("POST {path}"), &self.known(), &body.to_string())
    }

    /// The events of a stream, to its end.
    pub fn events(&self, path: &str, body: &Value) -> Vec<Event> {
        let answer = self.post(path, body);
        assert_eq!(answer.status, 200, "{answer:?}");
        events(&answer.body)
    }

    /// The process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Where run folders go.
    pub fn output(&self) -> PathBuf {
        self.folder.path().join("out")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl HttpAnswer {
    fn of(bytes: &[u8]) -> Self {
        let at = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..at]).into_owned();
        let rest = bytes.get(at + 4..).unwrap_or_default();
        let status = head.split(' ').nth(1).and_then(|own| own.parse().ok()).unwrap_or(0);
        let is_chunked = head.to_lowercase().contains("transfer-encoding: chunked");
        let body = if is_chunked { unchunked(rest) } else { rest.to_vec() };
        HttpAnswer { status, head, body: String::from_utf8_lossy(&body).into_owned() }
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// A body that was sent in chunks.
fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(at) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = std::str::from_utf8(&rest[..at]).ok();
        let Some(size) = size.and_then(|own| usize::from_str_radix(own, 16).ok()) else { break };
        body.extend(rest.get(at + 2..at + 2 + size).unwrap_or_default());
        rest = rest.get(at + size + 4..).unwrap_or_default();
    }
    body
}

/// The events of a text.
pub fn events(text: &str) -> Vec<Event> {
    let event = |block: &str| {
        let line = |key: &str| block.lines().find_map(|line| line.strip_prefix(key)).map(str::trim);
        let data = serde_json::from_str(line("data:")?).expect("JSON");
        Some((line("event:")?.to_owned(), data))
    };
    text.split("\n\n").filter_map(event).collect()
}

/// Reads what comes until some words were among it.
pub fn until(stream: &mut TcpStream, words: &str) {
    let mut seen = Vec::new();
    let mut some = [0; 1024];
    while !String::from_utf8_lossy(&seen).contains(words) {
        let read = stream.read(&mut some).expect("it goes on");
        assert!(read > 0, "no {words} in {}", String::from_utf8_lossy(&seen));
        seen.extend(&some[..read]);
    }
}

/// The data of the last event with a name.
pub fn last<'e>(events: &'e [Event], name: &str) -> &'e Value {
    let own = events.iter().rev().find(|(own, _)| own == name);
    &own.unwrap_or_else(|| panic!("no {name} in {events:?}")).1
}

/// A state of the controls.
pub fn state(set: &[&str], n: u64, seed: u64) -> Value {
    serde_json::json!({ "policy": "none", "world": "base", "set": set, "n": n, "seed": seed })
}

/// The only run folder below a folder.
pub fn only_run(folder: &Path) -> PathBuf {
    let inner = |folder: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).expect("a folder").flatten();
        entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
    };
    let [scenario] = &inner(folder)[..] else { panic!("one scenario in {folder:?}") };
    let [run] = &inner(scenario)[..] else { panic!("one run in {scenario:?}") };
    run.clone()
}
