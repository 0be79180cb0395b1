//! Lists, page after page.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use tokio_stream::Stream;
use tonic::codegen::http::uri::PathAndQuery;
use tonic::{Request, Status};
use tonic_prost::ProstCodec;

use crate::Connection;

/// A request that is answered in pages: [`crate::proto::ListStockRequest`] and its like.
pub trait List: prost::Message + Clone + Unpin + 'static {
    /// The answer.
    type Page: prost::Message + Default + Unpin + 'static;
    /// What a page has.
    type Item: Unpin;
    /// Of its method.
    const PATH: &'static str;

    /// Which page is asked for.
    fn page_token_mut(&mut self) -> &mut String;

    /// What a page has, and the token of the next; empty where there is none.
    fn items(page: Self::Page) -> (Vec<Self::Item>, String);
}

/// All items of a list, as a stream. The next page is asked for when the last was read to its end; an
/// error ends it.
pub struct Listing<R: List> {
    connection: Connection,
    request: R,
    items: vec::IntoIter<R::Item>,
    asking: Option<Asking<R::Page>>,
}

type Asking<P> = Pin<Box<dyn Future<Output = Result<P, Status>> + Send>>;

impl Connection {
    /// All items, from the page that the request names on. Nothing is asked before the first item is.
    pub fn list<R: List>(&self, request: R) -> Listing<R> {
        let asking = Some(ask(self, &request));
        Listing { connection: self.clone(), request, items: Vec::new().into_iter(), asking }
    }
}

fn ask<R: List>(connection: &Connection, request: &R) -> Asking<R::Page> {
    let (mut grpc, request) = (connection.grpc(), Request::new(request.clone()));
    Box::pin(async move {
        let path = PathAndQuery::from_static(R::PATH);
        let codec = ProstCodec::<R, R::Page>::default();
        Ok(grpc.unary(request, path, codec).await?.into_inner())
    })
}

impl<R: List> Listing<R> {
    /// The next item; after an error there is none.
    pub async fn next(&mut self) -> Option<Result<R::Item, Status>> {
        tokio_stream::StreamExt::next(self).await
    }

    /// All that are left.
    pub async fn all(mut self) -> Result<Vec<R::Item>, Status> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
        }
        Ok(all)
    }
}

impl<R: List> Stream for Listing<R> {
    type Item = Result<R::Item, Status>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let Some(asking) = &mut this.asking else {
                return Poll::Ready(None);
            };
            let page = ready!(asking.as_mut().poll(context));
            this.asking = None;
            match page {
                Ok(page) => {
                    let (items, next) = R::items(page);
                    this.items = items.into_iter();
                    *this.request.page_token_mut() = next;
                    if !this.request.page_token_mut().is_empty() {
                        this.asking = Some(ask(&this.connection, &this.request));
                    }
                }
                Err(status) => return Poll::Ready(Some(Err(status))),
            }
        }
    }
}
