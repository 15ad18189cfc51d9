//! Random identifiers, made at the edge and passed in.

use std::fmt::Write;

/// A fresh idempotency key: 128 random bits in hexadecimal.
pub fn fresh_command_id() -> String {
    let mut bytes = [0u8; 16];
    fill(&mut bytes);
    hex(&bytes)
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
        _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// A fresh booking reference, `GS-` and six characters of Crockford's base 32 (no I, L, O, U).
pub fn fresh_reference() -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut bytes = [0u8; 6];
    fill(&mut bytes);
    let letters = bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    std::iter::once("GS-".to_owned()).chain(letters.map(String::from)).collect()
}

/// A fresh code for the start of a booking: four digits.
pub fn fresh_start_code() -> String {
    let mut bytes = [0u8; 4];
    fill(&mut bytes);
    format!("{:04}", u32::from_le_bytes(bytes) % 10_000)
}

/// Fills a buffer with random bytes of the operating system.
///
/// # Panics
/// When the operating system has none, which no answer could be honest about.
pub fn fill(bytes: &mut [u8]) {
    if let Err(error) = getrandom::fill(bytes) {
        panic!("the operating system gives no random bytes: {error}");
    }
}
