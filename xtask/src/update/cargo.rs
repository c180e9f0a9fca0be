//! Cargo, as the update runs it.

use std::path::Path;
use std::process::{Command, Output};

/// How many lines of a failure without a known form are shown.
const SHOWN: usize = 20;

/// A run of `cargo test`.
pub struct Run(Output);

/// Runs `cargo test --workspace` with these arguments and variables. Always the whole workspace: with fewer packages other features are
/// on, and everything would be built once more.
pub fn test(root: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Result<Run, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(&cargo);
    // `cargo run` names xtask's package to us. Build scripts that look at these names would run again, and all that depends on them
    // would be built twice: here, and by the next `cargo test`.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
        .args(["test", "--workspace", "--message-format", "short"])
        .args(arguments)
        .envs(variables.iter().copied())
        .env("CARGO_TERM_COLOR", "never")
        .current_dir(root);
    let output = command.output();
    output
        .map(Run)
        .map_err(|error| format!("{} can't be run: {error}", cargo.to_string_lossy()))
}

impl Run {
    pub fn succeeded(&self) -> bool {
        self.0.status.success()
    }

    /// What has to be mended: errors of the compiler with their places, and tests that fail; the end of what was printed where it is neither.
    pub fn complaints(&self) -> Vec<String> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        complaints(&text(&self.0.stderr), &text(&self.0.stdout))
    }
}

fn complaints(stderr: &str, stdout: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in stderr.lines().filter(|line| is_compile_error(line)) {
        // A library is compiled twice, with its tests and without.
        if !found.iter().any(|known| known == line) {
            found.push(line.to_owned());
        }
    }
    let failed = stdout
        .lines()
        .filter_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... FAILED"));
    found.extend(failed.map(|name| format!("the test `{name}` fails; run it to see why")));
    if found.is_empty() {
        let lines: Vec<&str> = stderr.lines().collect();
        found.push(lines[lines.len().saturating_sub(SHOWN)..].join("\n"));
    }
    found
}

/// `file:line:column: error…`
fn is_compile_error(line: &str) -> bool {
    let mut parts = line.splitn(4, ':').skip(1);
    let mut number = || parts.next().is_some_and(|part| part.parse::<u32>().is_ok());
    number()
        && number()
        && parts
            .next()
            .is_some_and(|rest| rest.trim_start().starts_with("error"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_the_compiler_and_failing_tests_are_told_once_and_nothing_else_is() {
        let stderr = "   Compiling a v1\n\
            crates/a/src/x.rs:34:12: error[E0609]: no field `sum` on type `Cart`\n\
            crates/a/src/x.rs:34:12: error[E0609]: no field `sum` on type `Cart`\n\
            crates/a/src/x.rs:9:1: warning: unused\n\
            error: could not compile `a`\n";
        assert_eq!(
            complaints(stderr, ""),
            ["crates/a/src/x.rs:34:12: error[E0609]: no field `sum` on type `Cart`"]
        );
        let stdout = "test a::b ... ok\ntest a::c ... FAILED\nerror: x\n";
        assert_eq!(
            complaints("error: test failed", stdout),
            ["the test `a::c` fails; run it to see why"]
        );
        assert_eq!(complaints("error: no network", "")[0], "error: no network");
    }
}
