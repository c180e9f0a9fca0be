//! The variants in which the tests are run stand in a script, and on a page.

use crate::page;

#[test]
fn the_page_on_testing_has_the_scripts_table_of_variants() {
    let script = std::fs::read_to_string(page::file(".ci/variants")).unwrap();
    let (_, table) = script.split_once("\ntable='\n").unwrap();
    let (table, rest) = table.split_once("\n'\n").unwrap();
    let table = table.replace(r#"'"'"'"#, "'");
    let mut shown =
        "| name | environment | what runs | when |\n| --- | --- | --- | --- |\n".to_owned();
    for row in table.lines() {
        let cells: Vec<&str> = row.split(" | ").collect();
        assert_eq!(cells.len(), 4, "{row}");
        let name = cells[0];
        assert!(
            rest.contains(&format!("      {name})")),
            "nothing runs `{name}`"
        );
        shown += &format!("| `{name}` | {} |\n", cells[1..].join(" | "));
    }
    page::check_part("docs/testing.md", "variants", &shown);
}
