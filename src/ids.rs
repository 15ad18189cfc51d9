//! Random identifiers, made at the edge and passed in.

/// A fresh idempotency key: 128 random bits in hexadecimal.
pub fn fresh_command_id() -> String {
    random_hex::<16>()
}

/// A fresh token that opens something for whoever knows it: 256 random bits in hexadecimal.
pub fn fresh_token() -> String {
    random_hex::<32>()
}

/// So many random bytes in lower-case hexadecimal.
pub fn random_hex<const BYTES: usize>() -> String {
    let mut bytes = [0; BYTES];
    fill(&mut bytes);
    hex::encode(bytes)
}

/// A fresh booking reference, `GS-` and six characters of Crockford's base 32 (no I, L, O, U).
pub fn fresh_reference() -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut bytes = [0u8; 6];
    fill(&mut bytes);
    let characters = bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    std::iter::once("GS-".to_owned()).chain(characters.map(String::from)).collect()
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
/// When the operating system gives none: an identifier made without them could be guessed.
pub fn fill(bytes: &mut [u8]) {
    if let Err(error) = getrandom::fill(bytes) {
        panic!("the operating system gives no random bytes: {error}");
    }
}
