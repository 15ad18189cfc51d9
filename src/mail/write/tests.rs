use super::*;

const ENVELOPE: Envelope = Envelope {
    key: "verify:1",
    to: "aroha@demo.test",
    base_url: "https://gigsta.example",
    now: Timestamp(1_796_511_600_000),
};

fn all() -> Vec<Mail> {
    let (token, name) = ("0123abcd", "Aroha");
    vec![
        verify_email(&ENVELOPE, token, 24),
        welcome(&ENVELOPE, name),
        already_registered(&ENVELOPE),
        guest_request(&ENVELOPE, token, 24),
        reset_password(&ENVELOPE, token, 1),
        no_account(&ENVELOPE),
        password_changed(&ENVELOPE, name),
        provider_submitted(&ENVELOPE, name),
        provider_approved(&ENVELOPE, name),
        provider_rejected(&ENVELOPE, name, "The number belongs to another business."),
        provider_more_asked(&ENVELOPE, name, "Which licence do you hold?"),
        provider_suspended(&ENVELOPE, name, "Three complaints in a week."),
        provider_reinstated(&ENVELOPE, name),
    ]
}

#[test]
fn the_mails_say_what_they_say() {
    let written =
        all().into_iter().map(|mail| format!("[{}]\nSubject: {}\n\n{}", mail.kind.name(), mail.subject, mail.text));
    insta::assert_snapshot!(written.collect::<Vec<_>>().join("\n--\n"));
}

#[test]
fn the_html_of_a_mail_says_what_it_says() {
    let html = welcome(&ENVELOPE, "Aroha").html.unwrap();
    insta::assert_snapshot!(html.replace("><", ">\n<"));
}

#[test]
fn every_line_is_short_enough_and_every_link_stands_alone() {
    for mail in all() {
        assert!(mail.text.ends_with('\n') && !mail.text.contains('\r'), "{}", mail.kind.name());
        for line in mail.text.lines() {
            assert!(line.len() <= 998, "{}: RFC 5322 allows no longer line than {line}", mail.kind.name());
            assert!(line.starts_with("https://") || !line.contains("https://"), "{}: {line}", mail.kind.name());
        }
        assert_eq!(mail.key, "verify:1");
    }
}

#[test]
fn what_people_wrote_is_text_in_the_html_and_one_line_in_the_subject() {
    let mail = provider_rejected(&ENVELOPE, "<b>A</b>", "</p><script>alert(1)</script>\nsecond line");
    let html = mail.html.unwrap();
    assert!(!html.contains("<script") && !html.contains("<b>"), "{html}");
    assert!(html.contains("&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;\nsecond line"), "{html}");
    let mail = ENVELOPE.mail(MailKind::Welcome, "a\r\nBcc: b@demo.test", &Body::default());
    assert_eq!(mail.subject, "a  Bcc: b@demo.test");
}

#[test]
fn the_kind_of_a_mail_is_stored_as_it_always_was() {
    for mail in all() {
        let stored = serde_json::to_value(&mail.kind).unwrap();
        assert_eq!(stored, mail.kind.name());
        assert_eq!(serde_json::from_value::<MailKind>(stored).unwrap(), mail.kind);
        assert!(!matches!(mail.kind, MailKind::Notice(_)), "{}", mail.kind.name());
    }
    let accept: MailKind = serde_json::from_value("accept".into()).unwrap();
    assert_eq!((accept.name(), &accept), ("accept", &MailKind::Notice("accept".into())));
}
