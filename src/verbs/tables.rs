//! The tables of a verb: typed rows, written into a run folder and read back from it.

use super::table_columns::TableColumns;
use super::table_doc::{DocumentedRow, TableDoc};
use crate::report::Played;
use crate::store::{Records, Staging, StoreError, not};

/// All tables of a verb.
///
/// Terminal, charts and page are made from these, and it makes no difference whether the tables were
/// just computed or read back: numbers are written with all their digits.
pub trait Tables: Sized {
    /// Writes every table into a run folder.
    ///
    /// # Errors
    ///
    /// What could not be written, and why.
    fn write(&self, staging: &Staging) -> Result<(), StoreError>;

    /// Reads every table of a run folder.
    ///
    /// # Errors
    ///
    /// A table that is missing, or does not fit what was played, with the place.
    fn read(records: &Records, played: &Played<'_>) -> Result<Self, StoreError>;

    /// What each table holds.
    fn docs() -> Vec<TableDoc>;

    /// The file of every table that is there.
    fn files(&self) -> Vec<&'static str>;

    /// Every table that is there, column by column.
    fn columns(&self) -> Vec<TableColumns>;

    /// The file and the JSON text of an answer that is one object rather than tables.
    fn object(&self) -> Option<(&'static str, String)> {
        None
    }
}

/// A row that can be checked against what was played.
pub trait CheckedRow: DocumentedRow {
    /// Checks that everything the row names exists in what was played.
    ///
    /// # Errors
    ///
    /// The first column that does not fit.
    fn check(&self, _played: &Played<'_>) -> Result<(), Misfit> {
        Ok(())
    }

    /// Checks that no row is missing.
    ///
    /// # Errors
    ///
    /// What is missing, in words.
    fn check_all(_rows: &[Self], _played: &Played<'_>) -> Result<(), String> {
        Ok(())
    }
}

/// A field of a table that does not fit what was played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The column.
    pub column: &'static str,
    /// What stands there.
    pub found: String,
    /// What should stand there, such as `an outcome of the scenario`.
    pub expected: &'static str,
}

impl Misfit {
    /// Fails with this misfit unless `fits`.
    ///
    /// # Errors
    ///
    /// The misfit.
    pub fn unless(
        fits: bool,
        column: &'static str,
        found: impl ToString,
        expected: &'static str,
    ) -> Result<(), Self> {
        if fits { Ok(()) } else { Err(Misfit { column, found: found.to_string(), expected }) }
    }

    /// Checks that a column names a policy that was played.
    ///
    /// # Errors
    ///
    /// The misfit.
    pub fn unless_policy(
        played: &Played<'_>,
        column: &'static str,
        name: &String,
    ) -> Result<(), Self> {
        let is_known = played.policies.contains(name);
        Misfit::unless(is_known, column, name, "a policy that was played")
    }

    /// Checks that the column `world` names a world that was played.
    ///
    /// # Errors
    ///
    /// The misfit.
    pub fn unless_world(played: &Played<'_>, name: &String) -> Result<(), Self> {
        Misfit::unless(played.worlds.contains(name), "world", name, "a world that was played")
    }

    /// Checks that a column names an outcome of the first file.
    ///
    /// # Errors
    ///
    /// The misfit.
    pub fn unless_outcome(played: &Played<'_>, column: &'static str, id: &str) -> Result<(), Self> {
        Misfit::unless(played.outcome(id).is_some(), column, id, "an outcome of the scenario")
    }

    /// Checks that a column names an outcome of any of the files.
    ///
    /// # Errors
    ///
    /// The misfit.
    pub fn unless_any_outcome(
        played: &Played<'_>,
        column: &'static str,
        id: &str,
    ) -> Result<(), Self> {
        Misfit::unless(played.has_outcome(id), column, id, "an outcome of the scenario")
    }
}

/// One table, or one that is only there when it was asked for.
pub trait TablePart: Sized {
    /// Writes it.
    ///
    /// # Errors
    ///
    /// What could not be written, and why.
    fn write(&self, staging: &Staging) -> Result<(), StoreError>;

    /// Reads it.
    ///
    /// # Errors
    ///
    /// See [`Tables::read`].
    fn read(records: &Records, played: &Played<'_>) -> Result<Self, StoreError>;

    /// What it holds.
    fn doc() -> TableDoc;

    /// Its file; `None` where it was not asked for.
    fn file(&self) -> Option<&'static str>;

    /// The table column by column; `None` where it was not asked for.
    fn columns(&self) -> Option<TableColumns>;
}

impl<R: CheckedRow> TablePart for Vec<R> {
    fn write(&self, staging: &Staging) -> Result<(), StoreError> {
        staging.write_rows(self)
    }

    fn read(records: &Records, played: &Played<'_>) -> Result<Self, StoreError> {
        let spoilt =
            |line, reason| StoreError::Spoilt { path: records.path(R::FILE), line, reason };
        let mut rows = Vec::new();
        for (line, row) in records.rows::<R>()? {
            row.check(played).map_err(|Misfit { column, found, expected }| {
                spoilt(Some(line), not(column, &found, expected))
            })?;
            rows.push(row);
        }
        R::check_all(&rows, played).map_err(|reason| spoilt(None, reason))?;
        Ok(rows)
    }

    fn doc() -> TableDoc {
        R::doc()
    }

    fn file(&self) -> Option<&'static str> {
        Some(R::FILE)
    }

    fn columns(&self) -> Option<TableColumns> {
        Some(TableColumns::of(self))
    }
}

impl<R: CheckedRow> TablePart for Option<Vec<R>> {
    fn write(&self, staging: &Staging) -> Result<(), StoreError> {
        self.as_ref().map_or(Ok(()), |rows| rows.write(staging))
    }

    fn read(records: &Records, played: &Played<'_>) -> Result<Self, StoreError> {
        let asked_for = played.tables.iter().any(|file| file == R::FILE);
        asked_for.then(|| TablePart::read(records, played)).transpose()
    }

    fn doc() -> TableDoc {
        TableDoc { is_on_request: true, ..R::doc() }
    }

    fn file(&self) -> Option<&'static str> {
        self.as_ref().map(|_| R::FILE)
    }

    fn columns(&self) -> Option<TableColumns> {
        self.as_deref().map(TableColumns::of)
    }
}

/// Declares the tables of a verb: a struct whose fields are tables, all of which are written and
/// read.
macro_rules! tables {
    ($(#[$about:meta])* pub struct $name:ident {
        $($(#[$doc:meta])* pub $field:ident: $part:ty,)*
    }) => {
        $(#[$about])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
        pub struct $name {
            $($(#[$doc])* pub $field: $part,)*
        }

        impl $crate::verbs::Tables for $name {
            fn write(
                &self,
                staging: &$crate::store::Staging,
            ) -> Result<(), $crate::store::StoreError> {
                $($crate::verbs::TablePart::write(&self.$field, staging)?;)*
                Ok(())
            }

            fn read(
                records: &$crate::store::Records,
                played: &$crate::report::Played<'_>,
            ) -> Result<Self, $crate::store::StoreError> {
                Ok($name { $($field: $crate::verbs::TablePart::read(records, played)?,)* })
            }

            fn docs() -> Vec<$crate::verbs::TableDoc> {
                vec![$(<$part as $crate::verbs::TablePart>::doc()),*]
            }

            fn files(&self) -> Vec<&'static str> {
                let parts = [$($crate::verbs::TablePart::file(&self.$field)),*];
                parts.into_iter().flatten().collect()
            }

            fn columns(&self) -> Vec<$crate::verbs::TableColumns> {
                let parts = [$($crate::verbs::TablePart::columns(&self.$field)),*];
                parts.into_iter().flatten().collect()
            }
        }
    };
}

/// Declares a typed row: a struct with the file that its table is written to. What stands above the
/// struct and its fields is what `docs/tables.md` says of them.
macro_rules! row {
    ($(#[doc = $about:literal])* pub struct $name:ident in $file:literal $(may be infinite: $($infinite:literal),*)? {
        $($(#[doc = $doc:literal])* pub $field:ident: $kind:ty,)*
    }) => {
        $(#[doc = $about])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            $($(#[doc = $doc])* pub $field: $kind,)*
        }

        impl $crate::verbs::DocumentedRow for $name {
            fn doc() -> $crate::verbs::TableDoc {
                $crate::verbs::TableDoc::of::<Self>(
                    concat!($($about),*),
                    &[$((stringify!($field), stringify!($kind), concat!($($doc),*))),*],
                )
            }
        }

        impl $crate::store::TableRow for $name {
            const FILE: &'static str = $file;
            $(const INFINITE: &'static [&'static str] = &[$($infinite),*];)?
        }
    };
}

pub(crate) use {row, tables};
