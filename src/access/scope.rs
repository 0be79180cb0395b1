use std::fmt;

use serde::{Deserialize, Serialize};

use super::{SystemKind, rights};
use crate::error::Faults;

/// What every good token may call: who it is.
const ALWAYS: &str = "erpsync.v1.ServerInfoService/GetServerInfo";
const PACKAGE: &str = "erpsync.v1.";
const CALLS_MAX: usize = 100;

/// What a token may call, of what the kind of its system may.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// Only calls that change nothing.
    pub read_only: bool,
    /// Only these: `StockService/GetStock`, or all of `StockService`; all, if empty.
    pub calls: Vec<String>,
}

impl Scope {
    /// Named calls, each once, and in order.
    pub fn parse(faults: &mut Faults, path: &str, read_only: bool, calls: Vec<String>) -> Scope {
        if CALLS_MAX < calls.len() {
            let message = format!("must have at most {CALLS_MAX} entries, and has {}", calls.len());
            faults.push(format!("{path}.calls"), message);
            return Scope::default();
        }
        for (nth, call) in calls.iter().enumerate() {
            if methods(call).next().is_none() {
                let message =
                    "is no service and no call of this API, such as StockService/GetStock";
                faults.push(format!("{path}.calls[{nth}]"), message);
            }
        }
        let mut calls = calls;
        calls.sort();
        calls.dedup();
        Scope { read_only, calls }
    }

    /// What of it a system of this kind may not call, and so cannot be allowed to.
    pub fn beyond(&self, kind: SystemKind) -> Option<&str> {
        let is_beyond = |it: &&String| methods(it).all(|right| !right.kinds.contains(&kind));
        self.calls.iter().find(is_beyond).map(String::as_str)
    }

    /// Whether it may call all that its kind may.
    pub fn is_whole(&self) -> bool {
        *self == Scope::default()
    }

    /// Whether it may call `erpsync.v1.StockService/GetStock`.
    pub fn permits(&self, method: &str) -> bool {
        let is_named = |it: &String| methods(it).any(|right| right.method == method);
        method == ALWAYS
            || (!self.read_only || rights::only_reads(method))
                && (self.calls.is_empty() || self.calls.iter().any(is_named))
    }
}

/// What `StockService/GetStock` names, or `StockService`.
fn methods(name: &str) -> impl Iterator<Item = &'static rights::Right> {
    rights::RIGHTS.iter().filter(move |right| {
        let method = right.method.strip_prefix(PACKAGE).unwrap_or(right.method);
        method.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.read_only, &self.calls[..]) {
            (false, []) => f.write_str("all"),
            (true, []) => f.write_str("reads"),
            (false, calls) => f.write_str(&calls.join(", ")),
            (true, calls) => write!(f, "reads of {}", calls.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of these calls the permitted ones.
    fn permitted(read_only: bool, calls: &[&str]) -> Vec<&'static str> {
        let mut faults = Faults::default();
        let calls = calls.iter().map(|it| (*it).to_owned()).collect();
        let scope = Scope::parse(&mut faults, "scope", read_only, calls);
        faults.check().unwrap();
        let all = [
            "ServerInfoService/GetServerInfo",
            "StockService/GetStock",
            "StockService/SetStock",
            "StockService/WatchStock",
            "InboxService/LeaseTasks",
            "InboxService/StreamTasks",
        ];
        all.into_iter().filter(|it| scope.permits(&format!("{PACKAGE}{it}"))).skip(1).collect()
    }

    #[test]
    fn a_scope_takes_away_and_never_adds() {
        let reads = ["StockService/GetStock", "StockService/WatchStock"];
        assert_eq!(permitted(false, &[]).len(), 5);
        assert_eq!(permitted(true, &[]), reads);
        assert_eq!(permitted(true, &["StockService"]), reads);
        assert_eq!(permitted(false, &["StockService/SetStock"]), ["StockService/SetStock"]);
        assert_eq!(permitted(true, &["StockService/SetStock"]), [""; 0]);
        let both = ["StockService/GetStock", "InboxService/LeaseTasks"];
        assert_eq!(permitted(false, &[both[1], both[0], both[1]]), both);
        let scope = Scope { read_only: false, calls: vec!["AdminService".into()] };
        assert_eq!(scope.beyond(SystemKind::Erp), Some("AdminService"));
        assert_eq!(scope.beyond(SystemKind::Operator), None);
    }

    #[test]
    fn what_there_is_not_cannot_be_named() {
        for name in
            ["", "Stock", "StockService/", "StockService/Get", "erpsync.v1.StockService", "x"]
        {
            let mut faults = Faults::default();
            Scope::parse(&mut faults, "scope", false, vec!["StockService".into(), name.into()]);
            let refused = faults.check().unwrap_err();
            assert_eq!(refused.fields[0].path, "scope.calls[1]", "{name}");
        }
        for (count, path) in [(100, None), (101, Some("scope.calls"))] {
            let mut faults = Faults::default();
            Scope::parse(&mut faults, "scope", false, vec!["StockService".into(); count]);
            let refused = faults.check().err().map(|it| it.fields[0].path.clone());
            assert_eq!(refused.as_deref(), path);
        }
    }
}
