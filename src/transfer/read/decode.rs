//! Bytes to UTF-8 text, piece by piece; finds the encoding itself and never fails on a wrong byte.

use super::fault::ReadError;
use super::source::Bytes;
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, Read};

const PIECE: usize = 256 << 10;

/// The encoding that a sample of a file shows.
pub(super) fn detect(sample: &[u8], asked: Option<&str>) -> Result<&'static Encoding, ReadError> {
    if let Some(label) = asked {
        return Encoding::for_label(label.as_bytes()).ok_or_else(|| ReadError::NoEncoding {
            label: label.to_owned(),
        });
    }
    if let Some((encoding, _)) = Encoding::for_bom(sample) {
        return Ok(encoding);
    }
    if let Some(encoding) = utf16_of(sample) {
        return Ok(encoding);
    }
    if mostly_utf8(sample) {
        return Ok(UTF_8);
    }
    let mut guess = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    guess.feed(sample, false);
    Ok(guess.guess(None, chardetng::Utf8Detection::Deny))
}

/// UTF-16 by its mark, or by zero bytes in every other place.
pub(super) fn utf16_of(sample: &[u8]) -> Option<&'static Encoding> {
    match sample {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let pairs = sample.chunks_exact(2).take(2_000);
    let (mut n, mut first, mut second) = (0_usize, 0_usize, 0_usize);
    for pair in pairs {
        n += 1;
        first += usize::from(pair[0] == 0 && pair[1] != 0);
        second += usize::from(pair[1] == 0 && pair[0] != 0);
    }
    if n < 2 {
        return None;
    }
    if second * 10 > n * 4 && first * 20 < n {
        Some(UTF_16LE)
    } else if first * 10 > n * 4 && second * 20 < n {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// UTF-8, even if a few bytes among many good characters are not: files are glued together from several sources.
fn mostly_utf8(sample: &[u8]) -> bool {
    let (mut good, mut wrong) = (0, 0);
    let mut rest = sample;
    loop {
        match std::str::from_utf8(rest) {
            Ok(text) => {
                good += text.chars().filter(|c| !c.is_ascii()).count();
                break;
            }
            Err(fault) => {
                let (valid, after) = rest.split_at(fault.valid_up_to());
                good += std::str::from_utf8(valid)
                    .map_or(0, |text| text.chars().filter(|c| !c.is_ascii()).count());
                let Some(len) = fault.error_len() else { break };
                wrong += 1;
                rest = &after[len..];
            }
        }
    }
    wrong * 20 <= good
}

/// A stream of decoded text.
pub(super) struct Text {
    bytes: Bytes,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    kept: usize,
    started: bool,
    ended: bool,
    mended: u64,
}

impl Text {
    pub(super) fn new(bytes: Bytes, encoding: &'static Encoding) -> Self {
        let decoder = (encoding != UTF_8).then(|| encoding.new_decoder_with_bom_removal());
        Self {
            bytes,
            decoder,
            raw: vec![0; PIECE],
            kept: 0,
            started: false,
            ended: false,
            mended: 0,
        }
    }

    /// Bytes that were no UTF-8 and were read as windows-1252.
    pub(super) fn mended(&self) -> u64 {
        self.mended
    }

    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    /// Appends at least `want` bytes of text to `out`, fewer only at the end of the file.
    pub(super) fn fill(&mut self, out: &mut String, want: usize) -> io::Result<()> {
        let goal = out.len() + want;
        while !self.ended && out.len() < goal {
            let n = loop {
                match self.bytes.read(&mut self.raw[self.kept..]) {
                    Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                    other => break other?,
                }
            };
            self.ended = n == 0;
            let end = self.kept + n;
            if self.decoder.is_some() {
                self.foreign(end, out);
            } else {
                self.utf8(end, out);
            }
        }
        Ok(())
    }

    fn foreign(&mut self, end: usize, out: &mut String) {
        let Some(decoder) = &mut self.decoder else {
            return;
        };
        let room = decoder.max_utf8_buffer_length(end).unwrap_or(end * 4 + 16);
        out.reserve(room);
        let (_, _, wrong) = decoder.decode_to_string(&self.raw[..end], out, self.ended);
        self.mended += u64::from(wrong);
        self.kept = 0;
    }

    fn utf8(&mut self, end: usize, out: &mut String) {
        let mut at = 0;
        if !self.started && end >= 3 {
            self.started = true;
            at = if self.raw.starts_with(&[0xef, 0xbb, 0xbf]) {
                3
            } else {
                0
            };
        }
        loop {
            let Err(fault) = std::str::from_utf8(&self.raw[at..end]).map(|good| out.push_str(good))
            else {
                self.kept = 0;
                return;
            };
            let good = at + fault.valid_up_to();
            out.push_str(
                std::str::from_utf8(&self.raw[at..good])
                    .expect("the part before the fault was just found valid"),
            );
            match fault.error_len() {
                None if !self.ended => {
                    self.raw.copy_within(good..end, 0);
                    self.kept = end - good;
                    return;
                }
                wrong => {
                    let past = good + wrong.unwrap_or(end - good);
                    out.push_str(
                        &WINDOWS_1252
                            .decode_without_bom_handling(&self.raw[good..past])
                            .0,
                    );
                    self.mended += (past - good) as u64;
                    at = past;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, &'static str, u64) {
        let encoding = detect(bytes, None).unwrap();
        let rest: Box<dyn Read + Send> = Box::new(std::io::empty());
        let mut text = Text::new(std::io::Cursor::new(bytes.to_vec()).chain(rest), encoding);
        let mut out = String::new();
        while !text.ended() {
            text.fill(&mut out, 1).unwrap();
        }
        (out, encoding.name(), text.mended())
    }

    #[test]
    fn byte_order_marks_are_taken_off() {
        assert_eq!(decoded(b"\xef\xbb\xbfId,Name\n").0, "Id,Name\n");
        assert_eq!(decoded(b"\xff\xfeI\0d\0\t\0\xe9\0").0, "Id\té");
        assert_eq!(decoded(b"\xfe\xff\0I\0d\0\t\0\xe9").0, "Id\té");
    }

    #[test]
    fn utf16_without_a_mark_is_seen_by_its_zeros() {
        let le: Vec<u8> = "Id\tName\r\n1\tZoë\r\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(
            decoded(&le),
            ("Id\tName\r\n1\tZoë\r\n".into(), "UTF-16LE", 0)
        );
        let be: Vec<u8> = "Id\tName\r\n1\tZoë\r\n"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(decoded(&be).1, "UTF-16BE");
    }

    #[test]
    fn windows_1252_without_any_mark_is_read() {
        assert_eq!(
            decoded(b"Id,Name\n1,Jur\xeddica\n2,M\xfcller\n").0,
            "Id,Name\n1,Jurídica\n2,Müller\n"
        );
    }

    #[test]
    fn a_wrong_byte_far_into_a_utf8_file_is_read_as_windows_1252() {
        let mut bytes = "né,".repeat(200_000).into_bytes();
        bytes.extend(b"caf\xe9\n");
        let (text, name, mended) = decoded(&bytes);
        assert_eq!((name, mended), ("UTF-8", 1));
        assert!(text.ends_with("né,café\n"));
    }

    #[test]
    fn a_character_cut_by_a_piece_is_whole_again() {
        let long = format!("{}é{}", "a".repeat(PIECE - 1), "b".repeat(10));
        assert_eq!(decoded(long.as_bytes()).0, long);
    }
}
