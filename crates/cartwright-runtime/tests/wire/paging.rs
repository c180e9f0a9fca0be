//! Walking lists: what is fetched, when a list ends, and that a failure loses nothing.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use cartwright_runtime::client::{Error, Fetched, Operation, PagedCall, Position, ResponseValue};
use cartwright_runtime::{Items, Pages, PagingError};
use futures_core::Stream;

use crate::server::OPEN;

/// What the vendor answers to one request: the elements, and what it tells of the pages; `None`: it fails.
type Answer<P> = Option<(Vec<u32>, Option<P>)>;

/// A call to a vendor that answers by the number of the request, counted from 0, and by the page that is asked for.
struct Call<P> {
    position: Option<P>,
    vendor: Arc<Vendor<P>>,
}

struct Vendor<P> {
    answer: fn(usize, Option<P>) -> Answer<P>,
    asked: Mutex<Vec<Option<P>>>,
}

/// An answer: the elements, and what it tells.
#[derive(Clone, Debug, PartialEq)]
struct Page<P> {
    numbers: Option<Vec<u32>>,
    told: Option<P>,
}

impl<P> Clone for Call<P>
where
    P: Clone,
{
    fn clone(&self) -> Self {
        Self {
            position: self.position.clone(),
            vendor: self.vendor.clone(),
        }
    }
}

impl<P> PagedCall for Call<P>
where
    P: Position + PartialEq + Send + 'static,
{
    type Page = Page<P>;
    type Item = u32;
    type Failure = ();
    type Position = P;

    const OPERATION: &'static Operation = &OPEN;

    fn fetch<'f>(self) -> Fetched<'f, Page<P>, ()> {
        Box::pin(async move {
            let count = {
                let mut asked = self.vendor.asked.lock().unwrap();
                asked.push(self.position.clone());
                asked.len() - 1
            };
            // As long as a request is on its way, it is on its way.
            tokio::task::yield_now().await;
            let Some((numbers, told)) = (self.vendor.answer)(count, self.position) else {
                return Err(Error::InvalidRequest("no luck".to_owned()));
            };
            let response = http::Response::new(Vec::new()).into();
            let numbers = Some(numbers).filter(|numbers| !numbers.is_empty());
            Ok(ResponseValue::empty(response).map(|()| Page { numbers, told }))
        })
    }

    fn position(&self) -> Option<P> {
        self.position.clone()
    }

    fn at(self, position: P) -> Self {
        Self {
            position: Some(position),
            ..self
        }
    }

    fn told(page: &Page<P>) -> Option<P> {
        page.told.clone()
    }

    fn list(page: &mut Page<P>) -> Option<&mut Vec<u32>> {
        page.numbers.as_mut()
    }
}

fn call<P: Clone>(position: Option<P>, answer: fn(usize, Option<P>) -> Answer<P>) -> Call<P> {
    Call {
        position,
        vendor: Arc::new(Vendor {
            answer,
            asked: Mutex::default(),
        }),
    }
}

/// The elements up to the end or to the first error, and that error.
async fn walk<P>(call: &Call<P>) -> (Vec<u32>, Option<Error>)
where
    P: Position + PartialEq + Send + 'static,
{
    let mut items = Items::new(call.clone());
    let mut seen = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => seen.push(item),
            Err(error) => return (seen, Some(error)),
        }
    }
    assert!(items.next().await.is_none(), "an end stays one");
    (seen, None)
}

fn asked<P: Clone>(call: &Call<P>) -> Vec<Option<P>> {
    call.vendor.asked.lock().unwrap().clone()
}

fn why(error: Option<Error>) -> Option<PagingError> {
    match error? {
        Error::Paging { operation, source } => {
            assert_eq!(operation.id, "ping");
            Some(source)
        }
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn numbered_pages_are_walked_by_what_the_latest_answer_counts() {
    type Vendor = fn(usize, Option<i64>) -> Answer<i64>;
    let cases: [(&str, Option<i64>, Vendor, &[u32]); 8] = [
        ("one page", None, |_, _| Some((vec![1], Some(1))), &[1]),
        ("no page", None, |_, _| Some((vec![], Some(0))), &[]),
        (
            "an empty page between others",
            None,
            |n, _| Some(([vec![1], vec![], vec![3]][n].clone(), Some(3))),
            &[1, 3],
        ),
        (
            "a list that grows",
            None,
            |n, _| Some((vec![n as u32], Some([1, 2, 2][n].max(2)))),
            &[0, 1],
        ),
        (
            "a list that shrinks",
            None,
            |n, _| Some((vec![n as u32], Some([5, 2][n]))),
            &[0, 1],
        ),
        (
            "a start in the middle",
            Some(3),
            |_, page| Some((vec![page.unwrap() as u32], Some(4))),
            &[3, 4],
        ),
        (
            "a start behind the end",
            Some(9),
            |_, _| Some((vec![], Some(4))),
            &[],
        ),
        (
            "no count",
            None,
            |n, _| Some(([vec![1], vec![2], vec![]][n].clone(), None)),
            &[1, 2],
        ),
    ];
    for (what, start, answer, expected) in cases {
        let (seen, error) = walk(&call(start, answer)).await;
        assert_eq!(seen, expected, "{what}");
        assert!(error.is_none(), "{what}: {error:?}");
    }
}

#[tokio::test]
async fn the_first_request_is_the_callers_own_and_the_next_ones_name_their_page() {
    let counted = call(None, |n, _| Some((vec![n as u32], Some(3))));
    walk(&counted).await;
    assert_eq!(asked(&counted), [None, Some(2), Some(3)]);
    let followed = call(Some("m".to_owned()), |n, _| {
        Some((vec![n as u32], [Some("n".to_owned()), None][n].clone()))
    });
    walk(&followed).await;
    assert_eq!(
        asked(&followed),
        [Some("m".to_owned()), Some("n".to_owned())]
    );
}

#[tokio::test]
async fn the_last_number_there_is_ends_a_list() {
    let (seen, error) = walk(&call(Some(i64::MAX), |_, _| Some((vec![1], None)))).await;
    assert_eq!((seen, why(error)), (vec![1], None));
}

/// The cursor of this text.
fn to(cursor: &str) -> Option<String> {
    Some(cursor.to_owned())
}

#[tokio::test]
async fn a_cursor_ends_a_list_by_its_absence_or_by_an_empty_page_that_repeats_it() {
    type Vendor = fn(usize, Option<String>) -> Answer<String>;
    let cases: [(&str, Vendor); 4] = [
        ("absent", |n, _| {
            Some([(vec![1], to("a")), (vec![2], None)][n].clone())
        }),
        ("empty", |n, _| {
            Some([(vec![1], to("a")), (vec![2], to(""))][n].clone())
        }),
        ("repeated", |n, _| {
            Some([(vec![1, 2], to("a")), (vec![], to("a"))][n].clone())
        }),
        ("an empty page with another", |n, _| {
            Some([(vec![1], to("a")), (vec![], to("b")), (vec![2], None)][n].clone())
        }),
    ];
    for (what, answer) in cases {
        let (seen, error) = walk(&call(None, answer)).await;
        assert_eq!((seen, why(error)), (vec![1, 2], None), "{what}");
    }
}

#[tokio::test]
async fn a_list_that_would_never_end_is_refused_after_all_that_it_has() {
    let cursor = call(to("a"), |n, _| {
        Some([(vec![1], to("b")), (vec![2], to("c")), (vec![3], to("a"))][n].clone())
    });
    let (seen, error) = walk(&cursor).await;
    assert_eq!(seen, [1, 2, 3]);
    assert_eq!(why(error), Some(PagingError::RepeatedCursor));
    assert_eq!(asked(&cursor).len(), 3, "no cursor is followed twice");

    let page = call(None, |_, _: Option<i64>| Some((vec![1, 2], Some(7))));
    let (seen, error) = walk(&page).await;
    assert_eq!(seen, [1, 2]);
    assert_eq!(why(error), Some(PagingError::RepeatedPage));

    let growing = call(None, |n, _| Some((vec![], Some(n as i64 + 2))));
    let (seen, error) = walk(&growing).await;
    assert!(seen.is_empty());
    assert_eq!(why(error), Some(PagingError::EmptyPages));
    assert_eq!(asked(&growing).len(), 1000);
}

#[tokio::test]
async fn a_refused_list_is_over() {
    let mut pages = Pages::new(call(None, |_, _: Option<i64>| Some((vec![1], Some(7)))));
    assert!(pages.next().await.unwrap().is_ok());
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(
        error.to_string(),
        "ping: the vendor answered the same page twice, so the list would never end"
    );
    assert_eq!(error.operation().unwrap().id, "ping");
    assert!(error.status().is_none() && error.headers().is_none() && error.body().is_none());
    assert!(matches!(error.into_untyped(), Error::Paging { .. }));
    assert!(pages.next().await.is_none());
    assert!(format!("{pages:?}").contains("is_over: true"));
}

#[tokio::test]
async fn a_page_that_failed_is_tried_again_and_no_element_is_lost_or_comes_twice() {
    // The first and the third request fail.
    let flaky = call(None, |n, page| match n {
        0 | 2 => None,
        _ => Some((vec![page.unwrap_or(1) as u32 * 10, 0], Some(2))),
    });
    let mut items = Items::new(flaky.clone());
    let mut log = Vec::new();
    while let Some(item) = items.next().await {
        log.push(item.ok());
    }
    assert_eq!(log, [None, Some(10), Some(0), None, Some(20), Some(0)]);
    assert_eq!(asked(&flaky), [None, None, Some(2), Some(2)]);
}

#[tokio::test]
async fn nothing_is_asked_before_the_first_next_nor_ahead_of_need() {
    let call = call(None, |n, _| Some((vec![n as u32, 7], Some(9))));
    let mut items = Items::new(call.clone());
    assert!(asked(&call).is_empty());
    for _ in 0..2 {
        items.next().await.unwrap().unwrap();
    }
    assert_eq!(asked(&call).len(), 1);
}

fn poll<S: Stream + Unpin>(stream: &mut S) -> Poll<Option<S::Item>> {
    Pin::new(stream).poll_next(&mut Context::from_waker(Waker::noop()))
}

/// The stream's next item, however often it has to be polled for it.
fn next_of<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    loop {
        if let Poll::Ready(item) = poll(stream) {
            return item;
        }
    }
}

#[tokio::test]
async fn a_dropped_next_loses_no_request() {
    let call = call(None, |n, _| Some((vec![n as u32], Some(1))));
    let mut pages = Pages::new(call.clone());
    {
        let mut next = pin!(pages.next());
        let mut context = Context::from_waker(Waker::noop());
        assert!(next.as_mut().poll(&mut context).is_pending());
    }
    assert_eq!(asked(&call).len(), 1, "the request has left");
    assert!(pages.next().await.unwrap().is_ok());
    assert_eq!(asked(&call).len(), 1, "and is not sent again");
}

#[tokio::test]
async fn a_stream_ends_after_an_error_and_next_still_tries_again() {
    let broken = call(None, |n, page: Option<i64>| match n {
        1 | 2 => None,
        _ => Some((vec![page.unwrap_or(1) as u32], Some(2))),
    });
    let mut items = Items::new(broken.clone());
    assert_eq!(next_of(&mut items).unwrap().unwrap(), 1);
    assert!(next_of(&mut items).unwrap().is_err());
    assert!(next_of(&mut items).is_none() && next_of(&mut items).is_none());
    assert_eq!(asked(&broken).len(), 2);
    assert!(items.next().await.unwrap().is_err());
    assert_eq!(items.next().await.unwrap().unwrap(), 2);

    let broken = call(None, |_, _: Option<i64>| None);
    let mut pages = Pages::new(broken.clone());
    let mut collected = Vec::new();
    while let Some(page) = next_of(&mut pages) {
        collected.push(page.is_err());
    }
    assert_eq!(collected, [true]);
    assert_eq!(asked(&broken).len(), 1);
}

#[test]
fn pages_and_items_can_move_between_threads_and_show_no_cursor() {
    fn is_send<T: Send>(_: &T) {}
    let call = call(to("hunter2"), |_, _| None);
    let (mut pages, mut items) = (Pages::new(call.clone()), Items::new(call));
    is_send(&pages.next());
    is_send(&items.next());
    let shown = format!("{pages:?} {items:?}");
    assert!(
        shown.contains("ping") && !shown.contains("hunter2"),
        "{shown}"
    );
}
