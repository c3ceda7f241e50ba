//! Splits a row into its fields, by means of serde.

use serde::Serialize;
use serde::ser::{Impossible, SerializeStruct, Serializer};

use super::csv::CsvField;

/// The value of one field of a row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Field {
    /// Text, or a word of a list.
    Text(String),
    /// A number of double precision.
    Number(f64),
    /// A count.
    Count(u64),
    /// Nothing.
    Missing,
}

impl Field {
    /// The field as it is written into a CSV table.
    pub(super) fn cell(&self) -> CsvField<'_> {
        match self {
            Field::Text(text) => CsvField::Text(text),
            Field::Number(number) => CsvField::Number(*number),
            Field::Count(count) => CsvField::Count(*count),
            Field::Missing => CsvField::Missing,
        }
    }

    /// The field as text; numbers as a CSV table has them.
    pub fn text(&self) -> String {
        self.cell().to_string()
    }
}

/// The fields of a row by their names.
pub(crate) fn fields<R: Serialize>(row: &R) -> Vec<(&'static str, Field)> {
    row.serialize(RowFields(Vec::new())).expect("a row is a struct of text, numbers and counts")
}

/// Serializes a struct into its fields.
struct RowFields(Vec<(&'static str, Field)>);

/// Serializes what one field holds.
struct OneField;

impl SerializeStruct for RowFields {
    type Ok = Vec<(&'static str, Field)>;
    type Error = std::fmt::Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Self::Error> {
        self.0.push((name, value.serialize(OneField)?));
        Ok(())
    }

    fn end(self) -> Result<Self::Ok, Self::Error> {
        Ok(self.0)
    }
}

/// The methods for values that a row never holds, which fail.
macro_rules! refuse {
    ($($method:ident($($kind:ty),*);)*) => {
        $(fn $method(self $(, _: $kind)*) -> Result<Self::Ok, Self::Error> {
            Err(std::fmt::Error)
        })*
    };
}

/// The methods for compound values that neither a row nor a field can be, which fail.
macro_rules! refuse_compounds {
    () => {
        type SerializeSeq = Impossible<Self::Ok, Self::Error>;
        type SerializeTuple = Impossible<Self::Ok, Self::Error>;
        type SerializeTupleStruct = Impossible<Self::Ok, Self::Error>;
        type SerializeTupleVariant = Impossible<Self::Ok, Self::Error>;
        type SerializeMap = Impossible<Self::Ok, Self::Error>;
        type SerializeStructVariant = Impossible<Self::Ok, Self::Error>;

        fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, Self::Error> {
            Err(std::fmt::Error)
        }
        fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Self::Error> {
            Err(std::fmt::Error)
        }
        fn serialize_tuple_struct(
            self,
            _: &'static str,
            _: usize,
        ) -> Result<Self::SerializeTupleStruct, Self::Error> {
            Err(std::fmt::Error)
        }
        fn serialize_tuple_variant(
            self,
            _: &'static str,
            _: u32,
            _: &'static str,
            _: usize,
        ) -> Result<Self::SerializeTupleVariant, Self::Error> {
            Err(std::fmt::Error)
        }
        fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Self::Error> {
            Err(std::fmt::Error)
        }
        fn serialize_struct_variant(
            self,
            _: &'static str,
            _: u32,
            _: &'static str,
            _: usize,
        ) -> Result<Self::SerializeStructVariant, Self::Error> {
            Err(std::fmt::Error)
        }
        fn serialize_newtype_struct<T: Serialize + ?Sized>(
            self,
            _: &'static str,
            value: &T,
        ) -> Result<Self::Ok, Self::Error> {
            value.serialize(self)
        }
        fn serialize_newtype_variant<T: Serialize + ?Sized>(
            self,
            _: &'static str,
            _: u32,
            _: &'static str,
            _: &T,
        ) -> Result<Self::Ok, Self::Error> {
            Err(std::fmt::Error)
        }
    };
}

impl Serializer for RowFields {
    type Ok = Vec<(&'static str, Field)>;
    type Error = std::fmt::Error;
    type SerializeStruct = Self;

    refuse_compounds!();
    refuse! {
        serialize_bool(bool); serialize_i8(i8); serialize_i16(i16); serialize_i32(i32);
        serialize_i64(i64); serialize_u8(u8); serialize_u16(u16); serialize_u32(u32);
        serialize_u64(u64); serialize_f32(f32); serialize_f64(f64); serialize_char(char);
        serialize_str(&str); serialize_bytes(&[u8]); serialize_none(); serialize_unit();
        serialize_unit_struct(&'static str);
        serialize_unit_variant(&'static str, u32, &'static str);
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<Self::Ok, Self::Error> {
        Err(std::fmt::Error)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Self::Error> {
        Ok(self)
    }
}

impl Serializer for OneField {
    type Ok = Field;
    type Error = std::fmt::Error;
    type SerializeStruct = Impossible<Field, Self::Error>;

    refuse_compounds!();
    refuse! {
        serialize_bool(bool); serialize_i8(i8); serialize_i16(i16); serialize_i32(i32);
        serialize_i64(i64); serialize_f32(f32); serialize_char(char); serialize_bytes(&[u8]);
        serialize_unit(); serialize_unit_struct(&'static str);
    }

    fn serialize_u8(self, count: u8) -> Result<Field, Self::Error> {
        Ok(Field::Count(count.into()))
    }

    fn serialize_u16(self, count: u16) -> Result<Field, Self::Error> {
        Ok(Field::Count(count.into()))
    }

    fn serialize_u32(self, count: u32) -> Result<Field, Self::Error> {
        Ok(Field::Count(count.into()))
    }

    fn serialize_u64(self, count: u64) -> Result<Field, Self::Error> {
        Ok(Field::Count(count))
    }

    fn serialize_f64(self, number: f64) -> Result<Field, Self::Error> {
        Ok(Field::Number(number))
    }

    fn serialize_str(self, text: &str) -> Result<Field, Self::Error> {
        Ok(Field::Text(text.to_owned()))
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        word: &'static str,
    ) -> Result<Field, Self::Error> {
        Ok(Field::Text(word.to_owned()))
    }

    fn serialize_none(self) -> Result<Field, Self::Error> {
        Ok(Field::Missing)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Field, Self::Error> {
        value.serialize(self)
    }

    fn serialize_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStruct, Self::Error> {
        Err(std::fmt::Error)
    }
}
