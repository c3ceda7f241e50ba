//! Who may ask: the page of this server, on this machine, and nobody else. `docs/serve.md` has the model of threats.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONNECTION, CONTENT_SECURITY_POLICY, COOKIE, HOST, ORIGIN, REFERRER_POLICY,
    SET_COOKIE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::connections::StrangerPlace;
use super::desk::Desk;
use super::refusal::Refused;
use super::token::PageToken;

/// The names by which this machine calls itself.
const OWN_NAMES: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];
/// What may be loaded where an answer does not say otherwise: nothing.
const NOTHING: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);
/// What a browser says of the page from which a request comes.
const SITE: &str = "sec-fetch-site";

/// How somebody came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CameBy {
    /// By the address that the server gives, with the token in it.
    Address,
    /// With the cookie that the address was answered with.
    Cookie,
}

/// Lets requests of the page through, and refuses all others before anything of them is read.
pub(super) async fn guard(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let came =
        admitted(desk.port, &desk.token, (request.method(), request.uri()), request.headers());
    let mut response = match came {
        Ok(_) => {
            if let Some(place) = request.extensions().get::<StrangerPlace>() {
                place.leave();
            }
            next.run(request).await
        }
        Err((status, message)) => {
            let mut response = Refused::new(status, message).into_response();
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            response
        }
    };
    if came == Ok(CameBy::Address) {
        let name = cookie_name(desk.port);
        let cookie = format!("{name}={}; HttpOnly; SameSite=Strict; Path=/", desk.token.text());
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().insert(SET_COOKIE, cookie);
        }
    }
    protect(response.headers_mut());
    response
}

/// Headers that keep a browser from doing with an answer what it is not for.
fn protect(headers: &mut HeaderMap) {
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(NOTHING);
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    let own = HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(own, HeaderValue::from_static("same-origin"));
    let own = HeaderName::from_static("cross-origin-opener-policy");
    headers.insert(own, HeaderValue::from_static("same-origin"));
}

/// The cookie of the server on a port: cookies do not know ports.
fn cookie_name(port: u16) -> String {
    format!("demarche-{port}")
}

/// How a request came in; or why it may not.
fn admitted(
    port: u16,
    token: &PageToken,
    (method, uri): (&Method, &Uri),
    headers: &HeaderMap,
) -> Result<CameBy, (StatusCode, &'static str)> {
    let text =
        |name: &HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let refused = |message| Err((StatusCode::FORBIDDEN, message));
    // A name of somebody else that leads here is no name of this machine (DNS rebinding).
    let host = text(&HOST).unwrap_or_default();
    let is_own = |name: &&str| host == format!("{name}:{port}");
    if headers.get_all(HOST).iter().count() != 1 || !OWN_NAMES.iter().any(is_own) {
        return refused("this server answers on this machine only");
    }
    if text(&ORIGIN).is_some_and(|origin| origin != format!("http://{host}")) {
        return refused("this request comes from another page");
    }
    let site = text(&HeaderName::from_static(SITE)).unwrap_or("none");
    let by_address = method == Method::GET
        && uri.path() == "/"
        && query_token(uri.query().unwrap_or_default()).is_some_and(|own| token.is(own));
    if by_address {
        return Ok(CameBy::Address);
    }
    if !["same-origin", "none"].contains(&site) {
        return refused("this request comes from another page");
    }
    let name = cookie_name(port);
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut own = cookies
        .flat_map(|all| all.split(';'))
        .filter_map(|cookie| cookie.trim().strip_prefix(&name)?.strip_prefix('='));
    match own.any(|value| token.is(value)) {
        true => Ok(CameBy::Cookie),
        false => refused("open the address that the server printed: its token is missing or old"),
    }
}

/// The token in the query of the address.
fn query_token(query: &str) -> Option<&str> {
    query.split('&').find_map(|pair| pair.strip_prefix("token="))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PORT: u16 = 4_000;

    /// How a request comes in that has these headers, where `TOKEN` stands for the token.
    fn came(request: &str, headers: &[(&str, &str)]) -> Result<CameBy, StatusCode> {
        let token = PageToken::new().expect("random numbers");
        let filled = |text: &str| text.replace("TOKEN", token.text());
        let (method, uri) = request.split_once(' ').expect("a method and an address");
        let method: Method = method.parse().expect("a method");
        let uri: Uri = filled(uri).parse().expect("an address");
        let mut all = HeaderMap::new();
        for (name, value) in headers {
            let name: HeaderName = name.parse().expect("a name");
            all.append(name, filled(value).parse().expect("a value"));
        }
        admitted(PORT, &token, (&method, &uri), &all).map_err(|(status, _)| status)
    }

    const HERE: (&str, &str) = ("host", "127.0.0.1:4000");
    const KEY: (&str, &str) = ("cookie", "other=1; demarche-4000=TOKEN");

    #[test]
    fn the_page_comes_in_by_its_address_and_then_by_its_cookie() {
        assert_eq!(came("GET /?token=TOKEN", &[HERE]), Ok(CameBy::Address));
        // A link in another page may lead to it, if it has the token.
        let from_elsewhere = ("sec-fetch-site", "cross-site");
        assert_eq!(came("GET /?token=TOKEN", &[HERE, from_elsewhere]), Ok(CameBy::Address));
        assert_eq!(came("GET /api/scenario", &[HERE, KEY]), Ok(CameBy::Cookie));
        let own = ("origin", "http://localhost:4000");
        let own_host = ("host", "localhost:4000");
        assert_eq!(came("POST /api/play", &[own_host, own, KEY]), Ok(CameBy::Cookie));
    }

    #[test]
    fn everybody_else_is_refused() {
        let refused: [(&str, &[(&str, &str)]); 13] = [
            ("GET /", &[HERE]),
            ("GET /?token=0", &[HERE]),
            ("GET /?token=", &[HERE]),
            ("POST /?token=TOKEN", &[HERE]),
            ("GET /api/file?token=TOKEN", &[HERE]),
            ("GET /?token=TOKEN", &[]),
            ("GET /?token=TOKEN", &[("host", "evil.example:4000")]),
            ("GET /?token=TOKEN", &[("host", "127.0.0.1:4001")]),
            ("GET /?token=TOKEN", &[("host", "127.0.0.1:4000.evil.example")]),
            ("GET /?token=TOKEN", &[HERE, ("host", "evil.example")]),
            ("POST /api/play", &[HERE, KEY, ("origin", "http://evil.example")]),
            ("POST /api/play", &[HERE, KEY, ("origin", "null")]),
            ("GET /api/file", &[HERE, KEY, ("sec-fetch-site", "cross-site")]),
        ];
        for (request, headers) in refused {
            let came = came(request, headers);
            assert_eq!(came, Err(StatusCode::FORBIDDEN), "{request} {headers:?}");
        }
        assert!(came("GET /api/file", &[HERE, ("cookie", "demarche-4001=TOKEN")]).is_err());
        assert!(came("GET /api/file", &[HERE, ("cookie", "demarche-4000=")]).is_err());
    }
}
