//! Runs the program with nothing in its environment but what a test gives it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::thread;

use cartwright_sandbox::Exchange;
use serde_json::Value;

use crate::schema;

/// The program with these arguments, and an empty environment.
pub fn cart(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cart"));
    command.args(arguments).env_clear().stdin(Stdio::null());
    command
}

/// What a run of the program left behind.
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// Runs the program. What it prints as JSON is held against the schema, whatever the test is about.
    pub fn of(command: &mut Command) -> Self {
        let Output {
            status,
            stdout,
            stderr,
        } = command.output().unwrap();
        let run = Self {
            code: status.code(),
            stdout: String::from_utf8(stdout).unwrap(),
            stderr: String::from_utf8(stderr).unwrap(),
        };
        if schema::is_promised(command) {
            schema::assert_kept(&run.stdout, &run.stderr);
        }
        run
    }

    /// The result as JSON, of a run that went well.
    pub fn json(&self) -> Value {
        assert_eq!(self.code, Some(0), "{}", self.stderr);
        serde_json::from_str(&self.stdout).unwrap()
    }

    /// The error as JSON, and the exit code, of a run that printed nothing else.
    pub fn error(&self) -> (i32, Value) {
        assert_eq!(self.stdout, "", "{}", self.stderr);
        let said: Value = serde_json::from_str(&self.stderr).unwrap();
        (self.code.unwrap(), said["error"].clone())
    }

    /// The words on standard error, however they are wrapped.
    pub fn told(&self) -> String {
        self.stderr.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Everything of the run, for a snapshot.
    pub fn shown(&self) -> String {
        let Self {
            code,
            stdout,
            stderr,
        } = self;
        let code = code.map_or("none".to_owned(), |code| code.to_string());
        format!("exit code: {code}\n--- stdout\n{stdout}--- stderr\n{stderr}")
    }
}

/// Runs the program with these arguments.
pub fn run(arguments: &[&str]) -> Run {
    Run::of(&mut cart(arguments))
}

/// `cart sandbox` as a process of its own, which ends with the test.
pub struct Served {
    child: Killed,
    stdout: BufReader<ChildStdout>,
    /// The names and values that point the program at its stand-ins, for all vendors.
    pub environment: Vec<(String, String)>,
    pub address: String,
    /// Whether its answers have been held against the specs; a sandbox that has ended can't be asked.
    is_checked: bool,
}

impl Served {
    pub fn start() -> Self {
        Self::with_seed("0")
    }

    pub fn with_seed(seed: &str) -> Self {
        Self::with(&["--seed", seed])
    }

    /// With these arguments of `cart sandbox`.
    pub fn with(arguments: &[&str]) -> Self {
        let mut child = Killed(
            cart(&["sandbox", "--port", "0", "-o", "json"])
                .args(arguments)
                .stdout(Stdio::piped())
                .spawn()
                .unwrap(),
        );
        let mut stdout = BufReader::new(child.0.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        schema::assert_kept(&line, "");
        let said: Value = serde_json::from_str(&line).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let vendors = said["vendors"].as_array().unwrap();
        let environment = vendors
            .iter()
            .flat_map(|vendor| vendor["environment"].as_object().unwrap());
        Self {
            environment: environment
                .map(|(name, value)| (name.clone(), text(value)))
                .collect(),
            address: text(&said["address"]),
            stdout,
            child,
            is_checked: false,
        }
    }

    /// Runs the program against this sandbox.
    pub fn run(&self, arguments: &[&str]) -> Run {
        Run::of(cart(arguments).envs(self.environment.iter().cloned()))
    }

    /// A setting that points the program here.
    pub fn setting(&self, name: &str) -> &str {
        let found = self.environment.iter().find(|(known, _)| known == name);
        &found.unwrap().1
    }

    /// What an admin call of the sandbox gives.
    pub fn ask(&self, call: &str) -> String {
        let (status, body) = self.call("GET", call, "");
        assert_eq!(status, "200", "{body}");
        body
    }

    /// Posts to the sandbox itself.
    pub fn tell(&self, call: &str, body: &Value) {
        let (status, answer) = self.call("POST", call, &body.to_string());
        assert_eq!(status, "204", "{answer}");
    }

    fn call(&self, method: &str, call: &str, body: &str) -> (String, String) {
        let authority = self.address.trim_start_matches("http://");
        let mut stream = TcpStream::connect(authority).unwrap();
        let request = format!(
            "{method} /_sandbox/{call} HTTP/1.1\r\nhost: {authority}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let status = answer.split(' ').nth(1).unwrap().to_owned();
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        (status, body.to_owned())
    }

    /// Checks that each answer so far was what its vendor's spec says.
    fn check(&self) {
        let exchanges: Vec<Exchange> = serde_json::from_str(&self.ask("exchanges")).unwrap();
        cartwright_contract::assert_kept(&exchanges);
    }

    /// Sends a signal and waits for the end: the exit code, and what was printed since the start.
    pub fn end_by(mut self, signal: &str) -> (Option<i32>, String) {
        self.check();
        self.is_checked = true;
        let id = self.child.0.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-s", signal, &id])
                .status()
                .unwrap()
                .success()
        );
        let status = self.child.0.wait().unwrap();
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).unwrap();
        (status.code(), rest)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if !self.is_checked && !thread::panicking() {
            self.check();
        }
    }
}

/// A process that does not outlive its test, also when the test fails.
pub struct Killed(pub Child);

impl Drop for Killed {
    fn drop(&mut self) {
        // A process that has ended already can't be killed, and need not be.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
