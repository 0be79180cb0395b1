//! What is to be written: statements with all that is in them, made before they are run, so that Postgres
//! need not wait for the next one.

use serde::Serialize;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::{
    Arguments as _, AssertSqlSafe, Encode, PgConnection, Postgres, Row as _, SqlSafeStr, SqlStr,
    Type,
};

use super::{Place, Tid};

/// Statements, in their order.
#[derive(Default)]
pub struct Writes {
    statements: Vec<Write>,
    /// Whether they are run together, as far as they can be.
    together: bool,
}

/// A statement, and what is bound to it.
pub struct Write {
    sql: SqlStr,
    /// Of those before it, too, that are run together with it.
    arguments: PgArguments,
    /// How many of them are theirs; `None` where it is not run together with the one before it.
    theirs: Option<usize>,
    /// Of the rows that it moves, in order: it answers where they lie then.
    places: Vec<Place>,
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
    writes.statements.push_mut(Write { sql, arguments, theirs, places: Vec::new(), failure: None })
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

    /// Binds where rows lie. The statement is a call, and answers where they lie then, in the same order.
    pub fn bind_places(&mut self, places: Vec<Place>) -> &mut Write {
        self.bind(places.iter().map(Place::leave).collect::<Vec<_>>());
        self.places = places;
        self
    }

    fn fail(&mut self, cause: impl Into<BoxDynError>) -> &mut Write {
        self.failure.get_or_insert(cause.into());
        self
    }
}

impl Writes {
    /// Statements that are short: they are run as one, as far as they can be, for their number is what they cost.
    ///
    /// Each then sees what was there before all of them.
    pub fn together() -> Writes {
        Writes { together: true, ..Writes::default() }
    }

    /// Whether a statement is run together with those before it. Two of one table are not: the second may have
    /// to see what the first did.
    fn goes_with(&self, sql: &str) -> bool {
        let Some(table) = what_it_writes(sql).filter(|_| self.together) else { return false };
        let alone = self.statements.iter().rposition(|it| it.theirs.is_none());
        let others = &self.statements[alone.unwrap_or_default()..];
        !others.is_empty()
            && others.iter().all(|it| what_it_writes(it.sql.as_str()).is_some_and(|it| it != table))
    }

    /// Says that what would have to be written cannot be.
    pub fn fail(&mut self, why: &'static str) {
        write(self, "").fail(why);
    }

    /// Runs them, one after the other, until one fails.
    pub async fn run(self, conn: &mut PgConnection) -> sqlx::Result<()> {
        let mut together = Vec::new();
        let mut places = Vec::new();
        let mut rest = self.statements.into_iter().peekable();
        while let Some(Write { sql, arguments, theirs, places: its, failure }) = rest.next() {
            if let Some(cause) = failure {
                return Err(sqlx::Error::Encode(cause));
            }
            places.extend(is_call(sql.as_str()).then_some(its));
            together.push((sql, theirs.unwrap_or_default()));
            if rest.peek().is_none_or(|it| it.theirs.is_none()) {
                let sql = as_one(std::mem::take(&mut together));
                let query = sqlx::query_with(sql, arguments);
                if places.iter().all(Vec::is_empty) {
                    query.execute(&mut *conn).await?;
                    places.clear();
                } else {
                    tell(&query.fetch_one(&mut *conn).await?, &mut places)?;
                }
            }
        }
        Ok(())
    }
}

/// Tells where rows lie now, as each call answered.
fn tell(row: &PgRow, places: &mut Vec<Vec<Place>>) -> sqlx::Result<()> {
    for (nth, places) in places.drain(..).enumerate().filter(|it| !it.1.is_empty()) {
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

fn is_call(sql: &str) -> bool {
    sql.trim_start().starts_with("select")
}

/// Statements as one; with each, how many of the parameters come before its own.
fn as_one(mut statements: Vec<(SqlStr, usize)>) -> SqlStr {
    if statements.len() == 1 {
        return statements.remove(0).0;
    }
    let (mut with, mut calls) = (Vec::new(), Vec::new());
    for (nth, (sql, before)) in statements.iter().enumerate() {
        let sql = renumbered(sql.as_str(), *before);
        // What writes is run in any case; what calls only where it is asked for.
        if is_call(&sql) {
            with.push(format!("part_{nth} (answer) as materialized ({sql})"));
            calls.push(format!("(select answer from part_{nth})"));
        } else {
            with.push(format!("part_{nth} as ({sql})"));
        }
    }
    let sql = format!("with {} select {}", with.join(", "), calls.join(", "));
    // Nothing but statements that stand in our code is in it.
    AssertSqlSafe(sql).into_sql_str()
}

/// With parameters that are counted on from those before.
fn renumbered(sql: &str, before: usize) -> String {
    let mut parts = sql.split('$');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|it: char| !it.is_ascii_digit()).unwrap_or(part.len());
        let (number, rest) = part.split_at(end);
        let number = number.parse::<usize>().map_or(0, |it| it + before);
        text.push_str(&format!("${number}{rest}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_touches_other_tables_is_run_as_one() {
        let mut writes = Writes::together();
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
        let one = writes.statements.drain(..3).map(|it| (it.sql, it.theirs.unwrap_or_default()));
        assert_eq!(
            as_one(one.collect()).as_str(),
            "with part_0 as (insert into a select $1, unnest($2::int[])), part_1 (answer) as \
             materialized (select update_b($3, $4)), part_2 as (delete from c where d = $5) select (select \
             answer from part_1)"
        );
    }

    #[test]
    fn what_is_long_is_run_by_itself() {
        let mut writes = Writes::default();
        write(&mut writes, "insert into a select $1").bind(1);
        write(&mut writes, "insert into b select $1").bind(2);
        assert!(writes.statements.iter().all(|it| it.theirs.is_none()));
    }
}
