//! Every step that a state does not permit: code, reason, facts and words of its refusal; and nothing has
//! changed. Those of returns stand in `return_steps`, those of reservations in `reservations`.

mod facts;
mod orders;
mod tasks;

use std::fmt::Display;

use erpsync_client::{Connection, proto, refusal};
use tonic::{Response, Status};

use crate::kit::House;

/// What was done, what it was answered, and what it should be.
type Row = (&'static str, String, &'static str);

/// `Code REASON fact=… | words` of a refusal; ids are `#`.
fn refused<T>(answer: Result<Response<T>, Status>) -> String {
    let Err(status) = answer else { return "OK".into() };
    let told = refusal(&status).unwrap_or_else(|| panic!("no reason in {status:?}"));
    let facts = told.metadata.into_iter();
    said(format_args!("{:?} {}", status.code(), told.reason), facts, status.message())
}

/// `OUTCOME REASON fact=… | words` of one item, or of a fact.
fn became(outcome: proto::Outcome, problem: Option<proto::Problem>) -> String {
    let outcome = outcome.as_str_name().trim_start_matches("OUTCOME_");
    let Some(proto::Problem { reason, message, metadata, .. }) = problem else {
        return outcome.into();
    };
    said(format_args!("{outcome} {reason}"), metadata.into_iter(), &message)
}

/// The same of a fact that may be parked.
fn told<T>(
    answer: Result<Response<T>, Status>,
    result: impl Fn(T) -> Option<proto::FactResult>,
) -> String {
    match answer {
        Ok(answer) => {
            let result = result(answer.into_inner()).expect("every fact is answered");
            became(result.outcome(), result.problem)
        }
        refused => self::refused(refused),
    }
}

fn said(what: impl Display, facts: impl Iterator<Item = (String, String)>, words: &str) -> String {
    let mut facts: Vec<_> = facts.map(|(name, value)| format!(" {name}={value}")).collect();
    facts.sort();
    without_ids(&format!("{what}{} | {words}", facts.concat()))
}

fn without_ids(text: &str) -> String {
    let mut short = String::new();
    for run in text.split_inclusive(|it: char| !it.is_ascii_digit()) {
        let digits = run.trim_end_matches(|it: char| !it.is_ascii_digit());
        match digits.len() {
            15.. => short.extend(["#", &run[digits.len()..]]),
            _ => short.push_str(run),
        }
    }
    short
}

/// All there is, but what is parked: that is where a fact goes that cannot be applied.
async fn world(tool: &Connection) -> Vec<proto::ChangeEntry> {
    let (mut all, mut resume_token) = (Vec::new(), String::new());
    loop {
        let page_size = 1_000;
        let request = proto::ReadChangesRequest { resume_token, page_size, ..Default::default() };
        let page = tool.changes().read_changes(request).await.unwrap().into_inner();
        all.extend(page.entries);
        resume_token = page.resume_token;
        if !page.more {
            all.retain(|it| it.kind != "parked");
            return all;
        }
    }
}

/// A task, as whoever watches is told.
async fn task(house: &House, external_id: &str) -> proto::Task {
    let task = |it: proto::ChangeEntry| match it.state {
        Some(proto::change_entry::State::Task(it)) if it.external_id == external_id => Some(it),
        _ => None,
    };
    world(&house.tool).await.into_iter().find_map(task).expect("the task")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_illegal_step_is_told_and_changes_nothing() {
    let house = House::open().await;
    let tasks = tasks::arrange(&house).await;
    orders::arrange(&house).await;
    facts::arrange(&house).await;
    let before = world(&house.tool).await;
    let mut rows = orders::steps(&house).await;
    rows.extend(tasks::steps(&house, &tasks).await);
    rows.extend(facts::steps(&house).await);
    let strays = rows.iter().filter(|(_, answer, expected)| answer != expected);
    let strays: Vec<_> = strays
        .map(|(what, answer, expected)| format!("{what}:\n  {answer}\n  {expected}"))
        .collect();
    assert!(strays.is_empty(), "\n{}\n", strays.join("\n"));
    assert_eq!(world(&house.tool).await, before, "something has changed");
}
