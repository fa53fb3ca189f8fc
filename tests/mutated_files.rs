//! Thousands of damaged files, from a seed: each gives rows or reasons, never a panic, and its rows always reconcile.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own files cannot be written"
)]

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use smarketing::domain::calendar::Calendar;
use smarketing::domain::money::Currency;
use smarketing::transfer::import::{Options, Plan};
use smarketing::transfer::map::Catalog;

/// Files of each kind; five kinds are tried.
const EACH: u64 = 600;

const LEADS: &str = "Record Id,Lead Owner.id,Lead Owner,Is Converted,Company,First Name,Last Name,Email,Phone,Lead Source,Lead Status,Created Time,Amount\n\
zcrm_1,zcrm_9,Ana Silva,false,\"Müller, Söhne\",Zoë,O'Brien,zoe@a.example,+49 30 123,Webinar,Not Contacted,2025-01-02 10:00:00,\"1,200.50\"\n\
zcrm_2,zcrm_9,Ana Silva,true,\"Two\nlines\",李,小龍,li@b.example,,Trade Show,Junk Lead,2025-02-28 23:59:59,$45k\n\
zcrm_3,zcrm_9,,false,=cmd|x,عمر,خان,OMAR@c.example,007,-None-,Lost Lead,2025-03-30 02:30:00,\n";

/// `SplitMix64` (Steele, Lea, Flood 2014): the same seed gives the same damage.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.roll() % n.max(1) as u64) as usize
    }
}

/// Bytes that have broken readers before.
const NASTY: &[&[u8]] = &[
    b"\"",
    b"\0",
    b"\r",
    b"\r\n",
    b"\n\n\n",
    b",,,,",
    b";",
    b"\t",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x80",
    b"\xf0\x9f",
    b"sep=;\n",
    b"NaN",
    b"1e400",
    b"-9223372036854775809",
    b"99999999999999999999",
    b"0000-00-00",
    b"9999-12-31",
    b"2024-02-30",
    b"\x1b]0;x\x07",
    b"=HYPERLINK(1)",
    b"\x1f\x8b",
    b"PK\x03\x04",
    b"\"\"\"",
];

fn damaged(whole: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len() + 1);
        match dice.below(6) {
            0 => bytes.truncate(at),
            1 => {
                let nasty = NASTY[dice.below(NASTY.len())];
                bytes.splice(at..at, nasty.iter().copied());
            }
            2 if at < bytes.len() => bytes[at] = dice.roll() as u8,
            3 if at < bytes.len() => {
                let end = (at + 1 + dice.below(40)).min(bytes.len());
                bytes.drain(at..end);
            }
            4 if at < bytes.len() => {
                let end = (at + 1 + dice.below(60)).min(bytes.len());
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            _ => {
                let to = dice.below(bytes.len() + 1);
                let (low, high) = (at.min(to), at.max(to));
                bytes[low..high].reverse();
            }
        }
    }
    bytes
}

/// Reads a file as an import would; whether it gave rows at all.
fn read(path: &Path, catalog: &Catalog, seed: u64) -> bool {
    let options = Options::new(Calendar::new("Europe/Berlin").unwrap(), Currency::EUR);
    let plan = match Plan::detect(path, catalog, options) {
        Ok(plan) => plan,
        Err(fault) => {
            assert!(
                !fault.to_string().trim().is_empty(),
                "seed {seed}: an error without words"
            );
            return false;
        }
    };
    let Ok(mut stream) = plan.start(Arc::new(AtomicBool::new(false))) else {
        return false;
    };
    let (mut read, mut refused) = (0, 0);
    for chunk in stream.by_ref() {
        let Ok(chunk) = chunk else { return false };
        read += chunk.read;
        refused += chunk.refused.len() as u64;
        for refusal in &chunk.refused {
            assert!(
                refusal.line >= 1 && !refusal.why.is_empty(),
                "seed {seed}: {refusal:?}"
            );
        }
    }
    let summary = stream.finish();
    assert_eq!(summary.read, read, "seed {seed}");
    assert_eq!(
        summary.read,
        summary.mapped + summary.refused + summary.passed_over,
        "seed {seed}: {summary:?}"
    );
    assert!(
        refused >= summary.refused,
        "seed {seed}: a refused row without a reason"
    );
    summary.mapped > 0
}

fn try_all(name: &str, whole: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let catalog = Catalog::shipped();
    let path = folder.path().join(name);
    std::fs::write(&path, whole).unwrap();
    assert!(
        read(&path, &catalog, u64::MAX),
        "{name}: the undamaged file gives rows"
    );
    let mut gave_rows = 0;
    for seed in 0..EACH {
        let bytes = damaged(whole, &mut Dice(seed));
        std::fs::write(&path, bytes).unwrap();
        gave_rows += u64::from(read(&path, &catalog, seed));
    }
    // Damage that always ends the whole file would test nothing behind the first check.
    println!("{name}: {gave_rows} of {EACH} damaged files still gave rows");
}

#[test]
fn damaged_utf8_gives_rows_or_reasons() {
    try_all("leads.csv", LEADS.as_bytes());
}

#[test]
fn damaged_utf16_gives_rows_or_reasons() {
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(
        LEADS
            .replace(',', "\t")
            .encode_utf16()
            .flat_map(u16::to_le_bytes),
    );
    try_all("leads.txt", &bytes);
}

#[test]
fn damaged_windows_1252_with_semicolons_gives_rows_or_reasons() {
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(
        "Lead Owner;Company;Last Name;Email;Lead Source;Lead Status;Create Date;Amount\r\n\
        Jürgen;Jürgen & Söhne;Groß;a@b.example;Messe;Open - Not Contacted;31.01.2025;1.234,56 €\r\n\
        Jürgen;Größe;Klein;c@d.example;Messe;Closed - Not Converted;28.02.2025;45,00\r\n",
    );
    try_all("leads.csv", &bytes);
}

#[test]
fn damaged_gzip_gives_rows_or_reasons() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(LEADS.as_bytes()).unwrap();
    try_all("leads.csv.gz", &packed.finish().unwrap());
}
