//! Long answers, page by page, and where their links lead.

use patchcord::Timestamp;
use patchcord::sim::Simulator;
use serde_json::{Value, json};

use crate::client::{Client, START, read};

#[test]
fn a_page_tells_the_same_however_often_it_is_asked_and_is_no_other_operations() {
    let mut client = Client::new();
    for number in 0..150 {
        let skill = json!({ "id": format!("s{number:03}") });
        client.sim.add_skill(&skill.to_string()).expect("a skill");
    }
    let (_, first) = client.get("/api/v2/routing/skills");
    let next = first["nextUri"].as_str().expect("a link");
    let next = next
        .strip_prefix("https://cxone.simulated")
        .expect("a made-up address");
    client.sim.add_skill(r#"{"id": "a0"}"#).expect("a skill");
    let page = client.get(next);
    assert_eq!(page, client.get(next));
    assert_eq!(page.1["results"].as_array().map(Vec::len), Some(50));
    assert_eq!(page.1.get("nextUri"), None);
    let elsewhere = next.replace("routing/skills", "audit");
    assert_eq!(client.get(&elsewhere).0, 400);
}

#[test]
fn links_begin_with_the_address_that_the_request_came_to() {
    let next = |options: &Value, header: &[(&str, &str)]| {
        let now = Timestamp::from_millis(START);
        let mut sim = Simulator::new(&options.to_string(), now).expect("options");
        for number in 0..150 {
            let skill = json!({ "id": format!("s{number:03}") });
            sim.add_skill(&skill.to_string()).expect("a skill");
        }
        let mut headers = vec![("authorization".to_owned(), "Bearer any".to_owned())];
        headers.extend(
            header
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        let (_, page) =
            read(sim.handle_request("GET", "/api/v2/routing/skills", &headers, b"", now));
        let next = page["nextUri"].as_str().expect("a link");
        let (base, _) = next.split_once("/api/").expect("a path");
        base.to_owned()
    };
    let plain = json!({ "profile": "cxone-v2" });
    assert_eq!(next(&plain, &[]), "https://cxone.simulated");
    assert_eq!(
        next(&plain, &[("Host", "localhost:8787")]),
        "http://localhost:8787"
    );
    assert_eq!(
        next(&plain, &[("host", "na1.example.com")]),
        "https://na1.example.com"
    );
    assert_eq!(
        next(
            &plain,
            &[("host", "na1.example.com"), ("x-forwarded-proto", "http")]
        ),
        "http://na1.example.com"
    );
    assert_eq!(
        next(&plain, &[("host", "localhost.example.com")]),
        "https://localhost.example.com"
    );
    assert_eq!(
        next(&plain, &[("host", "evil/path")]),
        "https://cxone.simulated"
    );
    let told = json!({ "profile": "cxone-v2", "baseUrl": "https://gate.example.com/cxone/" });
    assert_eq!(
        next(&told, &[("host", "localhost")]),
        "https://gate.example.com/cxone"
    );
}
