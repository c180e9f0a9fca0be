//! Every fault against every verb of every vendor: what a caller is told, and how often the vendor was asked.

mod cell;
pub mod column;
mod expected;
mod page;
mod place;
mod row;

use std::sync::Arc;
use std::time::Instant;

use cartwright::{HttpTransport, Transport, Vendor};
use cartwright_tests::page::check;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use cell::{Cell, run};
use column::{Column, columns};
use expected::{EXCEPTIONS, Strikes, expected};
use page::{ByVendor, Outcomes, page};
use row::{Row, Times, rows};

/// So many that waiting takes no time from the others, and so few that none waits long for a processor.
const AT_ONCE: usize = 24;

type Running = JoinHandle<(Option<Cell>, Option<Cell>)>;

fn start(
    row: &Arc<Row>,
    column: Column,
    wire: &Arc<dyn Transport>,
    turns: &Arc<Semaphore>,
) -> Running {
    let (row, wire, turns) = (row.clone(), wire.clone(), turns.clone());
    tokio::spawn(async move {
        let _turn = turns.acquire().await.expect("it is never closed");
        let always = run(&row, column, Strikes::Always, wire.clone()).await;
        // What is sent once is struck once.
        let differs = expected(&row, &column, Strikes::Always).attempts > 1;
        let once = match differs {
            true => run(&row, column, Strikes::Once, wire).await,
            false => None,
        };
        (always, once)
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_is_told_as_documented_and_nothing_is_done_twice() {
    let begun = Instant::now();
    let wire: Arc<dyn Transport> = Arc::new(HttpTransport::builder().build().unwrap());
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let mut rows: Vec<Arc<Row>> = rows().into_iter().map(Arc::new).collect();
    for exception in EXCEPTIONS {
        let is_used = |row: &Arc<Row>| {
            let mut columns = Vendor::ALL.iter().copied().flat_map(columns);
            columns.any(|column| exception.fits(row, &column))
        };
        assert!(rows.iter().any(is_used), "no cell is {}", exception.head());
    }
    // What is measured in seconds comes first, and alone.
    let is_timed = |row: &Row| matches!(row.times, Times::ShortAttempt | Times::ShortCall);
    rows.sort_by_key(|row| !is_timed(row));

    let (mut told, mut problems, mut cells) = (Vec::new(), Vec::new(), 0);
    for timed in [true, false] {
        let _alone = match timed {
            true => Some(crate::TIMED.write().await),
            false => None,
        };
        let mut running: Vec<(Arc<Row>, ByVendor<Running>)> = Vec::new();
        for row in rows.iter().filter(|row| is_timed(row) == timed) {
            let by_vendor = Vendor::ALL.iter().map(|&vendor| {
                let columns = columns(vendor).into_iter();
                let started = columns.map(|column| start(row, column, &wire, &turns));
                (vendor, started.collect())
            });
            running.push((row.clone(), by_vendor.collect()));
        }
        for (row, by_vendor) in running {
            let mut outcomes_by_vendor = Vec::new();
            for (vendor, started) in by_vendor {
                let mut outcomes: Vec<Outcomes> = Vec::new();
                for one in started {
                    let (always, once) = match one.await {
                        Ok(done) => done,
                        Err(panicked) => {
                            problems.push(format!("{vendor}, {}: {panicked}", row.name));
                            (None, None)
                        }
                    };
                    for cell in always.iter().chain(&once) {
                        cells += 1;
                        problems.extend(cell.problems.iter().cloned());
                    }
                    let once = once.map(|cell| cell.outcome);
                    outcomes.push(always.map(|always| (always.outcome, once)));
                }
                outcomes_by_vendor.push((vendor, outcomes));
            }
            told.push((row.name.clone(), outcomes_by_vendor));
        }
    }
    println!("{cells} cells in {:.1} s", begun.elapsed().as_secs_f64());
    assert!(
        problems.is_empty(),
        "{} problems:\n{}",
        problems.len(),
        problems.join("\n")
    );
    check("docs/faults.md", &page(&told));
}
