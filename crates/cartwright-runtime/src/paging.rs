//! Lists that are answered page by page.
//!
//! A generated call says which page it asks for and what an answer tells of the pages behind it; the walk from page to page, and
//! the guards against one that never ends, are here.

use std::collections::HashSet;
use std::fmt;
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use crate::error::Error;
use crate::flexible::{FlexibleInteger, FlexibleText};
use crate::operation::Operation;
use crate::response::ResponseValue;
use crate::transport::BoxFuture;

/// How many pages in a row may hold nothing. A filter that the vendor applies after it has cut the pages leaves some empty.
const EMPTY_PAGES: usize = 1000;

/// A call that answers one page of a list. Generated builders implement it.
pub trait PagedCall: Clone {
    /// The whole typed answer.
    type Page: Clone + PartialEq;
    /// An element of the list.
    type Item;
    /// What the operation's documented errors decode to.
    type Failure;
    /// How a page is named: by its number (`i64`, counted from 1) or by a cursor (`String`).
    type Position: Position;

    /// The operation.
    const OPERATION: &'static Operation;

    /// Sends the call.
    fn fetch<'f>(self) -> Fetched<'f, Self::Page, Self::Failure>
    where
        Self: 'f;

    /// The page that the call asks for; `None` for the vendor's first one.
    fn position(&self) -> Option<Self::Position>;

    /// The same call for another page.
    #[must_use]
    fn at(self, position: Self::Position) -> Self;

    /// What an answer tells: how many pages there are, or the cursor of the next one.
    fn told(page: &Self::Page) -> Option<Self::Position>;

    /// The list in an answer.
    fn list(page: &mut Self::Page) -> Option<&mut Vec<Self::Item>>;
}

/// A page on its way.
pub type Fetched<'a, P, E> = BoxFuture<'a, Result<ResponseValue<P>, Error<E>>>;

/// What names a page: `i64` or `String`.
pub trait Position: Clone + walk::Walk {}

impl Position for i64 {}
impl Position for String {}

/// A value of an answer that tells a [`Position`].
pub trait Tells<P> {
    /// The position; `None` where the value can't be one.
    fn tells(&self) -> Option<P>;
}

macro_rules! integers_tell {
    ($($integer:ty),*) => {$(
        impl Tells<i64> for $integer {
            fn tells(&self) -> Option<i64> {
                i64::try_from(*self).ok()
            }
        }
    )*};
}

integers_tell!(i8, i16, i32, i64, u8, u16, u32, u64);

impl Tells<i64> for FlexibleInteger {
    fn tells(&self) -> Option<i64> {
        Some(self.get())
    }
}

impl Tells<String> for String {
    fn tells(&self) -> Option<String> {
        Some(self.clone())
    }
}

impl Tells<String> for FlexibleText {
    fn tells(&self) -> Option<String> {
        Some(self.as_str().to_owned())
    }
}

/// Why a list can't be read on, though the vendor answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PagingError {
    /// The vendor answered the page before once more, as if it didn't read which page was asked for. The second copy is not
    /// handed out.
    RepeatedPage,
    /// The vendor named a cursor that has been followed already. Every page up to there has been handed out.
    RepeatedCursor,
    /// A thousand pages in a row held nothing, and there are said to be more.
    EmptyPages,
}

impl fmt::Display for PagingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RepeatedPage => {
                f.write_str("the vendor answered the same page twice, so the list would never end")
            }
            Self::RepeatedCursor => f.write_str(
                "the vendor named a cursor that was followed before, so the list would never end",
            ),
            Self::EmptyPages => write!(
                f,
                "the vendor answered {EMPTY_PAGES} pages in a row that hold nothing, and says that there are more"
            ),
        }
    }
}

impl std::error::Error for PagingError {}

mod walk {
    use super::{HashSet, PagingError};

    /// Where a walk goes on.
    pub enum Step<P> {
        To(P),
        End,
        Never(PagingError),
    }

    /// The step from one page to the next; sealed, because [`Pages`](super::Pages) relies on its ending.
    pub trait Walk: Sized {
        /// What has to be kept of the pages before.
        type Memory: Default;

        fn step(
            memory: &mut Self::Memory,
            asked: Option<&Self>,
            told: Option<Self>,
            is_empty: bool,
        ) -> Step<Self>;
    }

    impl Walk for i64 {
        type Memory = ();

        fn step(
            (): &mut (),
            asked: Option<&Self>,
            told: Option<Self>,
            is_empty: bool,
        ) -> Step<Self> {
            let here = asked.copied().unwrap_or(1);
            let is_last = told.map_or(is_empty, |pages| here >= pages);
            match here.checked_add(1) {
                Some(next) if !is_last => Step::To(next),
                _ => Step::End,
            }
        }
    }

    impl Walk for String {
        type Memory = HashSet<String>;

        fn step(
            followed: &mut HashSet<String>,
            asked: Option<&Self>,
            told: Option<Self>,
            is_empty: bool,
        ) -> Step<Self> {
            followed.extend(asked.cloned());
            match told {
                Some(next) if next.is_empty() => Step::End,
                // Behind the last entry a vendor may have no other cursor to name than the one it was asked with.
                Some(next) if followed.contains(&next) && is_empty => Step::End,
                Some(next) if followed.contains(&next) => Step::Never(PagingError::RepeatedCursor),
                Some(next) => Step::To(next),
                None => Step::End,
            }
        }
    }
}

use walk::{Step, Walk};

/// The pages of a list, fetched one after the other as they are asked for.
///
/// The first page is the one that the call asks for, so a call that starts at page 3 goes on with page 4. Nothing is sent before
/// the first [`next`](Self::next). A page without elements is handed out like any other.
///
/// Numbered pages end with the last one by the page count of the latest answer, whether that has grown or shrunk since; where an
/// answer has no count, they end with the first empty page. Pages by cursor end with the answer that names no cursor, or with an
/// empty page that names the cursor it was asked for with.
///
/// # Errors
/// A page that can't be fetched is an error, and the same page is tried again by the next [`next`](Self::next): nothing is lost, and
/// nothing comes twice. As a [`Stream`] it ends after an error, because adapters that collect or skip errors would ask for
/// ever; `next` still tries again then. A list that would never end is refused with [`Error::Paging`], and over.
///
/// Dropping the future of `next` before it is done loses nothing either: the request goes on with the next `next`.
///
/// ```
/// # use cartwright_runtime::client::{Error, Fetched, Operation, PagedCall, Pages, ResponseValue, Retry};
/// # #[derive(Clone)]
/// # struct ListLicences { page: i64 }
/// # static LIST: Operation = Operation {
/// #     id: "listLicences", method: "GET", path: "/licences", cart: &[], retry: Retry::Safe, security: &[], deprecated: false,
/// # };
/// # impl PagedCall for ListLicences {
/// #     type Page = Vec<String>;
/// #     type Item = String;
/// #     type Failure = ();
/// #     type Position = i64;
/// #     const OPERATION: &'static Operation = &LIST;
/// #     fn fetch<'f>(self) -> Fetched<'f, Vec<String>, ()> {
/// #         let page = vec![format!("licence {}", self.page)];
/// #         let response = http::Response::new(Vec::new()).into();
/// #         Box::pin(async { Ok(ResponseValue::empty(response).map(|()| page)) })
/// #     }
/// #     fn position(&self) -> Option<i64> { Some(self.page) }
/// #     fn at(self, page: i64) -> Self { Self { page } }
/// #     fn told(_: &Vec<String>) -> Option<i64> { Some(4) }
/// #     fn list(page: &mut Vec<String>) -> Option<&mut Vec<String>> { Some(page) }
/// # }
/// # impl ListLicences {
/// #     fn pages(self) -> Pages<'static, Self> { Pages::new(self) }
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// # let call = ListLicences { page: 3 };
/// let mut pages = call.pages();
/// let mut seen = Vec::new();
/// while let Some(page) = pages.next().await {
///     seen.extend(page?.into_inner());
/// }
/// assert_eq!(seen, ["licence 3", "licence 4"]);
/// # Ok(())
/// # }
/// ```
pub struct Pages<'a, C: PagedCall + 'a> {
    /// Asks for the page that is handed out next.
    call: C,
    running: Option<Fetched<'a, C::Page, C::Failure>>,
    asked: Option<C::Position>,
    memory: <C::Position as Walk>::Memory,
    /// Kept to see whether the vendor answers it once more.
    last: Option<C::Page>,
    empty: usize,
    state: State,
    /// Whether the stream has ended with an error.
    failed: bool,
}

/// What one poll brings.
type Polled<T, E> = Poll<Option<Result<T, Error<E>>>>;

/// What the next poll does.
enum State {
    Fetch,
    Refuse(PagingError),
    Over,
}

impl<'a, C: PagedCall + 'a> Pages<'a, C> {
    /// The pages from the one that this call asks for.
    pub fn new(call: C) -> Self {
        Self {
            asked: call.position(),
            call,
            running: None,
            memory: Default::default(),
            last: None,
            empty: 0,
            state: State::Fetch,
            failed: false,
        }
    }

    /// The next page with its status and headers; `None` behind the last one.
    ///
    /// # Errors
    /// Those of the call: the same page is tried again by the next `next`. [`Error::Paging`] if the list would never end.
    pub async fn next(&mut self) -> Option<Result<ResponseValue<C::Page>, Error<C::Failure>>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Polled<ResponseValue<C::Page>, C::Failure> {
        match self.state {
            State::Fetch => {}
            State::Refuse(why) => return Poll::Ready(Some(Err(self.refuse(why)))),
            State::Over => return Poll::Ready(None),
        }
        let running = self
            .running
            .get_or_insert_with(|| self.call.clone().fetch());
        let outcome = ready!(running.as_mut().poll(context));
        self.running = None;
        Poll::Ready(Some(outcome.and_then(|answer| self.take(answer))))
    }

    /// Decides by an answer where the walk goes on.
    fn take(
        &mut self,
        answer: ResponseValue<C::Page>,
    ) -> Result<ResponseValue<C::Page>, Error<C::Failure>> {
        let mut is_empty = true;
        let answer = answer.map(|mut page| {
            is_empty = C::list(&mut page).is_none_or(|items| items.is_empty());
            page
        });
        if !is_empty && self.last.as_ref() == Some(&*answer) {
            return Err(self.refuse(PagingError::RepeatedPage));
        }
        self.empty = if is_empty { self.empty + 1 } else { 0 };
        let told = C::told(&answer);
        let step = Walk::step(&mut self.memory, self.asked.as_ref(), told, is_empty);
        self.state = match step {
            Step::To(_) if self.empty == EMPTY_PAGES => State::Refuse(PagingError::EmptyPages),
            Step::To(position) => {
                self.call = self.call.clone().at(position.clone());
                self.asked = Some(position);
                self.last = Some((*answer).clone());
                State::Fetch
            }
            Step::Never(why) => State::Refuse(why),
            Step::End => State::Over,
        };
        Ok(answer)
    }

    fn refuse(&mut self, source: PagingError) -> Error<C::Failure> {
        self.state = State::Over;
        Error::Paging {
            operation: C::OPERATION,
            source,
        }
        .logged()
    }
}

/// The elements of a list, one by one; pages are fetched as they are needed.
///
/// It walks as [`Pages`] does, and what is said there of errors holds here: after one, [`next`](Self::next) tries the same page
/// again, and no element is lost or comes twice.
///
/// ```text
/// let mut items = client.list_licences().items();
/// while let Some(licence) = items.next().await {
///     println!("{:?}", licence?);
/// }
/// ```
pub struct Items<'a, C: PagedCall + 'a> {
    pages: Pages<'a, C>,
    fetched: vec::IntoIter<C::Item>,
}

impl<'a, C: PagedCall + 'a> Items<'a, C> {
    /// The elements from the first one of the page that this call asks for.
    pub fn new(call: C) -> Self {
        Self {
            pages: Pages::new(call),
            fetched: Vec::new().into_iter(),
        }
    }

    /// The next element; `None` behind the last one.
    ///
    /// # Errors
    /// Those of the call: the same page is tried again by the next `next`. [`Error::Paging`] if the list would never end.
    pub async fn next(&mut self) -> Option<Result<C::Item, Error<C::Failure>>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Polled<C::Item, C::Failure> {
        loop {
            if let Some(item) = self.fetched.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(context)) {
                Some(Ok(answer)) => {
                    let mut page = answer.into_inner();
                    let items = C::list(&mut page).map(mem::take).unwrap_or_default();
                    self.fetched = items.into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

// Nothing is pinned in place: the running request has a box of its own.
impl<'a, C: PagedCall + 'a> Unpin for Pages<'a, C> {}
impl<'a, C: PagedCall + 'a> Unpin for Items<'a, C> {}

impl<'a, C: PagedCall + 'a> Stream for Pages<'a, C> {
    type Item = Result<ResponseValue<C::Page>, Error<C::Failure>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let pages = self.get_mut();
        if pages.failed {
            return Poll::Ready(None);
        }
        let page = ready!(pages.poll_page(context));
        pages.failed = matches!(page, Some(Err(_)));
        Poll::Ready(page)
    }
}

impl<'a, C: PagedCall + 'a> Stream for Items<'a, C> {
    type Item = Result<C::Item, Error<C::Failure>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let items = self.get_mut();
        if items.pages.failed {
            return Poll::Ready(None);
        }
        let item = ready!(items.poll_item(context));
        items.pages.failed = matches!(item, Some(Err(_)));
        Poll::Ready(item)
    }
}

impl<'a, C: PagedCall + 'a> fmt::Debug for Pages<'a, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither cursors nor elements: they may be the shop's customers.
        f.debug_struct("Pages")
            .field("operation", &C::OPERATION.id)
            .field("is_over", &matches!(self.state, State::Over))
            .finish_non_exhaustive()
    }
}

impl<'a, C: PagedCall + 'a> fmt::Debug for Items<'a, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .finish_non_exhaustive()
    }
}
