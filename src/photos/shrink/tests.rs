use image::{GenericImageView, Rgb, Rgba, RgbaImage};

use super::*;

/// A photo whose left half is red and whose right half is blue.
fn halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) })
}

fn packed(picture: impl Into<DynamicImage>, kind: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, kind).unwrap();
    bytes.into_inner()
}

/// The JPEG with an EXIF segment behind its start: an orientation, and a GPS directory with a latitude reference `S`.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0\x2A\0\0\0\x08".to_vec();
    tiff.extend([0, 2]);
    tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    tiff.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]);
    tiff.extend([0, 0, 0, 0]);
    tiff.extend([0, 1, 0, 1, 0, 2, 0, 0, 0, 2, b'S', 0, 0, 0, 0, 0, 0, 0]);
    tiff.extend(b"GPS-41.29,174.78");
    let mut whole = jpeg[..2].to_vec();
    let length = u16::try_from(tiff.len() + 8).unwrap().to_be_bytes();
    whole.extend([0xFF, 0xE1, length[0], length[1]]);
    whole.extend(b"Exif\0\0");
    whole.extend(tiff);
    whole.extend(&jpeg[2..]);
    whole
}

/// A PNG that says it has that size and brings next to nothing.
fn png_of_size(width: u32, height: u32) -> Vec<u8> {
    let crc = |bytes: &[u8]| {
        !bytes.iter().fold(!0u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & 0u32.wrapping_sub(crc & 1)))
        })
    };
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8], data: &[u8]| {
        let named = [kind, data].concat();
        png.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        png.extend(&named);
        png.extend(crc(&named).to_be_bytes());
    };
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes()[..], &[8, 2, 0, 0, 0]].concat();
    chunk(b"IHDR", &header);
    chunk(b"IDAT", &[0x78, 0x9c, 0x63, 0, 0, 0, 1, 0, 1]);
    chunk(b"IEND", &[]);
    png
}

fn seen(jpeg: &[u8]) -> DynamicImage {
    assert_eq!(image::guess_format(jpeg).unwrap(), ImageFormat::Jpeg);
    image::load_from_memory(jpeg).unwrap()
}

#[test]
fn every_kind_of_photo_becomes_jpegs_of_three_widths() {
    for kind in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let shrunk = shrink(&packed(halves(2000, 1000), kind)).unwrap();
        assert_eq!((shrunk.width, shrunk.height), (1600, 800), "{kind:?}");
        let sizes = shrunk.jpegs.map(|jpeg| seen(&jpeg).dimensions());
        assert_eq!(sizes, [(320, 160), (800, 400), (1600, 800)], "{kind:?}");
    }
}

#[test]
fn a_small_photo_is_not_blown_up() {
    let shrunk = shrink(&packed(halves(500, 700), ImageFormat::Jpeg)).unwrap();
    assert_eq!(shrunk.jpegs.map(|jpeg| seen(&jpeg).width()), [320, 500, 500]);
}

#[test]
fn a_photo_taken_sideways_stands_upright() {
    let sideways = with_exif(&packed(halves(400, 200), ImageFormat::Jpeg), 6);
    let shrunk = shrink(&sideways).unwrap();
    assert_eq!((shrunk.width, shrunk.height), (200, 400));
    let upright = seen(&shrunk.jpegs[2]).to_rgb8();
    let (top, bottom) = (upright.get_pixel(100, 20).0, upright.get_pixel(100, 380).0);
    assert!(top[0] > 150 && bottom[2] > 150, "left has become top: {top:?} {bottom:?}");
}

#[test]
fn where_a_photo_was_taken_is_not_in_what_is_kept() {
    let sent = with_exif(&packed(halves(400, 200), ImageFormat::Jpeg), 1);
    assert!(contains(&sent, b"GPS-41.29") && contains(&sent, b"Exif"));
    for jpeg in shrink(&sent).unwrap().jpegs {
        assert!(!contains(&jpeg, b"GPS") && !contains(&jpeg, b"Exif"));
    }
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

#[test]
fn what_can_be_seen_through_lies_on_white() {
    let glass = RgbaImage::from_pixel(40, 40, Rgba([0, 0, 0, 0]));
    let shrunk = shrink(&packed(glass, ImageFormat::Png)).unwrap();
    assert!(seen(&shrunk.jpegs[0]).to_rgb8().get_pixel(20, 20).0.iter().all(|colour| *colour > 250));
}

#[test]
fn what_is_no_photo_is_refused_by_its_content() {
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    let gif = b"GIF89a\x01\0\x01\0\0\0\0;";
    for wrong in [&b"Dear Hemi, this is no photo."[..], svg, gif, b"%PDF-1.7", b""] {
        assert_eq!(shrink(wrong).unwrap_err(), Refused::WrongKind, "{}", String::from_utf8_lossy(wrong));
    }
}

#[test]
fn a_decompression_bomb_is_refused_by_its_header() {
    for (width, height) in
        [(60_000, 60_000), (12_001, 10), (10, 12_001), (8_000, 8_000), (u32::MAX >> 1, u32::MAX >> 1)]
    {
        let refused = shrink(&png_of_size(width, height)).unwrap_err();
        assert!(matches!(refused, Refused::TooLarge | Refused::Broken), "{refused:?}");
        if width < 1_000_000 {
            assert_eq!(refused, Refused::TooLarge, "{width} x {height}");
        }
    }
}

#[test]
fn a_photo_that_ends_early_is_refused_wherever_it_ends() {
    for kind in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = packed(halves(300, 200), kind);
        for share in 1..10 {
            let part = &whole[..whole.len() * share / 10];
            assert!(shrink(part).is_err(), "{kind:?}, {share} tenths");
        }
        assert!(shrink(&whole[..whole.len() - 2]).is_err() || kind == ImageFormat::Png, "{kind:?}");
    }
}

#[test]
fn what_a_phone_hides_behind_a_photo_is_dropped() {
    let mut moving = packed(halves(300, 200), ImageFormat::Jpeg);
    moving.extend(b"ftypmp42 a short film");
    assert!(shrink(&moving).unwrap().jpegs.iter().all(|jpeg| !contains(jpeg, b"ftyp")));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..proptest::prelude::ProptestConfig::with_cases(64) })]
    #[test]
    fn a_photo_with_flipped_bits_never_brings_the_server_down(at in 0..2000usize, value: u8, kind in 0..3usize) {
        let kind = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP][kind];
        let mut bytes = packed(halves(60, 40), kind);
        let at = at % bytes.len();
        bytes[at] = value;
        _ = shrink(&bytes);
    }
}
