//! The committed clients of the promises are those that the generator writes now.

use std::path::Path;

#[test]
fn the_committed_clients_of_the_promises_are_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let generated = match xtask::generate::promises(root) {
        Ok(generated) => generated,
        Err(failure) => panic!("the promises can't be generated: {failure:?}"),
    };
    let differences = xtask::write::compare(root, &generated).unwrap();
    let diff: String = differences.iter().map(xtask::write::diff).collect();
    assert!(
        diff.is_empty(),
        "tests/src/promises is not what the generator writes; run `cargo xtask generate --promises` and review what changes:\n{diff}"
    );
}
