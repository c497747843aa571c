//! Calendars written another way: dates are counted up day by day.

use serde_json::Value;

const DAYS: [&str; 7] = [
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "monday",
    "tuesday",
    "wednesday",
];

const fn length(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The days before each year since 1970.
const YEARS: [i64; 100] = {
    let mut years = [0; 100];
    let mut at = 1;
    while at < 100 {
        years[at] = years[at - 1] + 337 + length(1969 + at as i64, 2);
        at += 1;
    }
    years
};

fn before(year: i64) -> i64 {
    YEARS[(year - 1970) as usize]
}

/// Year, month and day of a day since 1970.
fn date(day: i64) -> (i64, i64, i64) {
    let mut year = 1970 + day / 366;
    while before(year + 1) <= day {
        year += 1;
    }
    let (mut left, mut month) = (day - before(year), 1);
    while left >= length(year, month) {
        left -= length(year, month);
        month += 1;
    }
    (year, month, left + 1)
}

fn minutes(time: &Value) -> i64 {
    let (hours, minutes) = time.as_str().unwrap().split_once(':').unwrap();
    hours.parse::<i64>().unwrap() * 60 + minutes.parse::<i64>().unwrap()
}

/// The second since 1970 at which clocks are turned in a year.
fn turned(turn: &Value, year: i64, offset: i64) -> i64 {
    let month = turn["month"].as_i64().unwrap();
    let start: i64 = before(year) + (1..month).map(|month| length(year, month)).sum::<i64>();
    let mut fitting: Vec<i64> = (start..start + length(year, month))
        .filter(|day| turn["weekday"] == DAYS[(*day % 7) as usize])
        .collect();
    let day = match turn["week"].as_str().unwrap() {
        "last" => fitting.pop().unwrap(),
        word => {
            fitting[["first", "second", "third", "fourth"]
                .iter()
                .position(|each| *each == word)
                .unwrap()]
        }
    };
    let shift = if turn["clock"] == "utc" { 0 } else { offset };
    day * 86_400 + (minutes(&turn["at"]) - shift) * 60
}

fn offset(zone: &Value, at: i64) -> i64 {
    let winter = zone["utcOffsetMinutes"].as_i64().unwrap_or(0);
    let Some(summer) = zone["summer"]["utcOffsetMinutes"].as_i64() else {
        return winter;
    };
    let year = date((at + winter * 60) / 86_400).0;
    let from = turned(&zone["summer"]["from"], year, winter);
    let to = turned(&zone["summer"]["to"], year, summer);
    let within = if from < to {
        (from..to).contains(&at)
    } else {
        !(to..from).contains(&at)
    };
    if within { summer } else { winter }
}

/// Whether a calendar is open at a second since 1970.
pub(crate) fn is_open(calendar: &Value, zone: &Value, at: i64) -> bool {
    let clock = at + offset(zone, at) * 60;
    let (day, minute) = (clock / 86_400, clock % 86_400 / 60);
    let (year, month, date) = date(day);
    let yearly = format!("{month:02}-{date:02}");
    let this = format!("{year:04}-{yearly}");
    let list = |name: &str| calendar[name].as_array().map_or(&[][..], Vec::as_slice);
    let holds = |hours: &Value| minutes(&hours["from"]) <= minute && minute < minutes(&hours["to"]);
    if let Some(own) = list("overrides")
        .iter()
        .find(|each| each["date"] == this.as_str())
    {
        return own["open"].as_array().unwrap().iter().any(holds);
    }
    if list("holidays")
        .iter()
        .any(|each| *each == this.as_str() || *each == yearly.as_str())
    {
        return false;
    }
    let today = DAYS[(day % 7) as usize];
    let is_today = |hours: &Value| {
        hours["days"]
            .as_array()
            .unwrap()
            .iter()
            .any(|each| each == today)
    };
    list("weekly")
        .iter()
        .any(|hours| is_today(hours) && holds(hours))
}
