//! The mails of having an account: how it is made, kept and got back. None of them can be unsubscribed.

use super::{Body, Envelope};
use crate::domain::limit;
use crate::mail::model::{Mail, MailKind};

/// Asks to confirm the address; the account is made by doing so. The link works for so many hours.
pub fn verify_email(envelope: &Envelope, token: &str, hours: i64) -> Mail {
    let body = Body {
        before: &["Please confirm that this is your e-mail address. Your account is made then."],
        link: Some(("Confirm your address", &format!("/sign-up/confirm/{token}"))),
        after: &[&works_once(hours), "If you did not sign up at GigSta, do nothing: without you there is no account."],
        ..Body::default()
    };
    envelope.mail(MailKind::VerifyEmail, "Confirm your e-mail address", &body).for_hours(hours)
}

/// Greets somebody whose account has just been made.
pub fn welcome(envelope: &Envelope, name: &str) -> Mail {
    let body = Body {
        name,
        before: &[
            "Welcome to GigSta. Your account is ready.",
            "Look for a service near you, choose a free time, and see at every step where you stand: what is agreed, \
             what it costs, and until when you can still change your mind.",
        ],
        link: Some(("Find a service", "/services")),
        after: &["You offer services yourself? Become a GigSta on the page of your account."],
        foot: &[("Choose which mails you get", "/account/notices")],
    };
    envelope.mail(MailKind::Welcome, "Welcome to GigSta", &body)
}

/// Informs somebody who signs up that they have an account.
pub fn already_registered(envelope: &Envelope) -> Mail {
    let body = Body {
        before: &["Somebody, probably you, wanted to sign up with this e-mail address. It has an account already."],
        link: Some(("Sign in", "/sign-in")),
        after: &[
            "You do not know your password any more? Ask for a new one on the page for signing in.",
            "If that was not you, do nothing. Your account and its password are as they were.",
        ],
        ..Body::default()
    };
    envelope.mail(MailKind::AlreadyRegistered, "You have an account already", &body)
}

/// Asks a guest to go on with a request. The link works for so many hours.
pub fn guest_request(envelope: &Envelope, token: &str, hours: i64) -> Mail {
    let body = Body {
        before: &["You are one step away from sending your request. Look at it once more and send it."],
        link: Some(("Go on with your request", &format!("/book/continue/{token}"))),
        after: &[&works_once(hours), "If you did not ask for anything at GigSta, do nothing: nothing was sent."],
        ..Body::default()
    };
    envelope.mail(MailKind::GuestRequest, "Finish your request", &body).for_hours(hours)
}

/// Leads to the page on which a new password is chosen. The link works for so many hours.
pub fn reset_password(envelope: &Envelope, token: &str, hours: i64) -> Mail {
    let body = Body {
        before: &["Somebody, probably you, asked for a new password for your account. You can choose one now."],
        link: Some(("Choose a new password", &format!("/reset-password/{token}"))),
        after: &[
            &format!("{} Everywhere you are signed in, you are signed out then.", works_once(hours)),
            "If that was not you, do nothing. Your password is as it was.",
        ],
        ..Body::default()
    };
    envelope.mail(MailKind::ResetPassword, "Choose a new password", &body).for_hours(hours)
}

/// Informs somebody who asks for a new password that there is no account with this address.
pub fn no_account(envelope: &Envelope) -> Mail {
    let body = Body {
        before: &[
            "Somebody, probably you, asked for a new password at GigSta. There is no account with this e-mail address.",
            "Perhaps you signed up with another one. If you have not signed up yet, it takes a minute.",
        ],
        link: Some(("Sign up", "/sign-up")),
        after: &["If that was not you, do nothing."],
        ..Body::default()
    };
    envelope.mail(MailKind::NoAccount, "There is no account with this address", &body)
}

/// Informs the owner of an account that its password has changed.
pub fn password_changed(envelope: &Envelope, name: &str) -> Mail {
    let body = Body {
        name,
        before: &["Your password has been changed, and you have been signed out everywhere."],
        link: Some(("Sign in", "/sign-in")),
        after: &["If that was not you, ask for a new password at once: whoever did it can read your mail."],
        ..Body::default()
    };
    envelope.mail(MailKind::PasswordChanged, "Your password has been changed", &body)
}

fn works_once(hours: i64) -> String {
    format!("The link works once, for {}.", limit::hours(hours))
}
