use clap::Parser;

use super::*;

fn config(arguments: &[&str]) -> Result<Config, String> {
    let cli = Cli::try_parse_from(["gigsta", "serve"].iter().chain(arguments)).unwrap();
    match cli.command {
        Command::Serve(options) => options.try_into(),
        _ => unreachable!(),
    }
}

#[test]
fn the_demo_is_refused_where_others_could_reach_it() {
    let refused = config(&["--demo", "--addr", "0.0.0.0:3000"]).unwrap_err();
    assert!(refused.contains("loopback"), "{refused}");
    assert!(config(&["--demo", "--addr", "[::1]:3000"]).unwrap().demo);
}

#[test]
fn nothing_but_a_demo_is_emptied() {
    let refused = config(&["--fresh"]).unwrap_err();
    assert!(refused.contains("GIGSTA_DEMO"), "{refused}");
    assert!(config(&["--demo", "--fresh"]).unwrap().fresh && !config(&["--demo"]).unwrap().fresh);
}

#[test]
fn people_come_by_the_listening_address_unless_told_otherwise() {
    assert_eq!(config(&["--addr", "127.0.0.1:4000"]).unwrap().base_url, "http://127.0.0.1:4000");
    let behind = config(&["--base-url", "https://gigsta.example/"]).unwrap();
    assert_eq!((behind.base_url.as_str(), behind.https()), ("https://gigsta.example", true));
    assert!(config(&["--base-url", "gigsta.example"]).is_err());
}

#[test]
fn the_worker_runs_in_the_server_unless_told_otherwise() {
    assert!(config(&[]).unwrap().worker && config(&["--worker=1"]).unwrap().worker);
    assert!(!config(&["--no-worker"]).unwrap().worker && !config(&["--worker=0"]).unwrap().worker);
}

#[test]
fn photos_go_to_the_data_folder_or_to_a_bucket_and_nowhere_else() {
    assert_eq!(config(&[]).unwrap().photos_url, None);
    assert_eq!(config(&["--photos-url", "s3://a/b"]).unwrap().photos_url.as_deref(), Some("s3://a/b"));
    assert!(config(&["--photos-url", "http://a"]).is_err());
}

#[test]
fn mails_are_sent_only_by_somebody_and_the_password_is_never_printed() {
    let url = "smtps://aroha:kia-ora-secret@mail.example";
    assert!(config(&["--smtp-url", url]).unwrap_err().contains("GIGSTA_MAIL_FROM"));
    assert!(config(&["--smtp-url", url, "--mail-from", "Aroha"]).is_err());
    let sends = config(&["--smtp-url", url, "--mail-from", "GigSta <hello@gigsta.example>"]).unwrap();
    assert_eq!(sends.smtp.as_ref().unwrap().host, "mail.example");
    assert!(!format!("{sends:?}").contains("kia-ora"), "{sends:?}");
    let cli = Cli::try_parse_from(["gigsta", "serve", "--smtp-url", url]).unwrap();
    assert!(!format!("{cli:?}").contains("kia-ora"), "{cli:?}");
    let cli = Cli::try_parse_from(["gigsta", "serve", "--mongodb-uri", "mongodb://aroha:kia-ora-secret@db"]).unwrap();
    assert!(!format!("{cli:?}").contains("kia-ora"), "{cli:?}");
    let refused = config(&["--smtp-url", "smtp://aroha:kia-ora-secret@", "--mail-from", "a@b.nz"]).unwrap_err();
    assert!(!refused.contains("kia-ora"), "{refused}");
    assert!(config(&["--smtp-url", ""]).unwrap().smtp.is_none(), "an empty variable is none");
}
