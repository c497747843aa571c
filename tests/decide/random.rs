//! Random policies and inputs from a seed. Names and values are few, so that conditions are met, and loops closed, often.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use crate::model::KINDS;

fn one<'t, T>(rng: &mut Rng, items: &'t [T]) -> &'t T {
    &items[rng.usize(..items.len())]
}

fn likely(rng: &mut Rng, percent: u8) -> bool {
    rng.u8(..100) < percent
}

const QUEUES: [&str; 3] = ["billing", "overflow", "night"];
const SKILLS: [&str; 2] = ["tier2", "german"];
const AGENTS: [&str; 3] = ["ann", "bob", "cy"];
const BOXES: [&str; 2] = ["box-1", "box-2"];
const WORDS: [&str; 3] = ["gold", "blue", "de"];
const CALENDARS: [&str; 3] = ["office", "sydney", "always"];

/// Each number of a fact with the values that policies and inputs use.
const NUMBERS: [(&str, bool, &[f64]); 13] = [
    ("waitedSeconds", false, &[0.0, 10.0, 30.0, 30.5]),
    ("hops", false, &[0.0, 1.0, 2.0]),
    ("priority", false, &[1.0, 3.0, 5.0]),
    ("spendCents", false, &[0.0, 100.0, 5000.0]),
    ("waiting", true, &[0.0, 2.0, 5.0]),
    ("longestWaitSeconds", true, &[0.0, 60.0, 61.0]),
    ("serviceShare", true, &[0.0, 0.5, 1.0]),
    ("agentsAvailable", true, &[0.0, 1.0, 2.0]),
    ("agentsStaffed", true, &[0.0, 4.0]),
    ("expectedWaitSeconds", true, &[0.0, 20.0, 90.0]),
    ("breachShare", true, &[0.0, 0.25, 0.5, 1.0]),
    ("occupancyShare", true, &[0.5, 0.9]),
    ("loadCount", true, &[0.0, 7.0]),
];
const FLAGS: [(&str, bool); 6] = [
    ("callbackConsent", false),
    ("callerNumberValid", false),
    ("vip", false),
    ("accepts", true),
    ("free", true),
    ("exists", true),
];
const TEXTS: [(&str, bool); 4] = [
    ("tier", false),
    ("language", false),
    ("intent", false),
    ("status", true),
];

fn place(rng: &mut Rng) -> Value {
    match rng.u8(..14) {
        0..=3 => json!({ "queue": one(rng, &QUEUES) }),
        4 | 5 => json!({ "queue": one(rng, &QUEUES), "skill": one(rng, &SKILLS) }),
        6 => json!({ "skill": one(rng, &SKILLS) }),
        7 => json!({ "extension": one(rng, &["999", "100"]) }),
        8 => json!({ "phone": one(rng, &["+15550100000", "+15550100001"]) }),
        9 => json!({ "agent": one(rng, &AGENTS) }),
        10 => json!({ "callback": one(rng, &QUEUES) }),
        11 => json!({ "voicemail": one(rng, &BOXES) }),
        12 => json!({ "announce": "please-hold" }),
        _ => json!({ "returnTo": "agent" }),
    }
}

fn of(rng: &mut Rng) -> Value {
    loop {
        let place = place(rng);
        if place.get("phone").is_none() {
            return place;
        }
    }
}

fn condition(rng: &mut Rng, own: bool, depth: u8) -> Value {
    let kinds = if depth == 0 { 3..10 } else { 0..10 };
    match rng.u8(kinds) {
        0 => json!({ "all": several(rng, own, depth) }),
        1 => json!({ "any": several(rng, own, depth) }),
        2 => json!({ "not": condition(rng, own, depth - 1) }),
        3 => {
            let mut hours = json!({ "calendar": one(rng, &CALENDARS) });
            if likely(rng, 40) {
                hours["openForSeconds"] = json!(one(rng, &[0, 1, 600, 3600, 7200]));
            }
            hours
        }
        4 => {
            let (name, target) = *one(rng, &FLAGS);
            let test = *one(rng, &["is", "isNot"]);
            let flag = rng.bool();
            asked(rng, own, name, target, json!({ test: flag }))
        }
        5 => {
            let (name, target) = *one(rng, &TEXTS);
            let test = match rng.u8(..3) {
                0 => json!({ "is": one(rng, &WORDS) }),
                1 => json!({ "isNot": one(rng, &WORDS) }),
                _ => json!({ "oneOf": [one(rng, &WORDS), one(rng, &WORDS)] }),
            };
            asked(rng, own, name, target, test)
        }
        _ => {
            let (name, target, values) = *one(rng, &NUMBERS);
            let mut tests = json!({});
            for _ in 0..if likely(rng, 20) { 2 } else { 1 } {
                let test = *one(
                    rng,
                    &[
                        "is", "isNot", "atLeast", "atMost", "above", "below", "oneOf",
                    ],
                );
                let value = json!(one(rng, values));
                tests[test] = if test == "oneOf" {
                    json!([value])
                } else {
                    value
                };
            }
            if likely(rng, 20) {
                tests["bound"] = json!(one(rng, &["upper", "lower", "value"]));
            }
            asked(rng, own, name, target, tests)
        }
    }
}

fn asked(rng: &mut Rng, own: bool, name: &str, target: bool, mut tests: Value) -> Value {
    tests["fact"] = json!(name);
    if target && (!own || likely(rng, 30)) {
        tests["of"] = of(rng);
    }
    tests
}

fn several(rng: &mut Rng, own: bool, depth: u8) -> Vec<Value> {
    (0..rng.u8(1..4))
        .map(|_| condition(rng, own, depth - 1))
        .collect()
}

fn rule(rng: &mut Rng, step: &mut Value, own: bool, percent: u8) {
    if likely(rng, percent) {
        step["when"] = condition(rng, own, 2);
    }
    step["ifUnknown"] = json!(one(rng, &["skip", "skip", "try"]));
    step["ifStale"] = json!(one(rng, &["skip", "try", "use"]));
}

fn candidate(rng: &mut Rng, step: &mut Value, to: Value) {
    step["to"] = to;
    let mut some = |name: &str, percent: u8, values: &[Value]| {
        if likely(rng, percent) {
            step[name] = one(rng, values).clone();
        }
    };
    some("mode", 20, &[json!("blind"), json!("consult")]);
    some("priority", 10, &[json!(1), json!(5)]);
    some("stepSeconds", 30, &[json!(5), json!(20), json!(60)]);
    some("leastSeconds", 15, &[json!(5), json!(25)]);
    some("costCents", 20, &[json!(0), json!(30), json!(90)]);
    some("reaches", 10, &[json!("person"), json!("machine")]);
    some("revisit", 10, &[json!("they may have come back")]);
}

fn steps(rng: &mut Rng, name: &str, most: u8) -> Vec<Value> {
    let mut steps = Vec::new();
    for at in 0..rng.u8(..=most) {
        let mut step = json!({ "id": format!("{name}-{at}") });
        match rng.u8(..10) {
            0 => {
                step["use"] = json!(one(rng, &["night", "evening"]));
                rule(rng, &mut step, false, 50);
            }
            1 | 2 => {
                let by = one(rng, &["breachShare", "expectedWaitSeconds"]);
                let of: Vec<Value> = (0..rng.u8(1..4))
                    .map(|_| {
                        let mut of = json!({});
                        let to = place(rng);
                        candidate(rng, &mut of, to);
                        rule(rng, &mut of, true, 30);
                        of
                    })
                    .collect();
                step["best"] = json!({ "of": of, "by": by });
                if likely(rng, 40) {
                    step["best"]["bound"] = json!(one(rng, &["upper", "lower"]));
                }
                if likely(rng, 40) {
                    step["best"]["take"] = json!(rng.u8(1..4));
                }
                rule(rng, &mut step, false, 30);
            }
            _ => {
                let to = place(rng);
                candidate(rng, &mut step, to);
                rule(rng, &mut step, true, 60);
            }
        }
        if likely(rng, 10) {
            step["last"] = json!(true);
        }
        steps.push(step);
    }
    steps
}

/// A policy that the parser takes.
pub(crate) fn policy(rng: &mut Rng) -> Value {
    let mut policy = json!({
        "facts": {
            "vip": { "type": "flag" }, "spendCents": { "type": "cents", "of": "call" },
            "loadCount": { "type": "count", "of": "target" },
        },
        "zones": {
            "berlin": { "utcOffsetMinutes": 60, "summer": { "utcOffsetMinutes": 120,
                "from": { "month": 3, "week": "last", "weekday": "sunday", "at": "01:00", "clock": "utc" },
                "to": { "month": 10, "week": "last", "weekday": "sunday", "at": "01:00", "clock": "utc" } } },
            "sydney": { "utcOffsetMinutes": 600, "summer": { "utcOffsetMinutes": 660,
                "from": { "month": 10, "week": "first", "weekday": "sunday", "at": "02:00" },
                "to": { "month": 4, "week": "first", "weekday": "sunday", "at": "03:00", "clock": "wall" } } },
        },
        "calendars": {
            "office": { "zone": "berlin", "weekly": [
                { "days": ["monday", "tuesday", "wednesday", "thursday", "friday"], "from": "08:00", "to": "18:00" },
                { "days": ["sunday"], "from": "00:00", "to": "02:30" } ],
                "holidays": ["2026-12-25", "01-01"], "overrides": [{ "date": "2026-12-24", "open": [{ "from": "09:00", "to": "12:15" }] }] },
            "sydney": { "zone": "sydney", "weekly": [{ "days": ["saturday", "sunday"], "from": "00:00", "to": "24:00" }] },
            "always": { "zone": "UTC", "weekly": [
                { "days": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], "from": "00:00", "to": "24:00" }],
                "overrides": [{ "date": "2026-12-24", "open": [] }] },
        },
        "policies": { "night": { "steps": steps(rng, "night", 2) }, "evening": { "steps": steps(rng, "evening", 2) } },
        "steps": steps(rng, "step", 6),
    });
    if likely(rng, 60) {
        let to = one(
            rng,
            &[
                json!({ "voicemail": "box-1" }),
                json!({ "queue": "overflow" }),
                json!({ "announce": "sorry" }),
            ],
        )
        .clone();
        policy["safe"] = json!({ "id": "safe" });
        candidate(rng, &mut policy["safe"], to);
    }
    let mut some = |name: &str, percent: u8, values: &[Value]| {
        if likely(rng, percent) {
            policy[name] = one(rng, values).clone();
        }
    };
    some("budgetSeconds", 60, &[json!(20), json!(60), json!(300)]);
    some("stepSeconds", 40, &[json!(10), json!(45)]);
    some("costCents", 40, &[json!(0), json!(50), json!(120)]);
    some("cooldownSeconds", 40, &[json!(0), json!(60)]);
    some("freshSeconds", 40, &[json!(0), json!(30)]);
    some(
        "hops",
        40,
        &[
            json!({ "people": 1 }),
            json!({ "people": 3, "machines": 0 }),
            json!({ "machines": 1 }),
        ],
    );
    policy
}

fn told(rng: &mut Rng, now: i64, value: Value, number: bool) -> Value {
    let value = if likely(rng, 4) {
        one(rng, &[json!("x"), json!(-1), json!([]), json!(1e13)]).clone()
    } else {
        value
    };
    let mut fact = json!({ "value": value });
    if likely(rng, 50) {
        fact["asOf"] = json!(now - one(rng, &[0_i64, 30_000, 30_001, -5, 90_000]));
    }
    if number && likely(rng, 50) {
        fact["low"] = json!(0);
        fact["high"] = value.clone();
    }
    match rng.u8(..12) {
        0 => json!({ "unknown": "no-permission" }),
        1 => json!({ "stale": fact }),
        2 => json!({ "known": fact }),
        3 | 4 => fact,
        5 => Value::Null,
        _ => value,
    }
}

fn facts(rng: &mut Rng, now: i64, target: bool) -> Value {
    let mut facts = Map::new();
    for (name, of_target, values) in NUMBERS {
        if of_target == target && likely(rng, 45) {
            let value = json!(one(rng, values));
            facts.insert(name.to_owned(), told(rng, now, value, true));
        }
    }
    for (name, of_target) in FLAGS {
        if of_target == target && likely(rng, 75) {
            let flag = json!(rng.bool());
            facts.insert(name.to_owned(), told(rng, now, flag, false));
        }
    }
    for (name, of_target) in TEXTS {
        if of_target == target && likely(rng, 70) {
            let word = json!(one(rng, &WORDS));
            facts.insert(name.to_owned(), told(rng, now, word, false));
        }
    }
    Value::Object(facts)
}

fn of_each(rng: &mut Rng, now: i64, names: &[&str], skills: bool) -> Value {
    let mut found = Map::new();
    for name in names {
        if likely(rng, 60) {
            let mut of = facts(rng, now, true);
            if skills {
                of["skills"] = of_each(rng, now, &SKILLS, false);
            }
            found.insert((*name).to_owned(), of);
        }
    }
    Value::Object(found)
}

/// Inputs in which facts may be anything, and now and then a guard cannot be read.
pub(crate) fn inputs(rng: &mut Rng) -> Value {
    // Years around 2026, and often the hours in which clocks are turned.
    let turns = [
        1_774_746_000_i64,
        1_792_890_000,
        1_791_043_200,
        1_775_318_400,
        1_798_070_400,
    ];
    let second = if likely(rng, 40) {
        one(rng, &turns) + rng.i64(-10_000..10_000)
    } else {
        rng.i64(1_767_225_600..1_830_297_600)
    };
    let now = second * 1_000;
    let mut inputs = json!({
        "now": now, "facts": facts(rng, now, false),
        "queues": of_each(rng, now, &QUEUES, true), "skills": of_each(rng, now, &SKILLS, false),
        "agents": of_each(rng, now, &AGENTS, false), "mailboxes": of_each(rng, now, &BOXES, false),
    });
    if likely(rng, 5) {
        inputs.as_object_mut().unwrap().remove("now");
    }
    if likely(rng, 50) {
        let path: Vec<Value> = (0..rng.u8(..4)).map(|_| hop(rng, now)).collect();
        inputs["path"] = json!(path);
    }
    if likely(rng, 30) {
        let unreadable = json!({ "queue": "billing", "agent": "ann" });
        inputs["asked"] = if likely(rng, 10) {
            unreadable
        } else {
            place(rng)
        };
    }
    if likely(rng, 20) {
        let modes = [
            json!(["blind"]),
            json!(["blind", "consult"]),
            json!(["consult"]),
            json!([]),
        ];
        let mut can = Map::new();
        for (kind, _) in KINDS {
            if likely(rng, 80) {
                can.insert(kind.to_owned(), one(rng, &modes).clone());
            }
        }
        inputs["can"] = Value::Object(can);
    }
    let mut some = |name: &str, percent: u8, values: &[Value]| {
        if likely(rng, percent) {
            inputs[name] = one(rng, values).clone();
        }
    };
    some("mode", 20, &[json!("blind"), json!("consult")]);
    some("from", 50, &[json!("ann"), json!("bob")]);
    some(
        "elapsedSeconds",
        40,
        &[json!(0), json!(12.5), json!(55), json!(500)],
    );
    some("spentCents", 40, &[json!(0), json!(20), json!(200)]);
    if likely(rng, 3) {
        spoiled(rng, &mut inputs);
    }
    inputs
}

/// What cannot be read where loops and budgets are guarded.
fn spoiled(rng: &mut Rng, inputs: &mut Value) {
    let (name, value) = match rng.u8(..6) {
        0 => ("elapsedSeconds", json!("5")),
        1 => ("spentCents", json!(0.5)),
        2 => ("mode", json!("warm")),
        3 => ("from", json!(17)),
        4 => ("path", json!("5")),
        _ => ("can", json!([])),
    };
    inputs[name] = value;
}

fn hop(rng: &mut Rng, now: i64) -> Value {
    let mut hop = json!({ "to": place(rng) });
    let mut some = |name: &str, percent: u8, values: &[Value]| {
        if likely(rng, percent) {
            hop[name] = one(rng, values).clone();
        }
    };
    some("by", 70, &[json!("person"), json!("machine")]);
    some(
        "at",
        70,
        &[
            json!(now - 60_000),
            json!(now - 59_999),
            json!(now - 600_000),
        ],
    );
    some("failed", 60, &[json!(true), json!(false)]);
    some("final", 5, &[json!(true), json!(false)]);
    hop
}
