//! Brotli of a page in two pieces: what is its own is compressed for each answer, the end that pages share only once.
//!
//! The encoder makes pieces that stand one behind the other as one stream (`bare_stream`, with `catable` for what follows the
//! first): a piece ends at a whole byte, and what follows refers to nothing before it.

use std::io::{self, Write};

use brotli::CompressorWriter;
use brotli::enc::BrotliEncoderParams;

/// The same for all pieces of a stream; 2 to this power is how far back a text refers, in bytes.
const WINDOW_BITS: i32 = 18;

/// How hard the encoder tries, of 11.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// For one answer: 6 makes a booking's page a tenth smaller, and takes more than twice the time.
    Once = 3,
    /// For an answer that many get.
    Often = 6,
    /// For what is a part of many answers: 5 ms for a fourteenth less. An encoder that is not optimised would take 0.1 s.
    Always = if cfg!(debug_assertions) { 5 } else { 10 },
}

/// Ends a stream of pieces: the last, empty block.
const LAST_BLOCK: u8 = 0x03;

/// A text followed by another that [`continuation`] has compressed, as one stream.
///
/// # Errors
/// When the encoder refuses its own parameters.
pub fn with_end(text: &[u8], end: &[u8], effort: Effort) -> io::Result<Vec<u8>> {
    let mut stream = piece(text, effort, BrotliEncoderParams { appendable: true, ..Default::default() })?;
    stream.extend_from_slice(end);
    stream.push(LAST_BLOCK);
    Ok(stream)
}

/// A text that follows another.
///
/// # Errors
/// When the encoder refuses its own parameters.
pub fn continuation(text: &[u8]) -> io::Result<Vec<u8>> {
    piece(text, Effort::Always, BrotliEncoderParams { catable: true, ..Default::default() })
}

fn piece(text: &[u8], effort: Effort, params: BrotliEncoderParams) -> io::Result<Vec<u8>> {
    let quality = effort as i32;
    let params =
        BrotliEncoderParams { bare_stream: true, quality, lgwin: WINDOW_BITS, size_hint: text.len(), ..params };
    let room = text.len() / 2;
    // All at once: what comes in portions makes the encoder clear memory for a whole window.
    let mut encoder = CompressorWriter::with_params(Vec::with_capacity(room), room.max(1024), &params);
    encoder.write_all(text)?;
    Ok(encoder.into_inner())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unpacked(mut stream: &[u8]) -> Vec<u8> {
        let mut text = Vec::new();
        brotli::BrotliDecompress(&mut stream, &mut text).unwrap();
        text
    }

    proptest! {
        #[test]
        fn two_pieces_are_one_stream(text in "[a-z <>é]{0,4000}", end in "[a-z <>é]{0,4000}") {
            for effort in [Effort::Once, Effort::Often] {
                let stream = with_end(text.as_bytes(), &continuation(end.as_bytes()).unwrap(), effort).unwrap();
                prop_assert_eq!(unpacked(&stream), format!("{text}{end}").into_bytes());
            }
        }
    }

    #[test]
    fn a_text_larger_than_the_window_is_whole() {
        let text: Vec<u8> = (0..400_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        let stream = with_end(&text, &continuation(&text).unwrap(), Effort::Once).unwrap();
        assert!(unpacked(&stream) == [text.as_slice(), &text].concat());
    }
}
