//! The first test of all: see the library's documentation.

#[tokio::test]
async fn each_stand_in_is_what_its_spec_describes() {
    let found = agreement::differences().await;
    // `cargo xtask update` asks for the list alone.
    if let Some(file) = std::env::var_os("AGREEMENT_REPORT") {
        std::fs::write(file, agreement::told(&found)).unwrap();
    }
    assert!(
        found.is_empty(),
        "{} between specs and stand-ins. The tests after this one are not run: they would fail in other words.\n{}",
        match found.len() {
            1 => "1 difference".to_owned(),
            count => format!("{count} differences"),
        },
        agreement::told(&found)
    );
}
