//! Every call of the API by its path, with JSON on both sides: typed messages and generated clients in
//! between.

use std::pin::Pin;

use erpsync_client::{Connection, proto};
use serde_json::Value;
use tokio_stream::{Stream, StreamExt};
use tonic::Status;

use crate::json;

/// What went wrong: the call was refused, or it could not be made at all.
#[derive(Debug)]
pub enum Fault {
    Refused(Box<Status>),
    Wrong(String),
}

impl From<Status> for Fault {
    fn from(status: Status) -> Fault {
        Fault::Refused(status.into())
    }
}

impl From<String> for Fault {
    fn from(why: String) -> Fault {
        Fault::Wrong(why)
    }
}

pub type Values = Pin<Box<dyn Stream<Item = Result<Value, Status>>>>;

macro_rules! single {
    ($($path:literal = $client:ident.$method:ident($request:ident) -> $answer:ident, $nature:ident;)+) => {
        /// A single call.
        pub async fn call(who: &Connection, path: &str, request: &Value) -> Result<Value, Fault> {
            match path {
                $($path => {
                    let request: proto::$request = json::read(stringify!($request), request)?;
                    let answer = Box::pin(who.$client().$method(request)).await?.into_inner();
                    Ok(json::show(stringify!($answer), &answer))
                })+
                _ => Err(Fault::Wrong(format!("there is no call {path}"))),
            }
        }
    };
}

macro_rules! watches {
    ($($path:literal = $client:ident.$method:ident($request:ident) -> $message:ident, $events:ident;)+) => {
        /// A watch, through the comfort of the client.
        pub fn watch(who: &Connection, path: &str, request: &Value) -> Result<Values, Fault> {
            match path {
                $($path => {
                    let request: proto::$request = json::read(stringify!($request), request)?;
                    let show = |it| json::show(stringify!($message), &it);
                    Ok(Box::pin(who.watch(request).map(move |it| it.map(show))))
                })+
                _ => Err(Fault::Wrong(format!("there is no watch {path}"))),
            }
        }

        /// The same stream without it.
        pub async fn stream(who: &Connection, path: &str, request: &Value) -> Result<Values, Fault> {
            match path {
                $($path => {
                    let request: proto::$request = json::read(stringify!($request), request)?;
                    let stream = who.$client().$method(request).await?.into_inner();
                    let show = |it| json::show(stringify!($message), &it);
                    Ok(Box::pin(stream.map(move |it| it.map(show))))
                })+
                _ => Err(Fault::Wrong(format!("there is no stream {path}"))),
            }
        }
    };
}

macro_rules! lists {
    ($($path:literal = $client:ident.$method:ident($request:ident) -> $page:ident.$items:ident: $item:ident;)+) => {
        /// All items of a list.
        pub fn list(who: &Connection, path: &str, request: &Value) -> Result<Values, Fault> {
            match path {
                $($path => {
                    let request: proto::$request = json::read(stringify!($request), request)?;
                    let show = |it| json::show(stringify!($item), &it);
                    Ok(Box::pin(who.list(request).map(move |it| it.map(show))))
                })+
                _ => Err(Fault::Wrong(format!("there is no list {path}"))),
            }
        }
    };
}

include!("../gen/calls.rs");
