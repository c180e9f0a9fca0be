//! Tables that fit: long cells are broken over lines, and where even that is too wide, each row becomes a list.

use comfy_table::{Cell, CellAlignment, Table, presets};

use crate::layout::{LongWord, columns, labelled, wrap};

/// A column of a table.
pub(crate) struct Column {
    title: &'static str,
    is_number: bool,
    /// Whether its cells may be broken over lines. An id may not.
    breaks: bool,
}

/// The least width of a column whose cells are broken.
const LEAST: usize = 12;

impl Column {
    /// Words that may be broken over lines.
    pub(crate) const fn words(title: &'static str) -> Self {
        Self {
            title,
            is_number: false,
            breaks: true,
        }
    }

    /// A text that stays whole.
    pub(crate) const fn whole(title: &'static str) -> Self {
        Self {
            title,
            is_number: false,
            breaks: false,
        }
    }

    /// A number, at the right.
    pub(crate) const fn number(title: &'static str) -> Self {
        Self {
            title,
            is_number: true,
            breaks: false,
        }
    }

    /// An amount and perhaps a word on it, at the right.
    pub(crate) const fn amount(title: &'static str) -> Self {
        Self {
            title,
            is_number: true,
            breaks: true,
        }
    }
}

/// The table in at most this many columns of the terminal; `None` if it can't be made as narrow.
pub(crate) fn table(columns: &[Column], rows: &[Vec<String>], width: usize) -> Option<String> {
    let widths = widths(columns, rows, width)?;
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN);
    table.set_header(columns.iter().map(|column| column.title));
    for row in rows {
        table.add_row(
            row.iter()
                .zip(columns)
                .zip(&widths)
                .map(|((text, column), width)| {
                    let cell = Cell::new(wrap(text, *width, LongWord::Broken).join("\n"));
                    match column.is_number {
                        true => cell.set_alignment(CellAlignment::Right),
                        false => cell,
                    }
                }),
        );
    }
    Some(table.trim_fmt())
}

/// Each row as a list of what its columns say, an empty line between two.
pub(crate) fn lists(columns: &[Column], rows: &[Vec<String>], width: usize) -> String {
    let list = |row: &Vec<String>| {
        let facts: Vec<(String, String)> = columns
            .iter()
            .zip(row)
            .map(|(column, text)| (column.title.to_owned(), text.clone()))
            .collect();
        labelled(&facts, 0, width)
    };
    rows.iter().map(list).collect::<Vec<_>>().join("\n\n")
}

/// How wide each column's text becomes: the widest that may be broken give way first.
fn widths(columns: &[Column], rows: &[Vec<String>], width: usize) -> Option<Vec<usize>> {
    let mut widths: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let cells = rows.iter().filter_map(|row| row.get(at));
            let widest = cells.map(|text| self::columns(text)).max().unwrap_or(0);
            widest.max(self::columns(column.title))
        })
        .collect();
    // A bar and a blank before each, a blank behind it, and the last bar.
    let room = width.checked_sub(3 * columns.len() + 1)?;
    loop {
        let all = widths
            .iter()
            .fold(0, |all: usize, one| all.saturating_add(*one));
        let excess = all.saturating_sub(room);
        if excess == 0 {
            return Some(widths);
        }
        let least = |at: usize| {
            columns
                .get(at)
                .map_or(0, |column| self::columns(column.title))
                .max(LEAST)
        };
        let (at, widest) = widths
            .iter()
            .copied()
            .enumerate()
            .filter(|(at, width)| {
                columns.get(*at).is_some_and(|column| column.breaks) && *width > least(*at)
            })
            .max_by_key(|(_, width)| *width)?;
        // No further than to the next widest, which gives way with it from there on.
        let next = widths
            .iter()
            .enumerate()
            .filter(|(other, width)| {
                *other != at
                    && **width < widest
                    && columns.get(*other).is_some_and(|column| column.breaks)
            })
            .map(|(_, width)| *width)
            .max()
            .unwrap_or(0);
        let less = (widest - next).min(excess).min(widest - least(at)).max(1);
        if let Some(width) = widths.get_mut(at) {
            *width -= less;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [Column; 3] = [
        Column::whole("id"),
        Column::words("name"),
        Column::amount("total"),
    ];

    fn rows() -> Vec<Vec<String>> {
        vec![vec![
            "06c45d18-8009".to_owned(),
            "A T-Shirt of blue cotton".to_owned(),
            "4.50 (subtotal)".to_owned(),
        ]]
    }

    #[test]
    fn the_widest_cell_that_may_be_broken_is_and_an_id_never() {
        assert_eq!(
            table(&COLUMNS, &rows(), 54).unwrap(),
            "\
| id            | name         | total           |
|---------------|--------------|-----------------|
| 06c45d18-8009 | A T-Shirt of | 4.50 (subtotal) |
|               | blue cotton  |                 |"
        );
        assert_eq!(table(&COLUMNS, &rows(), 40), None);
        for width in 47..80 {
            let shown = table(&COLUMNS, &rows(), width).unwrap();
            assert!(
                shown.lines().all(|line| columns(line) <= width),
                "{width}:\n{shown}"
            );
        }
    }

    #[test]
    fn a_row_becomes_a_list_where_a_table_has_no_room() {
        assert_eq!(
            lists(&COLUMNS, &rows(), 30),
            "\
id     06c45d18-8009
name   A T-Shirt of blue
       cotton
total  4.50 (subtotal)"
        );
    }

    #[test]
    fn a_text_of_any_length_is_shown_whole() {
        let long = "名".repeat(70_000);
        let row = vec!["1".to_owned(), long.clone(), long.clone()];
        let shown = table(&COLUMNS, &[row], 80).unwrap();
        assert_eq!(shown.matches('名').count(), 140_000);
    }
}
