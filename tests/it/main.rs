//! One binary, through the public client.
