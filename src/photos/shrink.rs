//! From what somebody sent to what is shown. Pure: bytes in, bytes out.
//!
//! Every photo is unpacked and packed anew, so nothing but what is seen survives: no EXIF, no place where it was taken, no
//! file hidden behind it. What would need too much memory is refused by its header, before it is unpacked.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage};

/// The widths in which a photo is kept, in pixels; a smaller photo is not blown up.
pub const WIDTHS_PIXELS: [u32; 3] = [320, 800, 1600];

/// The most pixels on a side.
pub const MAX_SIDE_PIXELS: u32 = 12_000;
/// The most pixels in all.
pub const MAX_PIXELS: u64 = 50_000_000;
/// The most bytes of one unpacked photo: 50 megapixels with four channels and a reserve.
const MAX_BYTES: u64 = 256 * 1024 * 1024;
/// Of 100; below it skies become blocks, above it bytes grow faster than anybody sees.
const QUALITY: u8 = 80;

/// A photo ready to be kept.
#[derive(Clone, Debug)]
pub struct Shrunk {
    /// The width of the largest size.
    pub width: u32,
    /// The height of the largest size.
    pub height: u32,
    /// A JPEG for each of [`WIDTHS_PIXELS`].
    pub jpegs: [Vec<u8>; 3],
}

/// Why something is no photo for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// By its content it is neither JPEG, PNG nor WebP, whatever its name says.
    WrongKind,
    /// Too many pixels.
    TooLarge,
    /// It ends early or makes no sense.
    Broken,
}

/// Unpacks, turns upright, shrinks and packs a photo.
///
/// # Errors
/// [`Refused`].
pub fn shrink(bytes: &[u8]) -> Result<Shrunk, Refused> {
    let kind = image::guess_format(bytes).map_err(|_| Refused::WrongKind)?;
    if !matches!(kind, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP) {
        return Err(Refused::WrongKind);
    }
    // The decoder paints what is missing of a JPEG grey and says nothing.
    if kind == ImageFormat::Jpeg && !ends_in_order(bytes) {
        return Err(Refused::Broken);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE_PIXELS);
    limits.max_image_height = Some(MAX_SIDE_PIXELS);
    limits.max_alloc = Some(MAX_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), kind);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| refused(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS || decoder.total_bytes() > MAX_BYTES {
        return Err(Refused::TooLarge);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(|error| refused(&error))?;
    let largest = upright(picture, orientation);
    let mut jpegs: [Vec<u8>; 3] = Default::default();
    for (jpeg, size) in jpegs.iter_mut().zip(WIDTHS_PIXELS) {
        *jpeg = pack(&largest, size)?;
    }
    Ok(Shrunk { width: largest.width(), height: largest.height(), jpegs })
}

/// The photo as it is meant to be seen, no wider than the largest size.
fn upright(picture: DynamicImage, orientation: Orientation) -> DynamicImage {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    let on_its_side = matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH);
    let across = if on_its_side { picture.height() } else { picture.width() };
    // Smaller first: turning and mixing then touch few pixels.
    let mut small = scaled(&picture, WIDTHS_PIXELS[2], across);
    drop(picture);
    small.apply_orientation(orientation);
    DynamicImage::ImageRgb8(on_white(&small))
}

/// The photo with `size` pixels where there are `across` now; as it is if there are no more.
fn scaled(picture: &DynamicImage, size: u32, across: u32) -> DynamicImage {
    if across <= size {
        return picture.clone();
    }
    let scale = |side: u32| {
        let scaled = u64::from(side) * u64::from(size) / u64::from(across.max(1));
        u32::try_from(scaled).unwrap_or(size).max(1)
    };
    picture.thumbnail_exact(scale(picture.width()), scale(picture.height()))
}

/// A JPEG knows no transparency; paper is white.
fn on_white(picture: &DynamicImage) -> RgbImage {
    let picture = picture.to_rgba8();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [red, green, blue, opaque] = picture.get_pixel(x, y).0;
        let mix = |colour: u8| {
            let mixed = u32::from(colour) * u32::from(opaque) + 255 * (255 - u32::from(opaque));
            u8::try_from(mixed / 255).unwrap_or(255)
        };
        image::Rgb([mix(red), mix(green), mix(blue)])
    })
}

fn pack(picture: &DynamicImage, size: u32) -> Result<Vec<u8>, Refused> {
    let mut jpeg = Vec::new();
    let small = scaled(picture, size, picture.width());
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode_image(&small).map_err(|error| refused(&error))?;
    Ok(jpeg)
}

fn refused(error: &ImageError) -> Refused {
    match error {
        ImageError::Limits(_) => Refused::TooLarge,
        _ => Refused::Broken,
    }
}

/// Whether a JPEG goes on to its end marker (ISO/IEC 10918-1, annex B): segments with their lengths, and after the start of a
/// scan its data, in which FF is followed by 00 or a restart marker only.
fn ends_in_order(bytes: &[u8]) -> bool {
    const END: u8 = 0xD9;
    const SCAN: u8 = 0xDA;
    let mut at = 2;
    let mut scanning = false;
    while let (Some(&first), Some(&second)) = (bytes.get(at), bytes.get(at + 1)) {
        let marker = first == 0xFF && !matches!(second, 0x00 | 0xFF | 0xD0..=0xD7);
        match (marker, second) {
            (true, END) => return true,
            (true, _) => {
                let (Some(&high), Some(&low)) = (bytes.get(at + 2), bytes.get(at + 3)) else {
                    return false;
                };
                at += 2 + usize::from(u16::from_be_bytes([high, low]));
                scanning = second == SCAN;
            }
            // Between segments there is nothing but padding.
            (false, _) if scanning || first == 0xFF => at += 1,
            (false, _) => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests;
