//! Refused rows as a file that can be mended and imported again: their own cells, the line and the reason. Overwrites nothing.

use super::import::{ImportError, Plan};
use super::read::{self, Item};
use crate::domain::import::Refusal;
use crate::text::cell::{arm, restore};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// Writes the refused rows of a file beside it, or into the current folder where that is not allowed; gives the new file's name.
pub fn write(plan: &Plan, refusals: &[Refusal]) -> Result<PathBuf, ImportError> {
    let reasons: BTreeMap<u64, String> = refusals
        .iter()
        .map(|refusal| (refusal.line, reason(refusal)))
        .collect();
    let (file, path) = create(plan.path()).map_err(|source| read::ReadError::Io {
        path: plan.path().to_path_buf(),
        source,
    })?;
    let io = |source: io::Error| {
        ImportError::Read(read::ReadError::Io {
            path: path.clone(),
            source,
        })
    };
    let mut reader = plan.reopen()?;
    let delimiter = u8::try_from(plan.delimiter()).unwrap_or(b',');
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .delimiter(delimiter)
        .from_writer(&file);
    let csv = |fault: csv::Error| io(io::Error::other(fault.to_string()));
    let ours = super::map::OURS;
    // Names of a header that are ours already come from an earlier refusal file: they are replaced.
    let kept: Vec<usize> = (0..reader.header().len())
        .filter(|at| !super::map::is_of_refusals(&read::fold(&reader.header()[*at])))
        .collect();
    let names = kept
        .iter()
        .map(|at| reader.header()[*at].clone())
        .collect::<Vec<_>>();
    writer
        .write_record(
            ours.iter()
                .map(|name| (*name).to_owned())
                .chain([super::map::ours::refused_header(plan.map_name())])
                .chain(names),
        )
        .map_err(csv)?;
    while let Some(item) = reader.next_item()? {
        let (line, cells): (u64, Vec<String>) = match item {
            Item::Row(row) if reasons.contains_key(&row.line()) => (
                row.line(),
                kept.iter().map(|at| row.cell(*at).to_owned()).collect(),
            ),
            Item::Broken(broken) if reasons.contains_key(&broken.line) => {
                (broken.line, broken.cells)
            }
            _ => continue,
        };
        let why = reasons.get(&line).map(String::as_str).unwrap_or_default();
        let mut record = vec![line.to_string(), arm(why).into_owned(), String::new()];
        record.extend(cells.iter().map(|cell| again(cell)));
        writer.write_record(&record).map_err(csv)?;
    }
    writer.flush().map_err(io)?;
    drop(writer);
    file.sync_all().map_err(io)?;
    Ok(path)
}

/// A cell as it stood, harmless: one that is harmless already keeps its own guard.
fn again(cell: &str) -> String {
    arm(restore(cell)).into_owned()
}

fn reason(refusal: &Refusal) -> String {
    match &refusal.column {
        Some(column) => format!("{column}: {}", refusal.why),
        None => refusal.why.clone(),
    }
}

/// A new file `NAME.refused.csv`, numbered if there is one; only its owner may read it.
fn create(source: &Path) -> io::Result<(std::fs::File, PathBuf)> {
    let name = source
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let stem = name.strip_suffix(".gz").unwrap_or(&name);
    let stem = Path::new(stem)
        .file_stem()
        .map_or(stem.to_owned(), |stem| stem.to_string_lossy().into_owned());
    let stem = stem.split(".refused").next().unwrap_or(&stem).to_owned();
    let beside = source.parent().map(Path::to_path_buf).unwrap_or_default();
    let mut last = io::Error::other("no free name for the refused rows");
    for folder in [beside, PathBuf::from(".")] {
        for number in 1..1_000 {
            let name = if number == 1 {
                format!("{stem}.refused.csv")
            } else {
                format!("{stem}.refused-{number}.csv")
            };
            let path = folder.join(name);
            let mut options = std::fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            match options.open(&path) {
                Ok(file) => return Ok((file, path)),
                Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists => {}
                Err(fault) => {
                    last = fault;
                    break;
                }
            }
        }
    }
    Err(last)
}
