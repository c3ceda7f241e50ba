//! Why something that the page asked for was not done.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value, json};

use crate::inquiry::{InquiryError, MistakeRecord, mistake_records};

/// Why something that the page asked for was not done.
#[derive(Debug)]
pub(super) struct Refused {
    status: StatusCode,
    body: Value,
}

/// What is wrong with a scenario or with a question about it, as the page shows it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Wrong {
    /// The mistakes with their places; none where the question itself does not fit.
    pub mistakes: Vec<MistakeRecord>,
    /// The same in lines made for people.
    pub message: String,
}

impl Refused {
    /// A refusal with a sentence.
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Refused { status, body: json!({ "message": message.into() }) }
    }

    /// A refusal because of something that is wrong, with further facts beside it.
    pub fn wrong(wrong: &Wrong, beside: Value) -> Self {
        let mut body = json!({ "mistakes": wrong.mistakes, "message": wrong.message });
        if let (Some(body), Value::Object(beside)) = (body.as_object_mut(), beside) {
            body.extend(beside);
        }
        Refused { status: StatusCode::UNPROCESSABLE_ENTITY, body }
    }

    /// The file on disk is another one than the page knows; nothing was written.
    pub fn changed_on_disk(version: &str) -> Self {
        let message = "the file was changed on disk meanwhile; nothing was written";
        Refused {
            status: StatusCode::CONFLICT,
            body: json!({ "message": message, "version": version }),
        }
    }
}

impl From<InquiryError> for Wrong {
    fn from(error: InquiryError) -> Self {
        let message = error.to_string();
        let mut mistakes = Vec::new();
        for own in error.each() {
            if let InquiryError::Mistakes(found) = own {
                mistakes.extend(
                    found.iter().flat_map(|(document, list)| mistake_records(document, list)),
                );
            }
        }
        Wrong { mistakes, message }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.status, Json(self.body)).into_response()
    }
}
