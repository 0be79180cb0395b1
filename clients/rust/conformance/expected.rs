//! Whether an answer has what it must have.

use erpsync_client::refusal;
use serde_json::{Value, json};
use tonic::Status;

/// `expected` is a part of what must be there; what is absent has its default.
pub fn compare(path: &str, expected: &Value, seen: &Value) -> Result<(), String> {
    let place = if path.is_empty() { "the answer" } else { path };
    match expected {
        Value::String(any) if any == "*" => match is_default(seen) {
            true => Err(format!("{place} is not there")),
            false => Ok(()),
        },
        expected if is_default(expected) => match is_default(seen) {
            true => Ok(()),
            false => Err(format!("{place} is {seen}, not absent or {expected}")),
        },
        Value::Object(fields) => {
            for (name, expected) in fields {
                compare(&format!("{path}.{name}"), expected, &seen[name])?;
            }
            Ok(())
        }
        Value::Array(items) => {
            let seen = seen.as_array().map(Vec::as_slice).unwrap_or_default();
            if seen.len() != items.len() {
                let seen = Value::from(seen.to_vec());
                return Err(format!("{place} is not {} items: {seen}", items.len()));
            }
            for (nth, (expected, seen)) in items.iter().zip(seen).enumerate() {
                compare(&format!("{path}[{nth}]"), expected, seen)?;
            }
            Ok(())
        }
        expected if expected == seen => Ok(()),
        _ => Err(format!("{place} is {seen}, not {expected}")),
    }
}

fn is_default(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(it) => !it,
        Value::Number(it) => it.as_f64() == Some(0.0),
        Value::String(it) => it.is_empty() || it == "0",
        Value::Array(it) => it.is_empty(),
        Value::Object(it) => it.is_empty(),
    }
}

/// Whether a call was refused as it must be.
pub fn compare_refusal(expected: &Value, status: &Status) -> Result<(), String> {
    let told = refusal(status).ok_or_else(|| format!("no refusal: {status}"))?;
    let seen = json!({
        "code": code(&told.code),
        "reason": told.reason,
        "metadata": told.metadata,
    });
    for part in ["code", "reason", "metadata"] {
        compare(&format!(".{part}"), &expected[part], &seen[part])
            .or_else(|why| if expected[part].is_null() { Ok(()) } else { Err(why) })
            .map_err(|why| format!("{why}: {told}"))?;
    }
    for field in expected["fields"].as_array().map(Vec::as_slice).unwrap_or_default() {
        if !told.fields.iter().any(|(path, _)| field == path) {
            return Err(format!("{field} is not among the fields at fault: {:?}", told.fields));
        }
    }
    Ok(())
}

/// `NotFound` as `NOT_FOUND`.
fn code(code: &tonic::Code) -> String {
    format!("{code:?}").chars().fold(String::new(), |text, it| match it.is_uppercase() {
        true if !text.is_empty() => format!("{text}_{it}"),
        _ => format!("{text}{}", it.to_ascii_uppercase()),
    })
}
