//! A feature as CONTRIBUTING describes it, whole: its routes, its part of the state, and who may see it. It runs over a
//! state of its own, without the server's.

use std::net::SocketAddr;

use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use axum::{Router, middleware};
use gigsta::error::AppError;
use gigsta::web::answer::render_errors;
use gigsta::web::guard::SignedIn;
use gigsta::web::kit::Kit;
use gigsta::web::{PageContext, PageHead, shell};
use leptos::prelude::*;
use tokio::net::TcpListener;

use crate::support::database::in_database;
use crate::support::server::Server;

/// The part of the state that is the feature's own.
#[derive(Clone)]
struct Greeting(&'static str);

fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Kit: FromRef<S>,
    Greeting: FromRef<S>,
{
    Router::new().route("/hello", get(hello)).route("/hello/you", get(hello_you))
}

async fn hello(page: PageContext, State(Greeting(word)): State<Greeting>) -> Result<Response, AppError> {
    Ok(render(&page, word.to_owned()))
}

async fn hello_you(
    SignedIn { page, viewer }: SignedIn,
    State(Greeting(word)): State<Greeting>,
) -> Result<Response, AppError> {
    if viewer.name.is_empty() {
        return Err(AppError::not_found());
    }
    Ok(render(&page, format!("{word}, {}", viewer.name)))
}

fn render(page: &PageContext, words: String) -> Response {
    shell::respond(StatusCode::OK, page, PageHead::new("Hello", &[]), || view! { <h1>{words}</h1> }.into_any())
}

/// A state that knows the kit and the feature, and nothing else.
#[derive(Clone, FromRef)]
struct OwnState {
    kit: Kit,
    greeting: Greeting,
}

#[tokio::test]
async fn a_feature_needs_its_routes_and_its_part_of_the_state() {
    in_database(async |db| {
        let server = Server::start(db, |_| ()).await;
        server.account("aroha@demo.test", "ten letter words").await;
        let form = "email=aroha%40demo.test&password=ten+letter+words";
        let signed_in = server.post("/sign-in", &[], form).await;
        let session = signed_in.header("set-cookie").split(';').next().unwrap().to_owned();

        let state = OwnState { kit: Kit::from_ref(&server.state), greeting: Greeting("Kia ora") };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let app = routes::<OwnState>().layer(middleware::from_fn(render_errors)).with_state(state);
        tokio::spawn(axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>()).into_future());
        let own = Server { addr, state: server.state.clone() };

        let everybody = own.get("/hello", &[]).await;
        assert!(everybody.status == 200 && everybody.body.contains("<h1>Kia ora</h1>"), "{everybody:?}");
        let stranger = own.get("/hello/you", &[]).await;
        assert_eq!((stranger.status, stranger.header("location")), (303, "/sign-in?next=/hello/you"));
        let aroha = own.get("/hello/you", &[("cookie", &session)]).await;
        assert!(aroha.status == 200 && aroha.body.contains("<h1>Kia ora, Aroha</h1>"), "{aroha:?}");
    })
    .await;
}
