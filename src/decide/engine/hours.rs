//! When something is open: hours of the week in a time zone, holidays, and days that are different.

use std::collections::BTreeMap;

use crate::decide::engine::names;
use crate::decide::engine::zone::millis;
use crate::decide::engine::zone::{DAY, MINUTE, WEEKDAYS, Zone, time_of_day, weekday};
use crate::error::Code;
use crate::json::Given;
use crate::time::Timestamp;
use crate::time::calendar::{civil, day_of};
use crate::validate::{Fields, Report};

/// How far from 1970 a moment may lie, in milliseconds: what a JavaScript date can be.
pub(super) const MOST_MILLIS: i64 = 8_640_000_000_000_000;

/// The first and the last minute of an opening, the last one not in it.
pub type Opening = (i64, i64);

/// When something is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Where its clocks hang.
    pub zone: Zone,
    /// The hours of Monday to Sunday.
    pub weekly: [Vec<Opening>; 7],
    /// Closed all day: by the day since 1970.
    pub holidays: Vec<i64>,
    /// Closed all day, each year: by month and day.
    pub yearly: Vec<(i64, i64)>,
    /// Days with hours of their own, which win over holidays.
    pub overrides: BTreeMap<i64, Vec<Opening>>,
}

impl Calendar {
    /// The openings of a day since 1970.
    fn of_day(&self, day: i64) -> &[Opening] {
        if let Some(own) = self.overrides.get(&day) {
            return own;
        }
        let (_, month, date) = civil(day);
        if self.holidays.contains(&day) || self.yearly.contains(&(month, date)) {
            return &[];
        }
        let at = usize::try_from(weekday(day)).unwrap_or(0);
        self.weekly.get(at).map_or(&[], Vec::as_slice)
    }

    /// The hours of the day in which a moment lies, in the zone of the calendar.
    pub fn today(&self, at: Timestamp) -> &[Opening] {
        self.of_day(self.zone.shown(within(at)).div_euclid(DAY))
    }

    /// How long an opening that holds the moment goes on if clocks are not turned, in milliseconds.
    fn left(&self, at: i64) -> Option<i64> {
        let shown = self.zone.shown(at);
        let of_day = shown.rem_euclid(DAY);
        let holds = |(from, to): &&Opening| from * MINUTE <= of_day && of_day < to * MINUTE;
        let opening = self.of_day(shown.div_euclid(DAY)).iter().find(holds);
        opening.map(|(_, to)| to * MINUTE - of_day)
    }

    /// Whether it is open at `at` and stays so, without a break, for `seconds`, a day at most.
    pub fn is_open(&self, at: Timestamp, seconds: u64) -> bool {
        let mut at = within(at);
        let until = at + millis(seconds).min(DAY);
        while let Some(left) = self.left(at) {
            if at >= until {
                return true;
            }
            let ends = at + left;
            // What clocks show jumps when they are turned: what stands after the jump decides from there.
            at = self.zone.next_turn(at, ends).unwrap_or(ends);
            if at >= until {
                return true;
            }
        }
        false
    }
}

/// A moment in years that calendars have: those of a JavaScript date.
fn within(at: Timestamp) -> i64 {
    at.as_millis().clamp(-MOST_MILLIS, MOST_MILLIS)
}

/// Reads a calendar that stands at `path`.
pub(super) fn read_calendar(
    value: Given<'_>,
    path: &str,
    zones: &BTreeMap<String, Zone>,
    report: &mut Report,
) -> Option<Calendar> {
    let mut fields = Fields::open(value, path, report)?;
    let hint = "name a zone of `zones`, or UTC";
    fields.required("zone", hint, report);
    let zone = match fields.id("zone", report) {
        Some("UTC") => Some(Zone::default()),
        Some(name) => {
            let found = zones.get(name).cloned();
            if found.is_none() {
                let known = zones.keys().map(String::as_str);
                names::unknown("time zone", name, fields.path("zone"), known, report);
            }
            found
        }
        None => None,
    };
    let mut calendar = Calendar {
        zone: zone.unwrap_or_default(),
        ..Calendar::default()
    };
    let place = fields.path("weekly");
    for (at, value) in items(&mut fields, "weekly", report) {
        read_week(value, &format!("{place}[{at}]"), &mut calendar, report);
    }
    let place = fields.path("holidays");
    for (at, value) in items(&mut fields, "holidays", report) {
        read_holiday(value, &format!("{place}[{at}]"), &mut calendar, report);
    }
    let place = fields.path("overrides");
    for (at, value) in items(&mut fields, "overrides", report) {
        read_override(value, &format!("{place}[{at}]"), &mut calendar, report);
    }
    fields.finish(report);
    zone_is_known(calendar, &place, report)
}

/// A calendar without any hours says nothing; it is a mistake.
fn zone_is_known(calendar: Calendar, place: &str, report: &mut Report) -> Option<Calendar> {
    let open = |openings: &Vec<Opening>| !openings.is_empty();
    if calendar.weekly.iter().any(open) || calendar.overrides.values().any(open) {
        return Some(calendar);
    }
    let path = place.strip_suffix(".overrides").unwrap_or(place);
    report.add(
        Code::MissingField,
        path,
        "it is never open",
        "give it hours in `weekly`",
    );
    None
}

fn items<'a>(
    fields: &mut Fields<'a>,
    name: &'static str,
    report: &mut Report,
) -> impl Iterator<Item = (usize, Given<'a>)> + use<'a> {
    fields
        .list(name, report)
        .unwrap_or_default()
        .iter()
        .enumerate()
}

fn read_week(value: Given<'_>, path: &str, calendar: &mut Calendar, report: &mut Report) {
    let Some(mut fields) = Fields::open(value, path, report) else {
        return;
    };
    fields.required("days", "list days, like [\"monday\"]", report);
    let days = fields.list("days", report).unwrap_or_default();
    let place = fields.path("days");
    let opening = read_opening(&mut fields, report);
    fields.finish(report);
    for (at, day) in days.iter().enumerate() {
        let name = day.as_str().unwrap_or_default();
        let Some((_, number)) = WEEKDAYS.iter().find(|(known, _)| *known == name) else {
            let known = WEEKDAYS.iter().map(|(known, _)| *known);
            names::unknown("weekday", name, format!("{place}[{at}]"), known, report);
            continue;
        };
        let of_day = calendar.weekly.get_mut(usize::from(*number));
        if let (Some(of_day), Some(opening)) = (of_day, opening) {
            of_day.push(opening);
        }
    }
}

fn read_holiday(value: Given<'_>, path: &str, calendar: &mut Calendar, report: &mut Report) {
    let text = value.as_str().unwrap_or_default();
    // A leap year, so that 02-29 can be a holiday.
    let yearly = day_of(&format!("2000-{text}")).map(civil);
    match (day_of(text), yearly) {
        (Some(day), _) => calendar.holidays.push(day),
        (None, Some((_, month, day))) => calendar.yearly.push((month, day)),
        (None, None) => no_day(path, report),
    }
}

fn no_day(path: &str, report: &mut Report) {
    report.add(
        Code::InvalidTime,
        path,
        "not a day",
        "write it like 2026-12-25; a holiday of each year like 12-25",
    );
}

fn read_override(value: Given<'_>, path: &str, calendar: &mut Calendar, report: &mut Report) {
    let Some(mut fields) = Fields::open(value, path, report) else {
        return;
    };
    fields.required("date", "name the day, like 2026-12-24", report);
    fields.required("open", "list its hours; [] is closed", report);
    let date = fields.text("date", report).map(day_of);
    let place = fields.path("open");
    let mut openings = Vec::new();
    for (at, value) in items(&mut fields, "open", report) {
        let Some(mut fields) = Fields::open(value, format!("{place}[{at}]"), report) else {
            continue;
        };
        openings.extend(read_opening(&mut fields, report));
        fields.finish(report);
    }
    match date {
        Some(Some(day)) => {
            calendar.overrides.insert(day, openings);
        }
        Some(None) => no_day(&fields.path("date"), report),
        None => {}
    }
    fields.finish(report);
}

fn read_opening(fields: &mut Fields<'_>, report: &mut Report) -> Option<Opening> {
    fields.required("from", "say from when, like 08:00", report);
    fields.required("to", "say until when, like 18:00", report);
    let from = time_of_day(fields, "from", report);
    let to = time_of_day(fields, "to", report);
    let (from, to) = (from?, to?);
    if from >= to {
        report.add(
            Code::OutOfRange,
            fields.path("to"),
            "it ends before it begins",
            "write hours that pass midnight as two: until 24:00, and from 00:00",
        );
        return None;
    }
    Some((from, to))
}
