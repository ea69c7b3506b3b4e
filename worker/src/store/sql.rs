//! SQLite in an object. Rows go in and come out as JSON, a crossing a statement and not one a value.

use crate::error::StoreError;
use crate::limit::PARAMETER_BYTES_MAX;
use js_sys::{Array, JSON};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use worker::State;

#[wasm_bindgen]
extern "C" {
    type Sql;
    #[wasm_bindgen(method, catch)]
    fn exec(this: &Sql, statement: &str) -> Result<Cursor, JsValue>;
    #[wasm_bindgen(method, catch, js_name = exec)]
    fn exec_one(this: &Sql, statement: &str, parameter: &JsValue) -> Result<Cursor, JsValue>;
    #[wasm_bindgen(method, catch, variadic, js_name = exec)]
    fn exec_all(this: &Sql, statement: &str, parameters: &Array) -> Result<Cursor, JsValue>;

    type Cursor;
    #[wasm_bindgen(method, catch)]
    fn raw(this: &Cursor) -> Result<Rows, JsValue>;
    #[wasm_bindgen(method, getter, js_name = rowsWritten)]
    fn rows_written(this: &Cursor) -> f64;

    type Rows;
    #[wasm_bindgen(method, catch, js_name = toArray)]
    fn to_array(this: &Rows) -> Result<JsValue, JsValue>;

    type Storage;
    #[wasm_bindgen(method, getter)]
    fn sql(this: &Storage) -> Sql;
    #[wasm_bindgen(method, catch, js_name = transactionSync)]
    fn transaction_sync(this: &Storage, body: &JsValue) -> Result<JsValue, JsValue>;
}

/// An object's database.
#[derive(Clone)]
pub(crate) struct Database {
    storage: Rc<Storage>,
    sql: Rc<Sql>,
    rows_written: Rc<Cell<u64>>,
}

impl Database {
    /// The database of the object with this state.
    pub(crate) fn of(state: &State) -> Database {
        let storage: Storage = AsRef::<JsValue>::as_ref(state.storage().as_raw())
            .clone()
            .unchecked_into();
        let sql = storage.sql();
        Database {
            storage: Rc::new(storage),
            sql: Rc::new(sql),
            rows_written: Rc::default(),
        }
    }

    /// For the tests: rows that statements have written since the object woke, index rows among them.
    #[cfg(feature = "hooks")]
    pub(crate) fn rows_written(&self) -> u64 {
        self.rows_written.get()
    }

    /// For the tests: every row of every table as text, without what is stored as bytes.
    #[cfg(feature = "hooks")]
    pub(crate) fn dump(&self) -> Result<Vec<String>, StoreError> {
        let tables: Vec<(String,)> =
            self.read("SELECT name FROM sqlite_master WHERE type = 'table'", ())?;
        let mut lines = Vec::new();
        // The platform's own tables are not to be read.
        let own = tables.iter().filter(|(name,)| !name.starts_with("_cf"));
        for (table,) in own {
            let rows: Vec<serde_json::Value> = self.read(&format!("SELECT * FROM {table}"), ())?;
            lines.extend(rows.iter().map(|row| format!("{table} {row}")));
        }
        Ok(lines)
    }

    /// Runs statements without parameters, separated by semicolons.
    pub(crate) fn run(&self, statements: &str) -> Result<(), StoreError> {
        let cursor = self.sql.exec(statements)?;
        self.count(&cursor);
        Ok(())
    }

    /// Runs a statement with these parameters: each a text, a number or null.
    pub(crate) fn run_with<P: Parameters>(
        &self,
        statement: &str,
        parameters: P,
    ) -> Result<(), StoreError> {
        let cursor = self.sql.exec_all(statement, &parameters.array())?;
        self.count(&cursor);
        Ok(())
    }

    /// Runs a statement over a list of rows: `json_each(?)` reads them. Long lists go in several statements.
    pub(crate) fn run_over<R: Serialize>(
        &self,
        statement: &str,
        rows: &[R],
    ) -> Result<(), StoreError> {
        for list in lists(rows)? {
            let cursor = self.sql.exec_one(statement, &list)?;
            self.count(&cursor);
        }
        Ok(())
    }

    /// Reads rows with these parameters.
    pub(crate) fn read<P: Parameters, R: DeserializeOwned>(
        &self,
        statement: &str,
        parameters: P,
    ) -> Result<Vec<R>, StoreError> {
        rows(&self.sql.exec_all(statement, &parameters.array())?)
    }

    /// Reads the first row, when there is one.
    pub(crate) fn read_one<P: Parameters, R: DeserializeOwned>(
        &self,
        statement: &str,
        parameters: P,
    ) -> Result<Option<R>, StoreError> {
        Ok(self.read(statement, parameters)?.into_iter().next())
    }

    /// Reads rows that belong to a list of keys: `json_each(?)` reads the keys.
    pub(crate) fn read_over<K: Serialize, R: DeserializeOwned>(
        &self,
        statement: &str,
        keys: &[K],
    ) -> Result<Vec<R>, StoreError> {
        let mut found = Vec::new();
        for list in lists(keys)? {
            found.extend(rows::<R>(&self.sql.exec_one(statement, &list)?)?);
        }
        Ok(found)
    }

    /// Runs `body` in the platform's synchronous transaction: an error, and a panic too, rolls all of it back.
    pub(crate) fn transaction<T: 'static>(
        &self,
        body: impl FnOnce() -> Result<T, StoreError> + 'static,
    ) -> Result<T, StoreError> {
        let result: Rc<RefCell<Option<Result<T, StoreError>>>> = Rc::default();
        let inner = Rc::clone(&result);
        let closure = Closure::once(move || -> Result<JsValue, JsValue> {
            let outcome = body();
            let failed = outcome.is_err();
            inner.replace(Some(outcome));
            if failed {
                Err(JsValue::from_str("rolled back"))
            } else {
                Ok(JsValue::UNDEFINED)
            }
        });
        let committed = self.storage.transaction_sync(closure.as_ref());
        match (result.take(), committed) {
            (Some(Err(error)), _) => Err(error),
            (_, Err(error)) => Err(error.into()),
            (Some(outcome), Ok(_)) => outcome,
            (None, Ok(_)) => Err(StoreError::Platform(
                "the transaction did not run".to_owned(),
            )),
        }
    }

    fn count(&self, cursor: &Cursor) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small whole number"
        )]
        let written = cursor.rows_written() as u64;
        self.rows_written
            .set(self.rows_written.get().saturating_add(written));
    }
}

/// Reads every row of a cursor, each as a JSON array.
fn rows<R: DeserializeOwned>(cursor: &Cursor) -> Result<Vec<R>, StoreError> {
    let all = cursor.raw()?.to_array()?;
    if all.unchecked_ref::<Array>().length() == 0 {
        return Ok(Vec::new());
    }
    let text = JSON::stringify(&all)?.as_string().unwrap_or_default();
    Ok(serde_json::from_str(&text)?)
}

/// The rows as JSON arrays, each small enough for one parameter.
fn lists<R: Serialize>(rows: &[R]) -> Result<Vec<JsValue>, StoreError> {
    let mut lists = Vec::new();
    let mut text = String::new();
    for row in rows {
        let row = serde_json::to_string(row)?;
        if !text.is_empty() && text.len().saturating_add(row.len()) > PARAMETER_BYTES_MAX {
            text.push(']');
            lists.push(JsValue::from_str(&text));
            text.clear();
        }
        text.push(if text.is_empty() { '[' } else { ',' });
        text.push_str(&row);
    }
    if !text.is_empty() {
        text.push(']');
        lists.push(JsValue::from_str(&text));
    }
    Ok(lists)
}

/// The parameters of a statement.
pub(crate) trait Parameters {
    /// As the platform takes them.
    fn array(&self) -> Array;
}

/// One parameter. Numbers beyond 2^53 do not occur: sequence numbers, times and counts are smaller.
pub(crate) trait Parameter {
    /// As the platform takes it.
    fn value(&self) -> JsValue;
}

impl Parameter for &str {
    fn value(&self) -> JsValue {
        JsValue::from_str(self)
    }
}

impl Parameter for &String {
    fn value(&self) -> JsValue {
        JsValue::from_str(self)
    }
}

macro_rules! number {
    ($($number:ty),+) => { $(
        impl Parameter for $number {
            #[expect(clippy::allow_attributes, reason = "not every width loses precision")]
            #[allow(clippy::cast_precision_loss, clippy::cast_lossless, reason = "see the trait")]
            fn value(&self) -> JsValue {
                JsValue::from_f64(*self as f64)
            }
        }
    )+ };
}
number!(i64, u64, u32, i32);

impl<P: Parameter> Parameter for Option<P> {
    fn value(&self) -> JsValue {
        self.as_ref().map_or(JsValue::NULL, Parameter::value)
    }
}

impl Parameters for () {
    fn array(&self) -> Array {
        Array::new()
    }
}

/// A parameter of a statement that has as many as it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    /// Null.
    Nothing,
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
}

impl Parameters for &Vec<Bound> {
    fn array(&self) -> Array {
        let values = self.iter().map(|bound| match bound {
            Bound::Nothing => JsValue::NULL,
            Bound::Number(number) => number.value(),
            Bound::Text(text) => text.value(),
        });
        values.collect()
    }
}

macro_rules! parameters {
    ($($name:ident),+) => {
        impl<$($name: Parameter),+> Parameters for ($($name,)+) {
            #[expect(non_snake_case, reason = "the type's name names the value")]
            fn array(&self) -> Array {
                let ($($name,)+) = self;
                let array = Array::new();
                $(array.push(&$name.value());)+
                array
            }
        }
    };
}
parameters!(A);
parameters!(A, B);
parameters!(A, B, C);
parameters!(A, B, C, D);
parameters!(A, B, C, D, E);
parameters!(A, B, C, D, E, F);
parameters!(A, B, C, D, E, F, G);
