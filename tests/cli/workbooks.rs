//! Old Excel workbooks (BIFF8, written by xlwt; invented leads): dates of both epochs, umlauts, a cover sheet, footers; and damaged ones.

use std::path::{Path, PathBuf};

use smarketing::transfer::read::{Item, ReadError, ReadOptions, open};

fn workbook(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/workbooks");
    folder.join(name)
}

fn rows(path: &Path) -> Result<Vec<String>, ReadError> {
    let mut reader = open(path, &ReadOptions::default(), &|_| false)?;
    let mut rows = vec![reader.header().join("|")];
    while let Some(item) = reader.next_item()? {
        match item {
            Item::Row(row) => rows.push(row.cells().collect::<Vec<_>>().join("|")),
            Item::Broken(broken) => rows.push(broken.reason),
        }
    }
    assert_eq!((reader.footers(), reader.imprecise()), (2, 1));
    Ok(rows)
}

#[test]
fn an_old_workbook_is_read_behind_its_cover_in_both_epochs() {
    for name in ["leads.xls", "leads-1904.xls"] {
        assert_eq!(
            rows(&workbook(name)).unwrap(),
            [
                "Lead ID|Name|Company|Email|Created at|Handed off at|Status|Budget|Chance|Newsletter",
                "1001|Jörg Weiß|Müller & Söhne GmbH|joerg@mueller.example|2024-02-29|2024-03-01 14:30:00|Open|1234.5|0.125|true",
                "1002|Zoë Łukasz|Ångström AB|zoe@angstrom.example|2024-12-31|2025-01-02 09:05:30|Open|-1000000|1|false",
                "90210000000123460|李雷|北京公司|li@beijing.example|2025-01-01|2025-01-03 00:00:01|Open|||",
            ],
            "{name}"
        );
    }
}

/// What the program says of an old workbook with other bytes.
fn refused(change: impl FnOnce(&mut Vec<u8>)) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.xls");
    let mut bytes = std::fs::read(workbook("leads.xls")).unwrap();
    change(&mut bytes);
    std::fs::write(&path, bytes).unwrap();
    rows(&path).unwrap_err().to_string()
}

#[test]
fn streams_that_run_in_circles_end_the_reading_and_not_the_memory() {
    // All zeros: every sector is followed by the first.
    let said = refused(|bytes| bytes[512..].fill(0));
    assert!(said.contains("run in circles"), "{said}");
    let said = refused(|bytes| bytes.truncate(2_000));
    assert!(said.contains("cannot be read"), "{said}");
}

#[test]
fn cells_far_apart_are_refused_before_anything_is_laid_out_between_them() {
    let said = refused(|bytes| {
        // A number record: its row and column follow the four bytes of its head.
        let number = [0x03, 0x02, 14, 0];
        let at = bytes.windows(4).rposition(|head| head == number).unwrap();
        bytes[at + 4..at + 8].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0x00]);
    });
    assert!(said.contains("spans more than"), "{said}");
}
