//! The first test of all: see the library's documentation.

#[tokio::test]
async fn each_stand_in_is_what_its_spec_describes() {
    let found = agreement::differences().await;
    assert!(
        found.is_empty(),
        "{} differences. The tests after this one would say the same in other words.\n{}",
        found.len(),
        agreement::told(&found)
    );
}
