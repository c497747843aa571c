//! A time zone as data: its offset from UTC and, where it has one, its summer time by rule. There is no database of zones
//! in the engine: a policy carries the rules that it was written for, so that it decides the same for ever.

use crate::error::Code;
use crate::json::Given;
use crate::time::calendar::{civil, days, number};
use crate::validate::{Fields, Report};

pub(super) const MINUTE: i64 = 60_000;
pub(super) const DAY: i64 = 86_400_000;

/// Monday to Sunday.
pub(super) const WEEKDAYS: &[(&str, u8)] = &[
    ("monday", 0),
    ("tuesday", 1),
    ("wednesday", 2),
    ("thursday", 3),
    ("friday", 4),
    ("saturday", 5),
    ("sunday", 6),
];

/// A time zone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Zone {
    /// How far its clocks are ahead of UTC in winter, in minutes.
    pub utc_offset_minutes: i64,
    /// Its summer time.
    pub summer: Option<Summer>,
}

/// Summer time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summer {
    /// How far the clocks are ahead of UTC in summer, in minutes.
    pub utc_offset_minutes: i64,
    /// When it begins.
    pub from: Turn,
    /// When it ends; in the south, that is earlier in the year.
    pub to: Turn,
}

/// When clocks are turned, each year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// 1 to 12.
    pub month: i64,
    /// 1 for the first such weekday of the month to 4; 5 for the last.
    pub week: i64,
    /// 0 for Monday to 6 for Sunday.
    pub weekday: i64,
    /// The time of day in minutes.
    pub at_minutes: i64,
    /// Whether that time is UTC; otherwise it is what the clocks show before they are turned.
    pub utc: bool,
}

impl Turn {
    /// The moment in a year, in milliseconds since 1970; `before_minutes` is the offset that ends then.
    fn moment(self, year: i64, before_minutes: i64) -> i64 {
        let first = days(year, self.month, 1);
        let day = if self.week < 5 {
            first + (self.weekday - weekday(first)).rem_euclid(7) + 7 * (self.week - 1)
        } else {
            let (year, month) = if self.month == 12 {
                (year + 1, 1)
            } else {
                (year, self.month + 1)
            };
            let last = days(year, month, 1) - 1;
            last - (weekday(last) - self.weekday).rem_euclid(7)
        };
        let offset = if self.utc { 0 } else { before_minutes };
        day * DAY + (self.at_minutes - offset) * MINUTE
    }
}

/// 0 for Monday to 6 for Sunday of a day since 1970-01-01, which was a Thursday.
pub(super) const fn weekday(day: i64) -> i64 {
    (day + 3).rem_euclid(7)
}

impl Zone {
    /// What the clocks show at a moment, as milliseconds since they showed 1970-01-01 00:00.
    pub(super) fn shown(&self, at: i64) -> i64 {
        at + self.offset_minutes(at) * MINUTE
    }

    fn offset_minutes(&self, at: i64) -> i64 {
        let Some(summer) = &self.summer else {
            return self.utc_offset_minutes;
        };
        let [from, to] = self.turns(summer, at);
        let is_summer = if from < to {
            from <= at && at < to
        } else {
            at >= from || at < to
        };
        if is_summer {
            summer.utc_offset_minutes
        } else {
            self.utc_offset_minutes
        }
    }

    /// The two turns of the year in which a moment lies, by the zone's winter clock.
    fn turns(&self, summer: &Summer, at: i64) -> [i64; 2] {
        let (year, ..) = civil((at + self.utc_offset_minutes * MINUTE).div_euclid(DAY));
        self.turns_of(summer, year)
    }

    fn turns_of(&self, summer: &Summer, year: i64) -> [i64; 2] {
        [
            summer.from.moment(year, self.utc_offset_minutes),
            summer.to.moment(year, summer.utc_offset_minutes),
        ]
    }

    /// The first moment after `at`, and no later than `until`, at which clocks are turned.
    pub(super) fn next_turn(&self, at: i64, until: i64) -> Option<i64> {
        let summer = self.summer.as_ref()?;
        let (year, ..) = civil(at.div_euclid(DAY));
        [year - 1, year, year + 1]
            .into_iter()
            .flat_map(|year| self.turns_of(summer, year))
            .filter(|turn| at < *turn && *turn <= until)
            .min()
    }
}

/// Reads a zone that stands at `path`.
pub(super) fn read_zone(value: Given<'_>, path: &str, report: &mut Report) -> Option<Zone> {
    let mut fields = Fields::open(value, path, report)?;
    let utc_offset_minutes = offset(&mut fields, report);
    let summer = fields.value("summer");
    let place = fields.path("summer");
    fields.finish(report);
    let summer = match summer {
        Some(summer) => Some(read_summer(summer, &place, report)?),
        None => None,
    };
    Some(Zone {
        utc_offset_minutes: utc_offset_minutes?,
        summer,
    })
}

fn read_summer(value: Given<'_>, path: &str, report: &mut Report) -> Option<Summer> {
    let mut fields = Fields::open(value, path, report)?;
    let utc_offset_minutes = offset(&mut fields, report);
    let [from, to] = ["from", "to"].map(|name| {
        let value = fields.required(name, "say when the clocks are turned", report);
        let path = fields.path(name);
        value.and_then(|value| read_turn(value, &path, report))
    });
    fields.finish(report);
    Some(Summer {
        utc_offset_minutes: utc_offset_minutes?,
        from: from?,
        to: to?,
    })
}

fn read_turn(value: Given<'_>, path: &str, report: &mut Report) -> Option<Turn> {
    const WEEKS: &[(&str, i64)] = &[
        ("first", 1),
        ("second", 2),
        ("third", 3),
        ("fourth", 4),
        ("last", 5),
    ];
    let mut fields = Fields::open(value, path, report)?;
    for (name, hint) in [
        ("month", "pass 1 to 12"),
        ("week", "pass `first` to `fourth`, or `last`"),
        ("weekday", "pass `monday` to `sunday`"),
        ("at", "pass a time of day, like 02:00"),
    ] {
        fields.required(name, hint, report);
    }
    let month = fields.integer("month", 1..=12, report);
    let week = fields.word("week", WEEKS, report);
    let weekday = fields.word("weekday", WEEKDAYS, report);
    let at_minutes = time_of_day(&mut fields, "at", report);
    let utc = fields
        .word("clock", &[("utc", true), ("wall", false)], report)
        .unwrap_or(false);
    fields.finish(report);
    Some(Turn {
        month: i64::try_from(month?).ok()?,
        week: week?,
        weekday: weekday?.into(),
        at_minutes: at_minutes?,
        utc,
    })
}

/// An offset from UTC: up to 18 hours, both ways.
fn offset(fields: &mut Fields<'_>, report: &mut Report) -> Option<i64> {
    fields.required(
        "utcOffsetMinutes",
        "say how far the clocks are ahead of UTC",
        report,
    );
    let minutes = fields.number("utcOffsetMinutes", -1_080.0..=1_080.0, report)?;
    if minutes.fract() != 0.0 {
        report.add(
            Code::OutOfRange,
            fields.path("utcOffsetMinutes"),
            "`utcOffsetMinutes` is not whole",
            "pass whole minutes",
        );
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be whole and small"
    )]
    Some(minutes as i64)
}

/// A time of day from `00:00` to `24:00`, in minutes.
pub(super) fn time_of_day(
    fields: &mut Fields<'_>,
    name: &'static str,
    report: &mut Report,
) -> Option<i64> {
    let text = fields.text(name, report)?;
    let minutes = text.split_once(':').and_then(|(hours, minutes)| {
        let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
        let whole = hours * 60 + minutes;
        (minutes < 60 && whole <= 1_440).then_some(whole)
    });
    if minutes.is_none() {
        report.add(
            Code::InvalidTime,
            fields.path(name),
            format!("`{name}` is no time of day"),
            "write it like 08:30; 24:00 is the end of the day",
        );
    }
    minutes
}

/// Seconds as milliseconds; what is too long for them is as long as can be.
pub(super) fn millis(seconds: u64) -> i64 {
    i64::try_from(seconds)
        .unwrap_or(i64::MAX)
        .saturating_mul(1_000)
}
