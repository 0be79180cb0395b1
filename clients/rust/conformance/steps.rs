//! One step after the other.

use std::collections::HashMap;
use std::time::Duration;

use erpsync_client::Connection;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_stream::StreamExt;

use crate::calls::{self, Fault, Values};
use crate::expected::{compare, compare_refusal};
use crate::variable;

/// How long a stream may take to tell what it is to tell.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is said of a step: all that came; and that of which something may be kept: of a stream, its last
/// message.
type Said = (Value, Value);

pub struct Player {
    callers: HashMap<&'static str, Connection>,
    kept: HashMap<String, String>,
    line: String,
}

impl Player {
    pub async fn open() -> Result<Player, Box<dyn std::error::Error>> {
        let nobody = Connection::open(&variable("ERPSYNC_ADDRESS")?, "").await?;
        let mut callers = HashMap::new();
        for (who, token) in [
            ("erp", variable("ERPSYNC_ERP_TOKEN")?),
            ("shop", variable("ERPSYNC_SHOP_TOKEN")?),
            ("shop-b", variable("ERPSYNC_SHOP_B_TOKEN")?),
            ("tool", variable("ERPSYNC_TOOL_TOKEN")?),
            ("stranger", "esk_0_0".to_owned()),
        ] {
            callers.insert(who, nobody.with_token(&token)?);
        }
        callers.insert("nobody", nobody);
        Ok(Player { callers, kept: HashMap::new(), line: variable("ERPSYNC_LINE")? })
    }

    pub async fn play(&mut self, step: &Value) -> Result<(), String> {
        if let Some(what) = step["line"].as_str() {
            return self.line(what).await;
        }
        match (self.said(step).await, &step["refused"]) {
            (Ok((answer, last)), Value::Null) => {
                if let Some(expected) = step.get("expect") {
                    compare("", &self.filled(expected)?, &answer)?;
                }
                self.keep(&step["keep"], &last)
            }
            (Ok((answer, _)), _) => Err(format!("it was to be refused: {answer}")),
            (Err(Fault::Refused(status)), Value::Null) => Err(format!("refused: {status}")),
            (Err(Fault::Refused(status)), refused) => {
                compare_refusal(&self.filled(refused)?, &status)
            }
            (Err(Fault::Wrong(why)), _) => Err(why),
        }
    }

    async fn said(&self, step: &Value) -> Result<Said, Fault> {
        let who = self.caller(&step["as"])?;
        let request = self.filled(&step["request"])?;
        if let Some(path) = path(&step["call"]) {
            let answer = calls::call(who, &path, &request).await?;
            Ok((answer.clone(), answer))
        } else if let Some(path) = path(&step["list"]) {
            let (items, _) = all(calls::list(who, &path, &request)?).await?;
            Ok((items.clone(), items))
        } else if let Some(path) = path(&step["raw_stream"]) {
            in_time(async { all(calls::stream(who, &path, &request).await?).await }).await
        } else if let Some(path) = path(&step["watch"]) {
            in_time(self.watch(step, calls::watch(who, &path, &request)?)).await
        } else {
            Err(Fault::Wrong("nothing is to be done".into()))
        }
    }

    /// Takes as many entries as the step says, and lets happen what is to happen meanwhile.
    async fn watch(&self, step: &Value, mut messages: Values) -> Result<Said, Fault> {
        let take = step["take"].as_u64().ok_or_else(|| "take is missing".to_owned())?;
        let (mut taken, mut last) = (Vec::new(), Value::Null);
        while (taken.len() as u64) < take {
            last = messages.next().await.ok_or_else(|| "the watch has ended".to_owned())??;
            for entry in entries(&last) {
                taken.push(entry);
                let count = Some(taken.len() as u64);
                if step["cut_after"].as_u64() == count {
                    self.line("cut").await?;
                }
                let meanwhile = &step["meanwhile"];
                if meanwhile["after"].as_u64() == count {
                    let (who, path) = (self.caller(&meanwhile["as"])?, path(&meanwhile["call"]));
                    let request = self.filled(&meanwhile["request"])?;
                    calls::call(who, &path.unwrap_or_default(), &request).await?;
                }
            }
        }
        if take < taken.len() as u64 {
            return Err(Fault::Wrong(format!("{} entries have come, not {take}", taken.len())));
        }
        Ok((taken.into(), last))
    }

    fn caller(&self, who: &Value) -> Result<&Connection, String> {
        self.callers.get(who.as_str().unwrap_or_default()).ok_or(format!("who is {who}?"))
    }

    /// With what was kept in place of `${name}`.
    fn filled(&self, value: &Value) -> Result<Value, String> {
        Ok(match value {
            Value::String(text) => self.filled_text(text)?.into(),
            Value::Array(items) => {
                items.iter().map(|it| self.filled(it)).collect::<Result<Vec<_>, _>>()?.into()
            }
            Value::Object(fields) => {
                let filled = fields.iter().map(|(name, it)| Ok((name.clone(), self.filled(it)?)));
                Value::Object(filled.collect::<Result<_, String>>()?)
            }
            other => other.clone(),
        })
    }

    fn filled_text(&self, text: &str) -> Result<String, String> {
        let mut parts = text.split("${");
        let mut filled = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}').ok_or_else(|| format!("{text}: no end"))?;
            filled += self.kept.get(name).ok_or_else(|| format!("{name} was not kept"))?;
            filled += rest;
        }
        Ok(filled)
    }

    fn keep(&mut self, names: &Value, said: &Value) -> Result<(), String> {
        for (name, path) in names.as_object().into_iter().flatten() {
            let path = path.as_str().unwrap_or_default();
            let found = path.split('.').fold(said, |at, part| match part.parse::<usize>() {
                Ok(nth) => &at[nth],
                Err(_) => &at[part],
            });
            let text = found.as_str().ok_or_else(|| format!("{path} is {found}"))?;
            self.kept.insert(name.clone(), text.to_owned());
        }
        Ok(())
    }

    /// Lets something happen to the line.
    async fn line(&self, what: &str) -> Result<(), String> {
        let host = self.line.trim_start_matches("http://").trim_end_matches('/');
        let order = format!(
            "POST /{what} HTTP/1.1\r\nhost: {host}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        );
        let told = async {
            let mut line = TcpStream::connect(host).await?;
            line.write_all(order.as_bytes()).await?;
            let mut answer = String::new();
            line.read_to_string(&mut answer).await?;
            std::io::Result::Ok(answer)
        };
        let answer = told.await.map_err(|it| format!("the line: {it}"))?;
        match answer.split(' ').nth(1) {
            Some("200") => Ok(()),
            _ => Err(format!("the line: {answer}")),
        }
    }
}

/// `StockService.SetStock` as `/erpsync.v1.StockService/SetStock`.
fn path(call: &Value) -> Option<String> {
    Some(format!("/erpsync.v1.{}", call.as_str()?.replace('.', "/")))
}

/// A stream that does not tell in time what it is to tell has failed.
async fn in_time(said: impl Future<Output = Result<Said, Fault>>) -> Result<Said, Fault> {
    let late = || Fault::Wrong(format!("it has not come within {} s", PATIENCE.as_secs()));
    tokio::time::timeout(PATIENCE, said).await.unwrap_or_else(|_| Err(late()))
}

async fn all(mut values: Values) -> Result<Said, Fault> {
    let mut all = Vec::new();
    while let Some(value) = values.next().await {
        all.push(value?);
    }
    let last = all.last().cloned().unwrap_or_default();
    Ok((all.into(), last))
}

/// The entries of a message: of its one repeated field, if it is a chunk or changes.
fn entries(message: &Value) -> Vec<Value> {
    let event = ["snapshotChunk", "changes"].into_iter().find_map(|it| message.get(it));
    let fields = event.and_then(Value::as_object).into_iter().flatten();
    fields.filter_map(|(_, it)| it.as_array()).flatten().cloned().collect()
}
