//! A CSV file, as systems and spreadsheets write them.

use std::io::Read as _;
use std::path::Path;

use csv::{ByteRecord, ReaderBuilder};

use crate::cli::end::End;

/// What separates columns where nobody says it: the one that the header has most of.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A file, whole: it must not change while it is read.
pub struct File {
    /// For people.
    pub name: String,
    bytes: Vec<u8>,
    delimiter: u8,
}

/// A row and the line on which it begins, as an editor counts.
pub struct Line {
    pub number: u64,
    pub cells: ByteRecord,
}

impl File {
    /// Reads it; `-` is standard input.
    pub fn read(path: &Path, delimiter: Option<u8>) -> Result<File, End> {
        let (name, read) = match path.to_str() {
            Some("-") => {
                let mut bytes = Vec::new();
                let read = std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes);
                ("standard input".to_owned(), read)
            }
            _ => (path.display().to_string(), std::fs::read(path)),
        };
        let bytes = read.map_err(|cause| End::Failed(format!("{name}: {cause}")))?;
        File::of(name, bytes, delimiter)
    }

    fn of(name: String, mut bytes: Vec<u8>, delimiter: Option<u8>) -> Result<File, End> {
        if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
            return Err(End::Failed(format!("{name} is UTF-16: save it as UTF-8")));
        }
        if bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(End::Failed(format!("{name} is empty: it has not even a header")));
        }
        let delimiter = delimiter.unwrap_or_else(|| guessed(&bytes));
        Ok(File { name, bytes, delimiter })
    }

    /// What stands in it: together with how it is read, its identity.
    pub fn content(&self) -> (&[u8], u8) {
        (&self.bytes, self.delimiter)
    }

    /// The names of the columns, and all rows below them. Empty lines are none.
    pub fn lines(&self) -> Result<(Vec<String>, Vec<Line>), End> {
        let mut reader = ReaderBuilder::new()
            .delimiter(self.delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(&self.bytes[..]);
        let (mut lines, mut number, mut counted) = (Vec::new(), 1, 0);
        let mut cells = ByteRecord::new();
        let read = |cause: csv::Error| End::Failed(format!("{}: {cause}", self.name));
        while reader.read_byte_record(&mut cells).map_err(read)? {
            // The reader takes empty lines before a row as part of it.
            let begin = cells.position().map_or(0, |it| it.byte() as usize);
            let ends = self.bytes[begin..].iter().take_while(|it| matches!(it, b'\r' | b'\n'));
            let begin = begin + ends.count();
            number += newlines(&self.bytes[counted..begin]);
            counted = begin;
            lines.push(Line { number, cells: cells.clone() });
        }
        let mut lines = lines.into_iter();
        let header = lines.next().map(|it| it.cells).unwrap_or_default();
        let header = header.iter().map(|it| String::from_utf8_lossy(it).trim().to_owned());
        Ok((header.collect(), lines.collect()))
    }
}

fn guessed(bytes: &[u8]) -> u8 {
    let header = bytes.iter().skip_while(|it| it.is_ascii_whitespace());
    let header: Vec<u8> = header.take_while(|it| !matches!(it, b'\r' | b'\n')).copied().collect();
    let (mut outside, mut counts) = (true, [0_usize; DELIMITERS.len()]);
    for byte in header {
        outside ^= byte == b'"';
        if let Some(nth) = DELIMITERS.iter().position(|it| outside && *it == byte) {
            counts[nth] += 1;
        }
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    counts.iter().position(|it| *it == most).map_or(b',', |nth| DELIMITERS[nth])
}

fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|it| **it == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str) {
        let told = match File::of("it".into(), bytes.to_vec(), None).and_then(|it| it.lines()) {
            Ok((header, lines)) => {
                let lines = lines.iter().map(|it| {
                    let cells: Vec<_> = it.cells.iter().map(String::from_utf8_lossy).collect();
                    format!(" {}:{}", it.number, cells.join("|"))
                });
                format!("{}{}", header.join("|"), lines.collect::<String>())
            }
            Err(End::Failed(why)) => why,
            Err(other) => panic!("{other:?}"),
        };
        assert_eq!(told, expected, "{}", String::from_utf8_lossy(bytes));
    }

    #[test]
    fn files_are_read_as_they_are_written() {
        check(b"sku,qty\nMUG,5\nCUP,2\n", "sku|qty 2:MUG|5 3:CUP|2");
        check(b"sku;qty\r\nMUG;2,5\r\n", "sku|qty 2:MUG|2,5");
        check(b"sku\tqty\nMUG\t5", "sku|qty 2:MUG|5");
        check(b"\xef\xbb\xbfsku,qty\nMUG,5\n", "sku|qty 2:MUG|5");
        check(
            b"\"sku\",\"qty\"\n\"A, B\",5\n\"say \"\"hi\"\"\",6\n",
            "sku|qty 2:A, B|5 3:say \"hi\"|6",
        );
        check(b"sku,note\nMUG,\"two\nlines\"\n\n\nCUP,x\n", "sku|note 2:MUG|two\nlines 6:CUP|x");
        check(b"\n\nsku,qty\n\nMUG,5", "sku|qty 5:MUG|5");
        check(b"\"a;b\",c\n1,2", "a;b|c 2:1|2");
        check(b"sku\nMUG\n", "sku 2:MUG");
        check(b"sku,qty\n", "sku|qty");
    }

    #[test]
    fn what_is_no_such_file() {
        check(b"", "it is empty: it has not even a header");
        check(b"\xef\xbb\xbf \r\n", "it is empty: it has not even a header");
        check(b"\xff\xfes\0k\0u\0", "it is UTF-16: save it as UTF-8");
    }
}
