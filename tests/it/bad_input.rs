//! Bad input over HTTP: a clear answer with the right status, nothing lost, nothing changed.

use crate::support::database::in_database;
use crate::support::people::Scene;

#[tokio::test]
async fn bad_input_is_told_by_field_and_changes_nothing() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let long = format!("&inputs[reason]={}", "x".repeat(2001));
        for (action, inputs, status, code, field) in [
            ("nonsense", "", 422, "unknown_action", "action_name"),
            ("expire_request", "", 409, "system_only", ""),
            ("decline", "", 422, "missing_input", "reason"),
            ("decline", "&inputs[reason]=+%0A+", 422, "missing_input", "reason"),
            ("decline", long.as_str(), 422, "too_long", "reason"),
            ("decline", "&inputs[reason]=x&inputs[$ne]=", 422, "unknown_input", "$ne"),
            ("decline", "&inputs[reason][$ne]=", 422, "bad_input", ""),
            ("decline", "&inputs[$where]=sleep(1)&inputs[reason]=x", 422, "unknown_input", "$where"),
            ("quote", "&inputs[amount]=-5", 422, "bad_amount", "amount"),
            ("quote", "&inputs[amount]=0", 422, "bad_amount", "amount"),
            ("quote", "&inputs[amount]=1000000000000", 422, "bad_amount", "amount"),
            ("propose_change", "&inputs[starts_at]=2020-01-01T09:00", 422, "new_time_not_possible", "starts_at"),
            ("propose_change", "&inputs[starts_at]=2027-09-26T02:30", 422, "skipped_time", "starts_at"),
            ("propose_change", "&inputs[starts_at]=9999-12-31T23:59", 422, "new_time_not_possible", "starts_at"),
            ("propose_change", "&inputs[starts_at]=whenever", 422, "bad_time", "starts_at"),
            ("start", "", 409, "wrong_status", ""),
            ("withdraw", "", 409, "customer_only", ""),
        ] {
            let answer = scene.send(&scene.provider, action, 2, "command-1", inputs).await;
            let error = answer.json();
            let told = (answer.status, error["code"].as_str().unwrap(), error["field"].as_str().unwrap_or_default());
            assert_eq!(told, (status, code, field), "{action}{inputs}: {error}");
            assert!(error["message"].as_str().unwrap().len() > 10, "{error}");
        }
        for (version, command, status) in
            [("x", "command-1", 422), ("2", "", 422), ("2", "a+b", 422), ("", "command-1", 422)]
        {
            let form =
                format!("booking_id={}&action_name=accept&version={version}&command_id={command}", scene.booking.id);
            let cookie = [("cookie", scene.provider.cookie.as_str())];
            let answer = scene.server.post("/api/perform_booking_action", &cookie, &form).await;
            assert_eq!(answer.status, status, "{form}: {answer:?}");
        }
        assert_eq!(scene.version().await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_form_that_cannot_be_done_comes_back_with_all_that_was_typed() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let cookie = [("cookie", scene.provider.cookie.as_str())];
        let path = format!("/bookings/{}/actions/quote", scene.booking.id);
        let typed =
            "inputs[message]=Kia+ora+%3C%2Ftextarea%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E+%D7%A9%D7%9C%D7%95%D7%9D";
        let sent = format!("version=2&command_id=command-1&inputs[amount]=lots&{typed}");
        let page = scene.server.post(&path, &cookie, &sent).await;
        assert_eq!(page.status, 422);
        assert!(page.body.contains("Give an amount in NZD"), "{}", page.body);
        assert!(page.body.contains("value=\"lots\""), "{}", page.body);
        assert!(page.body.contains("Kia ora &lt;/textarea&gt;&lt;script&gt;alert(1)"), "{}", page.body);
        assert!(page.body.contains("שלום") && !page.body.contains("<script>alert"), "{}", page.body);
        let strange = scene.server.post(&path, &cookie, "version=2&command_id=command-1&inputs[$ne]=").await;
        assert_eq!(strange.status, 422);
        assert_eq!(scene.version().await, 2);
    })
    .await;
}

#[tokio::test]
async fn words_of_any_script_are_kept_and_markup_stays_text() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        let words = "&inputs[reason]=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E+%F0%9F%98%80+%D8%B4%D9%83%D8%B1%D8%A7";
        let answer = scene.send(&scene.provider, "decline", 2, "command-1", words).await;
        assert_eq!(answer.json()["history"][2]["message"], "<img src=x onerror=alert(1)> \u{1F600} شكرا");
        let path = format!("/bookings/{}", scene.booking.id);
        let page = scene.server.get(&path, &[("cookie", &scene.customer.cookie)]).await.body;
        assert!(page.contains("&lt;img src=x onerror=alert(1)&gt;") && !page.contains("<img src=x"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn lists_refuse_what_they_do_not_know() {
    in_database(async |db| {
        let scene = Scene::new(db).await;
        for (query, code) in [
            ("status=done", "bad_status"),
            ("role=admin", "bad_role"),
            ("cursor=1", "bad_cursor"),
            ("cursor=zz_0123456789abcdef01234567", "bad_cursor"),
        ] {
            let path = format!("/api/list_bookings?{query}");
            let answer = scene.server.get(&path, &[("cookie", &scene.customer.cookie)]).await;
            assert_eq!((answer.status, answer.json()["code"].as_str()), (422, Some(code)), "{query}");
        }
        let fine =
            scene.server.get("/api/list_bookings?status=&role=&cursor=", &[("cookie", &scene.customer.cookie)]).await;
        assert_eq!(fine.json()["bookings"][0]["reference"], scene.booking.reference);
        assert_eq!(scene.server.get("/api/list_bookings", &[]).await.status, 401);
    })
    .await;
}
