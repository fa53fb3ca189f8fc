//! Reading and mapping on a thread of their own, chunk by chunk through a bounded channel; holds a few chunks and never the file.

use super::deal::deal;
use super::fault::ImportError;
use super::kit::{Kit, Mapped};
use super::lead::lead;
use super::others;
use super::program::{Program, Shape};
use crate::domain::import::{ImportRecord, ImportRow, Refusal};
use crate::domain::moment::Day;
use crate::transfer::map::Columns;
use crate::transfer::read::{Item, Progress, Reader, Row};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::JoinHandle;

/// File rows in a chunk: few enough to lie in the processor's cache on their way from thread to thread.
const CHUNK: u64 = 512;
/// Chunks that wait at most: the reader stops when the writer is behind.
const WAITING: usize = 4;

/// Some rows of a file, mapped.
#[derive(Debug, Default)]
pub struct Chunk {
    /// Records, in the order of the file.
    pub rows: Vec<ImportRow>,
    /// Rows that gave no record, and why.
    pub refused: Vec<Refusal>,
    /// Rows of the file in this chunk: mapped, refused or passed over.
    pub read: u64,
}

/// What the whole file held; `read` = mapped + refused + `passed_over`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows below the header.
    pub read: u64,
    /// Rows that gave at least one record.
    pub mapped: u64,
    /// Rows that were refused.
    pub refused: u64,
    /// Rows that the map says to pass over.
    pub passed_over: u64,
    /// Footer lines of a report.
    pub footers: u64,
    /// Rows whose missing last cells were read as empty.
    pub short: u64,
    /// Bytes that did not fit the encoding and were read as windows-1252.
    pub mended: u64,
    /// Whole numbers of a workbook too long for a spreadsheet to hold exactly: ids of more than 15 digits lost some.
    pub imprecise: u64,
    /// Deals that ended on a day which lies ahead, and the first of them: line and day.
    pub ahead: (u64, Vec<(u64, Day)>),
    /// Words that the map does not know and read as open, or as the reason `other`: `status` or `reason`, the word, how often.
    pub unknown: Vec<(&'static str, String, u64)>,
}

/// A running import: an iterator of chunks.
pub struct Stream {
    chunks: Option<Receiver<Result<Chunk, ImportError>>>,
    worker: Option<JoinHandle<Summary>>,
    spent: Sender<Vec<ImportRow>>,
    progress: Progress,
    cancel: Arc<AtomicBool>,
}

impl Stream {
    pub(super) fn spawn(
        reader: Reader,
        kit: Kit,
        program: Program,
        columns: Columns,
        cancel: Arc<AtomicBool>,
    ) -> Self {
        let (send, chunks) = sync_channel(WAITING);
        let (spent, given_back) = channel();
        let progress = reader.progress();
        let mut work = Work {
            reader,
            kit,
            program,
            columns,
            given_back,
            cancel: cancel.clone(),
            summary: Summary::default(),
        };
        let worker = std::thread::spawn(move || {
            if let Err(fault) = work.run(&send) {
                // The receiver is gone when the import was given up; then nobody waits for the reason.
                let _ = send.send(Err(fault));
            }
            work.summary
        });
        Self {
            chunks: Some(chunks),
            worker: Some(worker),
            spent,
            progress,
            cancel,
        }
    }

    /// Bytes read, of the bytes of the file.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// Takes rows back that are done with. The thread that made them drops them, which is cheaper and spares the caller's time.
    pub fn give_back(&self, rows: Vec<ImportRow>) {
        // After the last chunk nobody is there to take them: they are dropped here.
        let _ = self.spent.send(rows);
    }

    /// Ends the stream and says what the file held. Chunks not yet taken are lost.
    pub fn finish(mut self) -> Summary {
        self.chunks = None;
        self.worker
            .take()
            .and_then(|worker| worker.join().ok())
            .unwrap_or_default()
    }
}

impl Iterator for Stream {
    type Item = Result<Chunk, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.chunks.as_ref()?.recv().ok()
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.chunks = None;
        if let Some(worker) = self.worker.take() {
            self.cancel.store(true, Ordering::Relaxed);
            let _ = worker.join();
        }
    }
}

struct Work {
    reader: Reader,
    kit: Kit,
    program: Program,
    columns: Columns,
    given_back: Receiver<Vec<ImportRow>>,
    cancel: Arc<AtomicBool>,
    summary: Summary,
}

impl Work {
    fn run(&mut self, send: &SyncSender<Result<Chunk, ImportError>>) -> Result<(), ImportError> {
        let mut chunk = Chunk::default();
        loop {
            let more = self.one(&mut chunk)?;
            if chunk.read >= CHUNK || (!more && chunk.read > 0) {
                self.summary.read += chunk.read;
                self.summary.refused += chunk.refused.len() as u64;
                let full = std::mem::replace(
                    &mut chunk,
                    Chunk {
                        rows: Vec::with_capacity(CHUNK as usize + 256),
                        ..Chunk::default()
                    },
                );
                if send.send(Ok(full)).is_err() {
                    return Ok(());
                }
                self.given_back.try_iter().for_each(drop);
                self.kit.next_chunk();
                if self.cancel.load(Ordering::Relaxed) {
                    return Err(ImportError::Cancelled);
                }
            }
            if !more {
                self.summary.footers = self.reader.footers();
                self.summary.short = self.reader.short();
                self.summary.mended = self.reader.mended();
                self.summary.imprecise = self.reader.imprecise();
                self.summary.unknown = self.kit.unknown_words();
                self.summary.ahead = std::mem::take(&mut self.kit.ahead);
                return Ok(());
            }
        }
    }

    /// Maps one record of the file; false at its end.
    fn one(&mut self, chunk: &mut Chunk) -> Result<bool, ImportError> {
        let Some(item) = self.reader.next_item()? else {
            return Ok(false);
        };
        chunk.read += 1;
        match item {
            Item::Broken(broken) => chunk.refused.push(Refusal {
                line: broken.line,
                column: None,
                value: None,
                why: broken.reason,
            }),
            Item::Row(row) => match map(&self.program, &mut self.kit, &row, &mut chunk.rows) {
                Ok(true) => self.summary.mapped += 1,
                Ok(false) => self.summary.passed_over += 1,
                Err(fault) => chunk.refused.push(fault.refusal(row.line(), &self.columns)),
            },
        }
        Ok(true)
    }
}

/// Maps one row; false when it is passed over.
fn map(program: &Program, kit: &mut Kit, row: &Row<'_>, out: &mut Vec<ImportRow>) -> Mapped<bool> {
    let (rules, custom) = (&program.rules, &program.custom);
    let record: ImportRecord = match &program.shape {
        Shape::Lead(picks, deal) => {
            return lead(picks, deal.as_deref(), rules, custom, kit, row, out);
        }
        Shape::Deal(picks) => return deal(picks, rules, custom, kit, row, out),
        Shape::Account(picks) => others::account(picks, custom, kit, row)?,
        Shape::Person(picks) => others::person(picks, kit, row)?,
        Shape::Spend(picks) => others::spend(picks, kit, row)?,
        Shape::Touch(picks) => others::touch(picks, kit, row)?,
        Shape::Attempt(picks) => others::attempt(picks, kit, row)?,
    };
    out.push(ImportRow {
        line: row.line(),
        record,
    });
    Ok(true)
}
