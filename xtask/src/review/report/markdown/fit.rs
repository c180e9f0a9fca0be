//! Makes a page fit: details are left out from the end, and the page says how many.

/// More entries than this never fit: the rest is not even written.
const MOST: usize = 500;

/// Entries of a part, and how many more there are.
#[derive(Debug, Default)]
pub(super) struct Entries {
    /// The first ones.
    pub written: Vec<String>,
    /// How many there are in all.
    pub all: usize,
}

impl Entries {
    /// Writes as many as can fit.
    pub(super) fn of<T>(mut all: impl Iterator<Item = T>, write: impl FnMut(T) -> String) -> Self {
        let written: Vec<String> = all.by_ref().take(MOST).map(write).collect();
        let all = written.len() + all.count();
        Self { written, all }
    }
}

/// A part of a page: what always stands, and entries that may be left out.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// Says how much the part matters: of several specs, the parts with a lower rank go first.
    pub rank: u8,
    /// Stands whether there is room for entries or not.
    pub heading: String,
    /// Stands before the first entry.
    pub open: String,
    /// What may be left out, the least important last.
    pub entries: Entries,
    /// Stands after the last entry.
    pub close: String,
    /// Ends the part, as [`Part::heading`] began it.
    pub end: String,
}

impl Part {
    /// What it takes with no entry at all.
    fn least(&self) -> usize {
        self.heading.len() + self.end.len() + left_out(self.entries.all).len()
    }
}

fn left_out(number: usize) -> String {
    match number {
        0 => String::new(),
        1 => "\n… and one more, which `--format html` shows.\n".to_owned(),
        _ => format!("\n… and {number} more, which `--format html` shows.\n"),
    }
}

/// The parts, in order, in at most `room` bytes.
pub(super) fn fit(parts: &[Part], room: usize) -> String {
    let missing = "\nParts of other specs are left out, which `--format html` shows.\n";
    let mut room = room.saturating_sub(missing.len());
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&index| parts[index].rank);

    // First what always stands, then entries, as long as there is room.
    let mut stands = vec![false; parts.len()];
    for &index in &order {
        let least = parts[index].least();
        if least > room {
            break;
        }
        room -= least;
        stands[index] = true;
    }
    let mut shown = vec![0; parts.len()];
    for &index in order.iter().filter(|&&index| stands[index]) {
        let part = &parts[index];
        let frame = part.open.len() + part.close.len();
        let Some(mut left) = room.checked_sub(frame) else {
            continue;
        };
        for entry in &part.entries.written {
            let Some(rest) = left.checked_sub(entry.len()) else {
                break;
            };
            left = rest;
            shown[index] += 1;
        }
        if shown[index] > 0 {
            room = left;
        }
    }

    let mut page = String::new();
    for (index, part) in parts.iter().enumerate().filter(|(index, _)| stands[*index]) {
        page.push_str(&part.heading);
        let entries = &part.entries.written[..shown[index]];
        if !entries.is_empty() {
            page.push_str(&part.open);
            page.extend(entries.iter().map(String::as_str));
            page.push_str(&part.close);
        }
        page.push_str(&left_out(part.entries.all - entries.len()));
        page.push_str(&part.end);
    }
    if stands.contains(&false) {
        page.push_str(missing);
    }
    page
}
