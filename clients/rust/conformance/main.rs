//! Plays the scenario of ../../conformance through the client, as its users have it.

mod calls;
mod expected;
mod json;
mod steps;

use std::process::ExitCode;

use serde_json::Value;

use steps::Player;

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string(variable("ERPSYNC_SCENARIO")?)?;
    let scenario: Value = serde_json::from_str(&text)?;
    let mut player = Player::open().await?;
    let mut code = ExitCode::SUCCESS;
    for step in scenario["steps"].as_array().ok_or("the scenario has no steps")? {
        let name = step["name"].as_str().ok_or("a step has no name")?;
        match player.play(step).await {
            Ok(()) => println!("ok {name}"),
            Err(why) => {
                code = ExitCode::FAILURE;
                println!("not ok {name}: {}", why.replace('\n', " "));
            }
        }
    }
    Ok(code)
}

fn variable(name: &str) -> Result<String, String> {
    std::env::var(name).map_err(|_| format!("{name} is not set"))
}
