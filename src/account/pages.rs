//! Signing in.

use leptos::prelude::*;

use crate::error::AppError;
use crate::ui::icon::Icon;
use crate::web::kit::Demo;
use crate::web::render::Rendered;
use crate::web::shell::render;
use crate::web::urls;
use crate::web::{NavItem, PageContext, PageHead};

/// What the sign-in page shows.
#[derive(Clone, Debug, Default)]
pub struct SignInForm {
    /// The address that was typed or chosen.
    pub email: String,
    /// Why it did not work.
    pub error: Option<AppError>,
    /// The path to go on to.
    pub next: Option<String>,
    /// The demo's accounts, where there are any.
    pub demo: Option<Demo>,
    /// Whether the password has just been changed.
    pub changed: bool,
}

/// The sign-in page.
pub fn sign_in_page(page: PageContext, form: SignInForm) -> Rendered {
    let page = PageContext { nav_item: NavItem::SignIn, ..page };
    render(&page, &PageHead::new("Sign in", &["triangle-alert", "log-in"]), move || body(form))
}

fn body(form: SignInForm) -> AnyView {
    let SignInForm { email, error, next, demo, changed } = form;
    let known = demo.filter(|demo| demo.accounts.iter().any(|(address, _)| *address == email));
    let password = known.map_or("", |demo| demo.password);
    let accounts = demo.map(|demo| demo_accounts(demo, next.as_deref()));
    let sign_up = next.as_deref().map_or("/sign-up".into(), |next| format!("/sign-up?next={}", urls::query(next)));
    let (failed, invalid) = (error.is_some(), error.is_some().then_some("true"));
    view! {
        <div class="narrow">
            <h1>"Sign in"</h1>
            {error.map(summary)}
            {changed
                .then(|| {
                    view! {
                        <p class="done" role="status">
                            "Your password is changed. Sign in with the new one."
                        </p>
                    }
                })}
            <form class="card stack" method="post" action="/sign-in">
                {next.map(|next| view! { <input type="hidden" name="next" value=next /> })}
                <div class="field">
                    <label for="email">"Email"</label>
                    <input
                        class="control"
                        id="email"
                        name="email"
                        type="email"
                        autocomplete="username"
                        required
                        value=email
                        aria-invalid=invalid
                        aria-describedby=failed.then_some("problem")
                    />
                </div>
                <div class="field">
                    <label for="password">"Password"</label>
                    <input
                        class="control"
                        id="password"
                        name="password"
                        type="password"
                        autocomplete="current-password"
                        required
                        value=password
                        aria-invalid=invalid
                        aria-describedby=failed.then_some("problem")
                    />
                </div>
                <button class="btn btn-primary">"Sign in"</button>
            </form>
            <p>
                <a class="link" href="/forgot-password">
                    "Forgot your password?"
                </a>
            </p>
            <p>
                "New here? "
                <a class="link" href=sign_up>
                    "Sign up"
                </a>
            </p>
            {accounts}
        </div>
    }
    .into_any()
}

/// Takes the focus when the page appears, and leads to the fields.
fn summary(error: AppError) -> AnyView {
    view! {
        <div class="alert" role="alert" id="problem" tabindex="-1" autofocus>
            <Icon name="triangle-alert" />
            <div>
                <p>
                    <b>{error.message}</b>
                </p>
                <p>
                    <a class="link" href="#email">
                        "Check your email"
                    </a>
                    " and "
                    <a class="link" href="#password">
                        "your password"
                    </a>
                    "."
                </p>
            </div>
        </div>
    }
    .into_any()
}

fn demo_accounts(demo: Demo, next: Option<&str>) -> AnyView {
    let next = next.map(|next| format!("&next={}", urls::query(next))).unwrap_or_default();
    let accounts: Vec<_> = demo
        .accounts
        .iter()
        .map(|(email, who)| {
            let href = format!("/sign-in?email={email}{next}");
            view! {
                <li>
                    <span>
                        <b>{*email}</b>
                        <span class="hint">{*who}</span>
                    </span>
                    <a class="btn" href=href aria-label=format!("Use {email}")>
                        "Use"
                    </a>
                </li>
            }
        })
        .collect();
    view! {
        <section class="card" aria-labelledby="demo-title">
            <h2 class="eyebrow" id="demo-title">
                "Demo accounts"
            </h2>
            <p>"This is a demo. Every account has the password " <code>{demo.password}</code> "."</p>
            <ul class="rows">{accounts}</ul>
        </section>
    }
    .into_any()
}
