use clap::CommandFactory;
use clap_complete::Shell;

use super::end::End;
use super::output::print;

/// For `--help`.
pub const EXAMPLES: &str = "\
Examples:
  erpsync completion bash > /etc/bash_completion.d/erpsync
  erpsync completion zsh > ~/.zfunc/_erpsync
  erpsync completion fish > ~/.config/fish/completions/erpsync.fish";

/// For which shell.
#[derive(clap::Args)]
pub struct Arguments {
    shell: Shell,
}

/// Prints the script.
pub fn run(arguments: Arguments) -> Result<(), End> {
    let mut script = Vec::new();
    let mut command = super::Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "erpsync", &mut script);
    print(&String::from_utf8_lossy(&script))
}
