//! The mails of becoming and being a provider. None of them can be unsubscribed: each decides something.

use super::{Body, Envelope};
use crate::mail::model::{Mail, MailKind};

/// Informs an applicant that the application has arrived.
pub fn provider_submitted(envelope: &Envelope, name: &str) -> Mail {
    let before =
        ["Your application as a GigSta has arrived. We look at it within two working days and write to you then."];
    let body = Body { name, before: &before, link: Some(("See where it stands", "/onboarding")), ..Body::default() };
    envelope.mail(MailKind::ProviderSubmitted, "Your application has arrived", &body)
}

/// Informs an applicant that they may begin.
pub fn provider_approved(envelope: &Envelope, name: &str) -> Mail {
    let before = ["You are a GigSta now. Publish your first service, and people near you can find it."];
    let link = Some(("Describe your first service", "/provider/services"));
    envelope.mail(
        MailKind::ProviderApproved,
        "You are a GigSta",
        &Body { name, before: &before, link, ..Body::default() },
    )
}

/// Informs an applicant that they were not approved, and why.
pub fn provider_rejected(envelope: &Envelope, name: &str, reason: &str) -> Mail {
    let before = [
        "We could not approve your application. The reason:",
        reason,
        "You can change your details and send it again.",
    ];
    let link = Some(("Change my details", "/onboarding"));
    let body = Body { name, before: &before, link, ..Body::default() };
    envelope.mail(MailKind::ProviderRejected, "Your application was not approved", &body)
}

/// Asks an applicant for something more.
pub fn provider_more_asked(envelope: &Envelope, name: &str, question: &str) -> Mail {
    let before = ["We have a question about your application:", question];
    let body = Body { name, before: &before, link: Some(("Answer it", "/onboarding")), ..Body::default() };
    envelope.mail(MailKind::ProviderMoreAsked, "A question about your application", &body)
}

/// Informs a provider that they receive no new requests, and why.
pub fn provider_suspended(envelope: &Envelope, name: &str, reason: &str) -> Mail {
    let before = [
        "Your services are not shown at the moment, and you receive no new requests. The reason:",
        reason,
        "Bookings that you have already go on as agreed.",
    ];
    let body = Body { name, before: &before, link: Some(("See my bookings", "/bookings")), ..Body::default() };
    envelope.mail(MailKind::ProviderSuspended, "Your services are not shown at the moment", &body)
}

/// Informs a provider that they receive requests again.
pub fn provider_reinstated(envelope: &Envelope, name: &str) -> Mail {
    let before = ["Your services are shown again, and people can send you requests."];
    let body = Body { name, before: &before, link: Some(("See my work", "/provider")), ..Body::default() };
    envelope.mail(MailKind::ProviderReinstated, "Your services are shown again", &body)
}
