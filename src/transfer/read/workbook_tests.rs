//! Workbooks built by hand, part by part: typed cells, bombs, passwords.

use super::*;
use crate::transfer::read::{Item, ReadOptions, open};
use std::io::Write;
use zip::write::SimpleFileOptions;

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const STYLES: &str = r#"<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>"#;
const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;

/// An XLSX file with one sheet of these rows (`<row …>…</row>`).
fn xlsx(rows: &str, epoch_1904: bool) -> (tempfile::TempDir, std::path::PathBuf) {
    let flag = if epoch_1904 {
        r#"<workbookPr date1904="1"/>"#
    } else {
        ""
    };
    let book = format!(
        r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{flag}<sheets><sheet name="Leads" sheetId="1" r:id="r1"/></sheets></workbook>"#
    );
    let sheet = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    let top = RELS
        .replace("worksheets/sheet1.xml", "xl/workbook.xml")
        .replace("/worksheet\"", "/officeDocument\"");
    archive(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", top.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELS.as_bytes()),
        ("xl/styles.xml", STYLES.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn archive(parts: &[(&str, &[u8])]) -> (tempfile::TempDir, std::path::PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.xlsx");
    let mut zip = zip::ZipWriter::new(File::create(&path).unwrap());
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
    (dir, path)
}

fn text(at: &str, text: &str) -> String {
    format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn rows(path: &Path) -> Result<Vec<String>, ReadError> {
    let mut reader = open(path, &ReadOptions::default(), &|_| false)?;
    let mut out = vec![reader.header().join("|")];
    while let Some(item) = reader.next_item()? {
        match item {
            Item::Row(row) => out.push(format!(
                "{}: {}",
                row.line(),
                row.cells().collect::<Vec<_>>().join("|")
            )),
            Item::Broken(broken) => out.push(broken.reason),
        }
    }
    Ok(out)
}

fn sample(epoch_1904: bool) -> Vec<String> {
    let names = ["Id", "Name", "Created", "Value", "Open"];
    let header: String = names
        .iter()
        .zip(["A1", "B1", "C1", "D1", "E1"])
        .map(|(name, at)| text(at, name))
        .collect();
    let cells = format!(
        r#"<row r="1">{header}</row><row r="3"><c r="A3"><v>1.2345678901234568e17</v></c>{}<c r="C3" s="1"><v>45363.604166666664</v></c><c r="D3"><v>0.1</v></c><c r="E3" t="b"><v>1</v></c></row><row r="4"><c r="A4"><v>2</v></c>{}<c r="C4" s="1"><v>45363</v></c><c r="D4" t="e"><v>#N/A</v></c></row>"#,
        text("B3", "Zoë"),
        text("B4", "Bo")
    );
    let (_dir, path) = xlsx(&cells, epoch_1904);
    rows(&path).unwrap()
}

#[test]
fn typed_cells_become_plain_text() {
    assert_eq!(
        sample(false),
        [
            "Id|Name|Created|Value|Open",
            "3: 123456789012345680|Zoë|2024-03-12 14:30:00|0.1|true",
            "4: 2|Bo|2024-03-12||"
        ]
    );
}

#[test]
fn numbers_too_long_for_a_spreadsheet_are_counted() {
    let (_dir, path) = xlsx(
        &format!(
            r#"<row r="1">{}{}</row><row r="2"><c r="A2"><v>1.2345678901234568e17</v></c><c r="B2"><v>5</v></c></row>"#,
            text("A1", "Id"),
            text("B1", "N")
        ),
        false,
    );
    assert_eq!(
        open(&path, &ReadOptions::default(), &|_| false)
            .unwrap()
            .imprecise(),
        1
    );
}

#[test]
fn workbooks_that_count_from_1904() {
    assert!(sample(true)[1].contains("|2028-03-13 14:30:00|"));
}

#[test]
fn two_far_apart_cells_cost_nothing() {
    let far = format!(
        r#"<row r="1">{}{}</row><row r="1048576">{}<c r="XFD1048576"><v>1</v></c></row>"#,
        text("A1", "Id"),
        text("B1", "Name"),
        text("A1048576", "x")
    );
    let (_dir, path) = xlsx(&far, false);
    assert_eq!(rows(&path).unwrap().len(), 2);
}

#[test]
fn a_bomb_is_refused_whatever_it_claims() {
    let zeros = vec![b' '; 3 << 20];
    let (_dir, path) = archive(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("xl/worksheets/sheet1.xml", &zeros),
    ]);
    assert!(std::fs::metadata(&path).unwrap().len() < 10_000);
    assert!(matches!(
        super::unpack::within(&path, 2 << 20),
        Err(ReadError::TooLarge { .. })
    ));
    assert!(super::unpack::within(&path, 4 << 20).is_ok());
}

#[test]
fn numbers_that_are_none_are_no_cells_of_data() {
    let mut out = String::new();
    for x in [f64::NAN, f64::INFINITY, 1e17, 2.5, -0.000_1, 1234.56, 100.0] {
        float(x, &mut out);
        out.push(' ');
    }
    assert_eq!(out, "NaN inf 100000000000000000 2.5 -0.0001 1234.56 100 ");
}

#[test]
fn a_missing_sheet_is_named() {
    let (_dir, path) = xlsx(&format!(r#"<row r="1">{}</row>"#, text("A1", "Id")), false);
    let options = ReadOptions {
        sheet: Some("Deals".into()),
        ..ReadOptions::default()
    };
    let fault = open(&path, &options, &|_| false).err().unwrap().to_string();
    assert!(
        fault.contains("no sheet 'Deals' (it has: Leads)"),
        "{fault}"
    );
}

const ODS_HEAD: &str = r#"<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="Leads">"#;
const ODS_TAIL: &str =
    "</table:table></office:spreadsheet></office:body></office:document-content>";
const ODS_KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";

fn ods(rows: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let manifest = format!(
        r#"<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_KIND}"/></manifest:manifest>"#
    );
    let content = format!("{ODS_HEAD}{rows}{ODS_TAIL}");
    archive(&[
        ("mimetype", ODS_KIND.as_bytes()),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", content.as_bytes()),
    ])
}

fn ods_text(text: &str) -> String {
    format!(
        r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
    )
}

#[test]
fn ods_sheets_are_read() {
    let date = r#"<table:table-cell office:value-type="date" office:date-value="2024-03-12T14:30:00"><text:p>12.03.24</text:p></table:table-cell>"#;
    let number = r#"<table:table-cell office:value-type="float" office:value="12.5"><text:p>12,5</text:p></table:table-cell>"#;
    let (_dir, path) = ods(&format!(
        "<table:table-row>{}{}{}</table:table-row><table:table-row>{}{date}{number}</table:table-row>",
        ods_text("Name"),
        ods_text("Created"),
        ods_text("Value"),
        ods_text("Zoë")
    ));
    assert_eq!(
        rows(&path).unwrap(),
        ["Name|Created|Value", "2: Zoë|2024-03-12T14:30:00|12.5"]
    );
}

#[test]
fn an_ods_bomb_is_refused_before_it_unfolds() {
    let row = r#"<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>"#;
    let (_dir, path) = ods(row);
    assert!(matches!(rows(&path), Err(ReadError::TooLarge { .. })));
}

#[test]
fn damaged_workbooks_give_rows_or_reasons() {
    let header = format!(
        r#"<row r="1">{}{}</row>"#,
        text("A1", "Id"),
        text("B1", "Name")
    );
    let body = r#"<row r="2"><c r="A2"><v>1</v></c><c r="B2" s="1"><v>45363.6</v></c></row>"#;
    let (dir, path) = xlsx(&format!("{header}{body}"), false);
    let sheet = format!("{header}{body}").into_bytes();
    let whole = std::fs::read(&path).unwrap();
    let mut state = 3_u64;
    let mut random = |n: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    for round in 0..400 {
        let mut bytes = if round % 2 == 0 {
            whole.clone()
        } else {
            sheet.clone()
        };
        for _ in 0..=random(3) {
            let at = random(bytes.len());
            bytes[at] = [random(256) as u8, b'<', b'"', b'9', b'-', b'A'][random(6)];
        }
        if round % 2 == 0 {
            let damaged = dir.path().join("damaged.xlsx");
            std::fs::write(&damaged, &bytes).unwrap();
            let _ = rows(&damaged);
        } else {
            let (_dir, path) = xlsx(&String::from_utf8_lossy(&bytes), round % 3 == 0);
            let _ = rows(&path);
        }
    }
}

#[test]
fn group_cells_merged_downwards_are_no_rows_of_data() {
    let row = |n: u32, cells: &[&str]| {
        let columns = ["A", "B", "C"].iter().zip(cells);
        let filled = columns.filter(|(_, cell)| !cell.is_empty());
        let cells: String = filled
            .map(|(c, cell)| text(&format!("{c}{n}"), cell))
            .collect();
        format!(r#"<row r="{n}">{cells}</row>"#)
    };
    let sheet = |merged: &str| {
        let rows = [
            row(1, &["Stage", "Opportunity Name", "Owner"]),
            row(2, &["Prospecting", "First", "Ann"]),
            row(3, &["", "Second", "Bob"]),
            row(4, &["Closed Won", "Third", "Ann"]),
        ];
        // What follows the rows stands behind them.
        xlsx(
            &format!("{}</sheetData>{merged}<sheetData>", rows.concat()),
            false,
        )
    };
    let (_dir, path) = sheet(r#"<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>"#);
    let said = rows(&path).unwrap_err().to_string();
    assert!(
        said.contains("line 2") && said.contains("Details Only"),
        "{said}"
    );
    // A title over several columns is merged as well, and a blank cell alone is none.
    let (_dir, path) = sheet(r#"<mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>"#);
    assert_eq!(rows(&path).unwrap().len(), 4);
}
