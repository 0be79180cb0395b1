//! The command line, as people and scripts call it: the real program against a real server.

mod bad;
mod follow;
mod hand;
mod import;
mod stock;

use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::kit::{Folder, House};

/// What a command has said, and how it ended.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// A place to call from: a folder, and a server.
pub struct Desk {
    pub house: House,
    folder: Folder,
}

impl Desk {
    pub async fn open(name: &str) -> Desk {
        let folder = Folder::new(name);
        std::fs::create_dir_all(folder.path()).unwrap();
        Desk { house: House::open().await, folder }
    }

    /// A file in the folder.
    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    pub fn write(&self, file: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path(file), content).unwrap();
    }

    pub fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.path(file)).unwrap()
    }

    /// The command in the folder and in the name of a system, not started yet.
    pub async fn command(&self, system: &str, words: &str) -> Command {
        let token = self.house.token(system).await.secret;
        let mut command = program(self.folder.path(), words);
        command.env("ERPSYNC_ADDRESS", self.house.address()).env("ERPSYNC_TOKEN", token);
        command
    }

    /// The same, up to its end.
    pub async fn say(&self, system: &str, words: &str) -> Said {
        said(self.command(system, words).await, "").await
    }

    /// Said by the ERP, and done.
    pub async fn erp(&self, words: &str) -> String {
        let said = self.say("erp", words).await;
        assert_eq!(said.code, 0, "{words}: {said:?}");
        said.out
    }
}

/// The command in a folder; nobody has said where the server is.
pub fn program(folder: &Path, words: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_erpsync"));
    command.args(words.split_whitespace()).current_dir(folder);
    command.env_remove("ERPSYNC_ADDRESS").env_remove("ERPSYNC_TOKEN");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // A test that fails leaves nobody behind.
    command.kill_on_drop(true);
    command
}

/// Starts it, types this, and waits for its end.
pub async fn said(mut command: Command, typed: &str) -> Said {
    let mut child = command.spawn().expect("the binary");
    let mut input = child.stdin.take().expect("a pipe");
    // It need not listen.
    let _ = input.write_all(typed.as_bytes()).await;
    drop(input);
    let done = child.wait_with_output().await.expect("its end");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Said {
        code: done.status.code().expect("a code"),
        out: text(done.stdout),
        err: text(done.stderr),
    }
}

/// Cells of a table, without their widths.
pub fn cells(table: &str) -> Vec<String> {
    let line = |it: &str| {
        it.split("  ").map(str::trim).filter(|it| !it.is_empty()).collect::<Vec<_>>().join("|")
    };
    table.lines().map(line).collect()
}

/// Objects, one on each line.
pub fn objects(lines: &str) -> Vec<serde_json::Value> {
    lines.lines().map(|it| serde_json::from_str(it).expect("JSON")).collect()
}
