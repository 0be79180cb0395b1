//! What is to be written: statements with all that is in them, made before they are run, so that Postgres
//! need not wait for the next one.

use serde::Serialize;
use sqlx::error::BoxDynError;
use sqlx::postgres::PgArguments;
use sqlx::{
    Arguments as _, AssertSqlSafe, Encode, PgConnection, Postgres, Row as _, SqlSafeStr, SqlStr,
    Type,
};

use super::{Place, Tid};

/// Statements, in their order.
#[derive(Default)]
pub struct Writes {
    statements: Vec<Write>,
}

/// A statement, and what is bound to it.
pub struct Write {
    sql: SqlStr,
    /// Of those before it, too, that are run together with it.
    arguments: PgArguments,
    /// How many of them are theirs; `None` where it is not run together with the one before it.
    theirs: Option<usize>,
    /// Of the rows that it writes, in order: they are told where they lie then.
    places: Vec<Place>,
    /// Whether it comes before those with which it is run.
    is_first: bool,
    /// Why it cannot be run.
    failure: Option<BoxDynError>,
}

/// Adds a statement.
pub fn write(writes: &mut Writes, sql: impl SqlSafeStr) -> &mut Write {
    let sql = sql.into_sql_str();
    let (arguments, theirs) = match writes.goes_with(sql.as_str()) {
        true => {
            let before = writes.statements.last_mut();
            let arguments = before.map(|it| std::mem::take(&mut it.arguments)).unwrap_or_default();
            let theirs = arguments.len();
            (arguments, Some(theirs))
        }
        false => (PgArguments::default(), None),
    };
    let (places, is_first, failure) = (Vec::new(), false, None);
    writes.statements.push_mut(Write { sql, arguments, theirs, places, is_first, failure })
}

impl Write {
    /// Binds the next of its parameters.
    pub fn bind<'t, T>(&mut self, value: T) -> &mut Write
    where
        T: Encode<'t, Postgres> + Type<Postgres>,
    {
        match self.arguments.add(value) {
            Ok(()) => self,
            Err(cause) => self.fail(cause),
        }
    }

    /// Binds values, written as JSON, as a column of texts.
    pub fn bind_json<'a, T: Serialize + 'a>(
        &mut self,
        values: impl IntoIterator<Item = Option<&'a T>>,
    ) -> &mut Write {
        let texts = values.into_iter().map(|it| it.map(serde_json::to_string).transpose());
        match texts.collect::<Result<Vec<_>, _>>() {
            Ok(texts) => self.bind(texts),
            Err(cause) => self.fail(cause),
        }
    }

    /// Says whose rows these are. The statement answers of each where it lies then, in the same order: as one value
    /// if it is a call, otherwise a row each.
    pub fn tells(&mut self, places: Vec<Place>) {
        self.places = places;
    }

    fn fail(&mut self, cause: impl Into<BoxDynError>) -> &mut Write {
        self.failure.get_or_insert(cause.into());
        self
    }
}

impl Writes {
    /// Whether a statement is run together with those before it. Two of one table are not: the second may have to see
    /// what the first did.
    fn goes_with(&self, sql: &str) -> bool {
        let Some(table) = what_it_writes(sql) else { return false };
        let alone = self.statements.iter().rposition(|it| it.theirs.is_none());
        let others = &self.statements[alone.unwrap_or_default()..];
        !others.is_empty()
            && others.iter().all(|it| what_it_writes(it.sql.as_str()).is_some_and(|it| it != table))
    }

    /// Whether all are run as one.
    pub fn are_one(&self) -> bool {
        let mut all = self.statements.iter().enumerate();
        all.all(|(nth, it)| {
            (nth == 0 || it.theirs.is_some()) && what_it_writes(it.sql.as_str()).is_some()
        })
    }

    /// Whether they may be sent before what they depend on is committed, if they begin with a call that waits for it:
    /// a statement sees what was committed when it began. What is inserted meets what is there, and what is called
    /// sees it.
    pub fn may_wait(&self) -> bool {
        let sees_nothing = |it: &Write| {
            let mut words = it.sql.as_str().split_ascii_whitespace();
            let first = words.next();
            first == Some("select") || first == Some("insert") && words.all(|it| it != "from")
        };
        self.are_one() && self.statements.iter().all(sees_nothing)
    }

    /// Has something done before all the rest of what is run as one.
    pub fn begin_with(&mut self, first: impl FnOnce(&mut Writes)) {
        let rest = self.statements.len();
        first(self);
        self.statements[rest..].iter_mut().for_each(|it| it.is_first = true);
    }

    /// Says that what would have to be written cannot be.
    pub fn fail(&mut self, why: &'static str) {
        write(self, "").fail(why);
    }

    /// Runs them, one after the other, until one fails.
    pub async fn run(self, conn: &mut PgConnection) -> sqlx::Result<()> {
        let mut together = Vec::new();
        let mut rest = self.statements.into_iter().peekable();
        while let Some(write) = rest.next() {
            together.push(write);
            if rest.peek().is_none_or(|it| it.theirs.is_none()) {
                run_as_one(conn, std::mem::take(&mut together)).await?;
            }
        }
        Ok(())
    }
}

/// Runs statements of which the last has the arguments of all.
async fn run_as_one(conn: &mut PgConnection, mut statements: Vec<Write>) -> sqlx::Result<()> {
    if let Some(cause) = statements.iter_mut().find_map(|it| it.failure.take()) {
        return Err(sqlx::Error::Encode(cause));
    }
    let arguments = match statements.last_mut() {
        Some(last) => std::mem::take(&mut last.arguments),
        None => return Ok(()),
    };
    statements.sort_by_key(|it| !it.is_first);
    let mut parts = Vec::new();
    let mut places = Vec::new();
    for Write { sql, theirs, places: its, .. } in statements {
        let answers = match (is_call(sql.as_str()), its.is_empty()) {
            (true, _) => Answers::Once,
            (false, false) => Answers::OfEach,
            (false, true) => Answers::Nothing,
        };
        if answers != Answers::Nothing {
            places.push(its);
        }
        let sql = renumbered(sql.as_str(), theirs.unwrap_or_default());
        parts.push((sql, answers));
    }
    // Nothing but statements that stand in our code is in it.
    let query = sqlx::query_with(AssertSqlSafe(as_one(parts)), arguments);
    if places.iter().all(Vec::is_empty) {
        query.execute(conn).await?;
        return Ok(());
    }
    let row = query.fetch_one(conn).await?;
    for (nth, places) in places.iter().enumerate().filter(|(_, it)| !it.is_empty()) {
        let tids: Vec<Tid> = row.try_get(nth)?;
        places.iter().zip(tids).for_each(|(place, tid)| place.tell(tid));
    }
    Ok(())
}

/// The table that a statement writes, or the function that it calls; `None` where it must be run alone.
fn what_it_writes(sql: &str) -> Option<&str> {
    let mut words = sql.split_ascii_whitespace();
    match (words.next()?, words.next()?) {
        ("insert", "into") | ("delete", "from") => words.next(),
        ("select", call) => call.split('(').next(),
        ("update", table) => Some(table),
        _ => None,
    }
}

/// What a statement answers.
#[derive(Clone, Copy, PartialEq)]
enum Answers {
    Nothing,
    /// A call: one value.
    Once,
    /// A value of each row.
    OfEach,
}

fn is_call(sql: &str) -> bool {
    sql.trim_start().starts_with("select")
}

/// Statements as one.
fn as_one(mut parts: Vec<(String, Answers)>) -> String {
    if let [(sql, Answers::Nothing | Answers::Once)] = &mut parts[..] {
        return std::mem::take(sql);
    }
    let (mut with, mut answered) = (Vec::new(), Vec::new());
    for (nth, (sql, answers)) in parts.iter().enumerate() {
        // What writes is run in any case; what calls only where it is asked for.
        match answers {
            Answers::Nothing => with.push(format!("part_{nth} as ({sql})")),
            Answers::Once => {
                with.push(format!("part_{nth} (answer) as materialized ({sql})"));
                answered.push(format!("(select answer from part_{nth})"));
            }
            Answers::OfEach => {
                with.push(format!("part_{nth} (answer) as ({sql})"));
                answered.push(format!("(select array_agg(answer) from part_{nth})"));
            }
        }
    }
    format!("with {} select {}", with.join(", "), answered.join(", "))
}

/// With parameters that are counted on from those before.
fn renumbered(sql: &str, before: usize) -> String {
    let mut parts = sql.split('$');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|it: char| !it.is_ascii_digit()).unwrap_or(part.len());
        let (number, rest) = part.split_at(end);
        let number = number.parse().unwrap_or(0) + before;
        text.push_str(&format!("${number}{rest}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_touches_other_tables_is_run_as_one() {
        let mut writes = Writes::default();
        write(&mut writes, "insert into a select $1, unnest($2::int[])").bind(1).bind([2]);
        write(&mut writes, "select update_b($1, $2)").bind(3).bind(4);
        write(&mut writes, "delete from c where d = $1").bind(5);
        write(&mut writes, " update a set b = $1").bind(6);
        write(&mut writes, "with gone as (delete from e) select $1").bind(7);
        write(&mut writes, "insert into f select $1").bind(8);
        let theirs: Vec<_> = writes.statements.iter().map(|it| it.theirs).collect();
        assert_eq!(theirs, [None, Some(2), Some(4), None, None, None]);
        let counts: Vec<_> = writes.statements.iter().map(|it| it.arguments.len()).collect();
        assert_eq!(counts, [0, 0, 5, 1, 1, 1]);
    }

    #[test]
    fn what_reads_does_not_wait() {
        let may_wait = |statements: &[&'static str]| {
            let mut writes = Writes::default();
            for it in statements {
                write(&mut writes, *it);
            }
            (writes.are_one(), writes.may_wait())
        };
        let (insert, call) = ("insert into a select $1", "select update_b($1)");
        assert_eq!(may_wait(&[]), (true, true));
        assert_eq!(may_wait(&[insert, call]), (true, true));
        assert_eq!(may_wait(&[insert, "insert into c select d from e"]), (true, false));
        assert_eq!(may_wait(&[insert, "update c set d = $1"]), (true, false));
        assert_eq!(may_wait(&[insert, insert]), (false, false));
        assert_eq!(may_wait(&["with c as (delete from d) select 1"]), (false, false));
    }

    #[test]
    fn parameters_are_counted_on() {
        let parts = vec![
            (renumbered("insert into a select $1, unnest($2::int[])", 0), Answers::Nothing),
            (renumbered("select update_b($1, $2)", 2), Answers::Once),
            (renumbered("insert into c select $1 returning ctid", 4), Answers::OfEach),
        ];
        assert_eq!(
            as_one(parts),
            "with part_0 as (insert into a select $1, unnest($2::int[])), part_1 (answer) as materialized \
             (select update_b($3, $4)), part_2 (answer) as (insert into c select $5 returning ctid) \
             select (select answer from part_1), (select array_agg(answer) from part_2)"
        );
    }
}
