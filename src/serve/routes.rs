//! Which request is answered by what.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use super::answers::answer;
use super::assets::{asset, index};
use super::desk::Desk;
use super::file_requests::{changes, check, file, save, scenario, schema, variant};
use super::guard::guard;
use super::play_request::play;
use super::refusal::Refused;
use super::token::PageToken;
use crate::scenario::tree::MAX_FILE_BYTES;

/// How long a body may be: a file, each character of it written as six in JSON, and what is around it.
const MOST_BODY: usize = 6 * MAX_FILE_BYTES + (1 << 20);

/// Reports have their own script and style in them, run by themselves, and reach nothing.
const REPORT_POLICY: HeaderValue = HeaderValue::from_static(
    "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox; default-src 'none'; \
     script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; font-src data:; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
);

/// All requests that are answered.
pub(super) fn routes(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/", get(page))
        .route("/static/{name}", get(asset))
        .route("/page/{id}", get(report))
        .route("/api/scenario", get(scenario))
        .route("/api/play", post(play))
        .route("/api/answer", post(answer))
        .route("/api/file", get(file))
        .route("/api/schema", get(schema))
        .route("/api/check", post(check))
        .route("/api/save", post(save))
        .route("/api/variant", post(variant))
        .route("/api/changes", get(changes))
        .fallback(|| async { Refused::new(StatusCode::NOT_FOUND, "there is nothing here") })
        .layer(DefaultBodyLimit::max(MOST_BODY))
        .layer(from_fn_with_state(Arc::clone(&desk), guard))
        .with_state(desk)
}

/// The page.
async fn page() -> Result<Response, Refused> {
    let nonce = PageToken::new()
        .map_err(|message| Refused::new(StatusCode::INTERNAL_SERVER_ERROR, message))?;
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{}'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'",
        nonce.text()
    );
    let html = (CONTENT_TYPE, "text/html; charset=utf-8".to_owned());
    Ok(([html, (CONTENT_SECURITY_POLICY, policy)], index(nonce.text())).into_response())
}

/// A page of the command.
async fn report(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
) -> Result<Response, Refused> {
    let gone = || Refused::new(StatusCode::NOT_FOUND, "this page is no longer kept; make it again");
    let page = desk.pages.get(&id).ok_or_else(gone)?;
    let html = (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    Ok(([html, (CONTENT_SECURITY_POLICY, REPORT_POLICY)], page).into_response())
}
