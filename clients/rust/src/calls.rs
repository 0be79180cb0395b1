//! What is known of each call, from the descriptors.

use crate::pages::List;
use crate::proto;
use crate::watch::{Watch, Watched};

/// A single call: not a stream.
pub struct Call {
    path: &'static str,
    pub nature: Nature,
}

/// What must be known of it before it is made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// Nothing.
    Plain,
    /// It has a `request_id`, which can be made.
    Identified,
    /// It may wait for news.
    Waits,
}

/// The single call of this path; `None` where it is a stream, or not known here.
pub fn single(path: &str) -> Option<&'static Call> {
    let place = SINGLE.binary_search_by(|it| it.path.cmp(path)).ok()?;
    SINGLE.get(place)
}

macro_rules! single {
    ($($path:literal = $client:ident.$method:ident($request:ident) -> $answer:ident, $nature:ident;)+) => {
        /// By path.
        const SINGLE: &[Call] = &[$(Call { path: $path, nature: Nature::$nature }),+];
    };
}

macro_rules! watches {
    ($($path:literal = $client:ident.$method:ident($request:ident) -> $message:ident, $events:ident;)+) => {
        $(
            impl Watch for proto::$request {
                type Message = proto::$message;
                const PATH: &'static str = $path;

                fn start_mut(&mut self) -> &mut Option<proto::WatchStart> {
                    &mut self.start
                }
            }

            impl Watched for proto::$message {
                fn resume_token(&self) -> &str {
                    &self.resume_token
                }

                fn going_away(&self) -> Option<&proto::GoingAway> {
                    match &self.event {
                        Some(proto::$events::Event::GoingAway(it)) => Some(it),
                        _ => None,
                    }
                }
            }
        )+
    };
}

macro_rules! lists {
    ($($path:literal = $client:ident.$method:ident($request:ident) -> $page:ident.$items:ident: $item:ident;)+) => {
        $(
            impl List for proto::$request {
                type Page = proto::$page;
                type Item = proto::$item;
                const PATH: &'static str = $path;

                fn page_token_mut(&mut self) -> &mut String {
                    &mut self.page_token
                }

                fn items(page: Self::Page) -> (Vec<Self::Item>, String) {
                    (page.$items, page.next_page_token)
                }
            }
        )+
    };
}

include!("../gen/calls.rs");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_single_call_is_found() {
        assert!(SINGLE.is_sorted_by_key(|it| it.path));
        let nature = |path: &str| single(path).map(|it| it.nature);
        assert!(nature("/erpsync.v1.StockService/SetStock") == Some(Nature::Identified));
        assert!(nature("/erpsync.v1.StockService/GetStock") == Some(Nature::Plain));
        assert!(nature("/erpsync.v1.StockService/ReadStockChanges") == Some(Nature::Waits));
        assert!(nature("/erpsync.v1.InboxService/LeaseTasks") == Some(Nature::Waits));
        assert!(nature("/erpsync.v1.StockService/WatchStock").is_none());
        assert!(nature("/erpsync.v1.InboxService/StreamTasks").is_none());
    }
}
