//! The worker's work, one ask after another, without the browser around it.

use super::csv_in::{self, Way};
use super::csv_out::CsvOut;
use super::limit::{EXPORT_ROWS_MAX, FILE_BYTES_MAX, FIRST_ROWS, STEP_ROWS};
use super::protocol::{Ask, Cell, FileFacts, Form, Open, Opened, Rows, Shown, Tell};
use super::unreadable::{Unreadable, UnreadableCode};
use super::what_if::{History, Outcome, Scored};
use super::xlsx_in::{self, OLD, PACKED};
use super::xlsx_out::XlsxOut;
use crate::text;
use domain::api::{ImportRow, Lang};
use domain::import::limit::BATCH_ROWS_MAX;
use domain::import::{
    Head, Known, Outcome as RowOutcome, Plan, Review, Sheet, State, Survey, find_head, head_at,
    propose, questions, survey,
};
use domain::profile::Schema;
use domain::rulebook::Rulebook;
use domain::touch::cut;
use encoding_rs::Encoding;
use std::io::{Read, Seek, SeekFrom};

/// A file that was written.
pub struct Written {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its media type.
    pub media: &'static str,
}

/// What is on it: a file under review, a file being written, a history that rules are tried on.
#[derive(Default)]
pub struct Desk {
    import: Option<Import>,
    export: Option<Export>,
    trial: Trial,
}

/// The history, and what the published rules make of it: drafts are many, and they stay the same.
#[derive(Default)]
struct Trial {
    history: History,
    published: Option<(Rulebook, Scored)>,
}

struct Import {
    open: Open,
    file: FileFacts,
    review: Review,
    survey: Survey,
}

struct Export {
    form: Writing,
    rows: u32,
}

enum Writing {
    Csv(Box<CsvOut>),
    Xlsx(Box<XlsxOut>),
}

/// How much of a cell is shown, in bytes.
const CELL_SHOWN_BYTES_MAX: usize = 1_024;
const CSV: &str = "text/csv;charset=utf-8";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

type Telling<'a> = &'a mut dyn FnMut(Tell);

impl Desk {
    /// Does what is asked and tells of it; the file that was written, if one was.
    pub fn answer(
        &mut self,
        ask: Ask,
        file: Option<impl Read + Seek>,
        tell: Telling<'_>,
    ) -> Option<Written> {
        match self.perform(ask, file, tell) {
            Ok(written) => written,
            Err(unreadable) => {
                tell(Tell::Failed(unreadable));
                None
            }
        }
    }

    fn perform(
        &mut self,
        ask: Ask,
        file: Option<impl Read + Seek>,
        tell: Telling<'_>,
    ) -> Result<Option<Written>, Unreadable> {
        match ask {
            Ask::Open(open) => {
                let file = file.ok_or(UnreadableCode::FileGone)?;
                // What was open goes first: there is memory for one file.
                self.import = None;
                self.import = Some(Import::open(open, file, tell)?);
            }
            Ask::Head { row } => {
                let import = self.import.take().ok_or(UnreadableCode::NotOpen)?;
                self.import = Some(import.with_head(row, tell));
            }
            Ask::Plan { plan, schema } => {
                let import = self.import.take().ok_or(UnreadableCode::NotOpen)?;
                self.import = Some(import.with_plan(*plan, schema, tell));
            }
            Ask::Page { rows, from, limit } => tell(self.import()?.page(rows, from, limit)),
            Ask::Duplicates { after, limit } => {
                let duplicates = self.import()?.review.duplicates(after.as_ref(), limit);
                tell(Tell::Duplicates { duplicates });
            }
            Ask::Fix { row, column, text } => {
                let import = self.import.as_mut().ok_or(UnreadableCode::NotOpen)?;
                tell(import.fix(row, column, &text));
            }
            Ask::Batch { from, limit } => tell(self.import()?.batch(from, limit)),
            Ask::ErrorFile { lang } => return Ok(Some(self.import()?.error_file(lang))),
            Ask::Export { form, head } => {
                let export = Export::begin(form, head)?;
                tell(Tell::Exported { rows: export.rows });
                self.export = Some(export);
            }
            Ask::ExportRows { rows } => {
                let export = self.export.as_mut().ok_or(UnreadableCode::NotOpen)?;
                export.add(&rows)?;
                tell(Tell::Exported { rows: export.rows });
            }
            Ask::ExportEnd => {
                let export = self.export.take().ok_or(UnreadableCode::NotOpen)?;
                return export.end().map(Some);
            }
            Ask::Replay { page } => {
                self.trial.published = None;
                self.trial.history.add(*page);
                let leads = self.trial.history.len();
                tell(Tell::Replayed { leads });
            }
            Ask::Score { published } => {
                self.trial.score(*published);
                let leads = self.trial.history.len();
                tell(Tell::Replayed { leads });
            }
            Ask::Try {
                published,
                draft,
                capacity,
            } => {
                let outcome = Box::new(self.trial.run(*published, &draft, capacity));
                tell(Tell::Tried { outcome });
            }
        }
        Ok(None)
    }

    fn import(&self) -> Result<&Import, UnreadableCode> {
        self.import.as_ref().ok_or(UnreadableCode::NotOpen)
    }
}

impl Trial {
    /// Scores everyone by the published rules, once.
    fn score(&mut self, published: Rulebook) {
        let known = self.published.as_ref();
        if known.is_none_or(|(known, _)| *known != published) {
            let scored = self.history.scored(&published);
            self.published = Some((published, scored));
        }
    }

    fn run(&mut self, published: Rulebook, draft: &Rulebook, capacity: Option<u32>) -> Outcome {
        let draft = self.history.scored(draft);
        self.score(published);
        let published = self.published.as_ref().map(|(_, scored)| scored);
        published.map_or_else(Outcome::default, |published| {
            self.history.compare(published, &draft, capacity)
        })
    }
}

impl Open {
    fn known(&self) -> Known {
        Known::of(self.schema.clone(), self.zone)
    }
}

impl Import {
    fn open(
        open: Open,
        mut file: impl Read + Seek,
        tell: Telling<'_>,
    ) -> Result<Import, Unreadable> {
        let (sheet, way, sheets) = read(&open, &mut file, tell)?;
        if sheet.is_empty() {
            return Err(UnreadableCode::Empty.into());
        }
        let head = find_head(&sheet, &open.known());
        let file = FileFacts {
            encoding: way.encoding.map(|encoding| encoding.name().to_owned()),
            delimiter: way.delimiter.map(char::from),
            sheets,
        };
        Ok(Import::propose(open, file, head, sheet, tell))
    }

    /// Proposes a plan, tells of it, and checks by it.
    fn propose(open: Open, file: FileFacts, head: Head, sheet: Sheet, tell: Telling<'_>) -> Import {
        let survey = survey(&sheet, &head);
        let known = open.known();
        let plan = propose(open.at, &head, &survey, &known);
        let row = |at| sheet.row(at).map(shown).collect();
        tell(Tell::Opened(Box::new(Opened {
            file: file.clone(),
            first_rows: (0..sheet.len().min(FIRST_ROWS)).map(row).collect(),
            questions: questions(&plan, &survey, &known),
            head,
            survey: survey.clone(),
            plan: plan.clone(),
        })));
        let review = Review::new(sheet, plan, known);
        let import = Import {
            open,
            file,
            review,
            survey,
        };
        import.checked(tell)
    }

    fn with_head(self, row: Option<u32>, tell: Telling<'_>) -> Import {
        let sheet = self.review.into_sheet();
        let head = head_at(&sheet, row.map(|row| row as usize));
        Import::propose(self.open, self.file, head, sheet, tell)
    }

    fn with_plan(self, plan: Plan, schema: Schema, tell: Telling<'_>) -> Import {
        let open = Open {
            schema,
            ..self.open
        };
        let review = self.review.replan(plan, open.known());
        let import = Import {
            open,
            file: self.file,
            review,
            survey: self.survey,
        };
        import.checked(tell)
    }

    fn checked(mut self, tell: Telling<'_>) -> Import {
        let of = self.review.summary().rows;
        while self.review.step(STEP_ROWS) {
            let rows = self.review.checked();
            tell(Tell::Checking { rows, of });
        }
        tell(Tell::Checked {
            summary: self.review.summary(),
            questions: questions(self.review.plan(), &self.survey, self.review.known()),
        });
        self
    }

    fn page(&self, rows: Rows, from: u32, limit: usize) -> Tell {
        let is_asked = |state| match rows {
            Rows::All => !matches!(state, State::Blank | State::Open),
            Rows::Bad => state == State::Bad,
            Rows::Warned => state == State::Warned,
        };
        let (found, next) = self.review.page(from, limit, is_asked);
        let rows = found.into_iter().map(|outcome| self.shown(outcome));
        Tell::Page {
            rows: rows.collect(),
            next,
        }
    }

    fn batch(&self, from: u32, limit: usize) -> Tell {
        let (found, next) = self.review.batch(from, limit);
        let plan = self.review.plan();
        let rows = found.into_iter().map(|outcome| ImportRow {
            row: plan.place(outcome.row),
            draft: outcome.draft,
        });
        Tell::Batch {
            rows: rows.collect(),
            next,
        }
    }

    fn fix(&mut self, row: u32, column: u32, text: &str) -> Tell {
        let outcome = self.review.fix(row, column, text);
        Tell::Fixed {
            row: outcome.map(|outcome| Box::new(self.shown(outcome))),
            summary: self.review.summary(),
        }
    }

    fn shown(&self, outcome: RowOutcome) -> Shown {
        let columns = 0..self.review.plan().columns.len();
        let cell = |column| shown(self.review.cell(outcome.row, column));
        Shown {
            cells: columns.map(cell).collect(),
            outcome,
        }
    }

    /// The rows that cannot be taken in, as the file has them with what was put right, and why in a last column.
    fn error_file(&self, lang: Lang) -> Written {
        let words = text::imported(lang);
        let columns = &self.review.plan().columns;
        let mut out = CsvOut::new();
        let names = columns.iter().map(|column| column.name.as_str());
        let head = names.chain([words.reasons]).map(text_cell);
        out.push(&head.collect::<Vec<Cell>>());
        let mut from = Some(0);
        while let Some(first) = from {
            let is_bad = |state| state == State::Bad;
            let (rows, next) = self.review.page(first, BATCH_ROWS_MAX, is_bad);
            for outcome in rows {
                let cells = (0..columns.len()).map(|at| self.review.cell(outcome.row, at));
                let mut row: Vec<Cell> = cells.map(text_cell).collect();
                let reasons = outcome.problems.iter().map(|problem| {
                    let column = problem.column.and_then(|at| columns.get(at as usize));
                    let name = column.map_or("", |column| column.name.as_str());
                    (words.reason_of)(name, (words.reason)(problem.code))
                });
                row.push(Cell::Text(
                    reasons.collect::<Vec<String>>().join(words.between),
                ));
                out.push(&row);
            }
            from = next;
        }
        Written {
            bytes: out.end(),
            media: CSV,
        }
    }
}

impl Export {
    fn begin(form: Form, head: Vec<String>) -> Result<Export, Unreadable> {
        let form = match form {
            Form::Csv => Writing::Csv(Box::new(CsvOut::new())),
            Form::Xlsx => {
                let out = XlsxOut::new().map_err(|_| UnreadableCode::ExportTooLong)?;
                Writing::Xlsx(Box::new(out))
            }
        };
        let mut export = Export { form, rows: 0 };
        let head: Vec<Cell> = head.into_iter().map(Cell::Text).collect();
        export.push(&head)?;
        Ok(export)
    }

    fn add(&mut self, rows: &[Vec<Cell>]) -> Result<(), Unreadable> {
        for row in rows {
            if self.rows >= EXPORT_ROWS_MAX {
                return Err(UnreadableCode::ExportTooLong.into());
            }
            self.push(row)?;
            self.rows = self.rows.saturating_add(1);
        }
        Ok(())
    }

    fn push(&mut self, row: &[Cell]) -> Result<(), Unreadable> {
        match &mut self.form {
            Writing::Csv(out) => out.push(row),
            Writing::Xlsx(out) => out.push(row).map_err(|_| UnreadableCode::ExportTooLong)?,
        }
        Ok(())
    }

    fn end(self) -> Result<Written, Unreadable> {
        Ok(match self.form {
            Writing::Csv(out) => Written {
                bytes: out.end(),
                media: CSV,
            },
            Writing::Xlsx(out) => Written {
                bytes: out.end().map_err(|_| UnreadableCode::ExportTooLong)?,
                media: XLSX,
            },
        })
    }
}

/// Reads the file by what it begins with, whatever it is called.
fn read(
    open: &Open,
    file: &mut (impl Read + Seek),
    tell: Telling<'_>,
) -> Result<(Sheet, Way, Vec<String>), Unreadable> {
    if file.seek(SeekFrom::End(0))? > FILE_BYTES_MAX {
        return Err(UnreadableCode::TooLarge.into());
    }
    file.seek(SeekFrom::Start(0))?;
    let mut begin = Vec::new();
    file.by_ref().take(4).read_to_end(&mut begin)?;
    let mut progress = |bytes, rows| {
        let rows = u32::try_from(rows).unwrap_or(u32::MAX);
        tell(Tell::Reading { bytes, rows });
    };
    if begin == OLD {
        return Err(UnreadableCode::OldOrLocked.into());
    }
    if begin == PACKED {
        let (sheet, sheets) =
            xlsx_in::read(file, open.sheet.as_deref(), &mut |rows| progress(0, rows))?;
        return Ok((sheet, Way::default(), sheets));
    }
    let encoding = match &open.encoding {
        Some(name) => {
            let known = Encoding::for_label(name.as_bytes());
            Some(known.ok_or(UnreadableCode::UnknownEncoding)?)
        }
        None => None,
    };
    let way = Way {
        encoding,
        delimiter: open.delimiter.and_then(|sign| u8::try_from(sign).ok()),
    };
    let (sheet, way) = csv_in::read(file, way, &mut progress)?;
    Ok((sheet, way, Vec::new()))
}

fn shown(cell: &str) -> String {
    cut(cell, CELL_SHOWN_BYTES_MAX).to_owned()
}

fn text_cell(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

#[cfg(test)]
mod tests;
