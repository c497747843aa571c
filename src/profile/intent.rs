//! Reading what an agent asks for out of JSON, with the platform's own rules for its target.

use crate::error::Code;
use crate::json::Given;
use crate::model::id::CallId;
use crate::model::intent::{Intent, Mode};
use crate::model::target::TargetKind;
use crate::private::Private;
use crate::profile::{CALLBACK_NUMBER, PRIORITY, Profile, REASON_CODE, WRAP_UP_CODE};
use crate::validate::{Fields, MODES, Report, check_phone, read_target};

/// Reads `{ call, to, mode? }` and, of `priority`, `callbackNumber`, `reasonCode` and `wrapUpCode`, what the platform takes.
pub fn read_intent(profile: &dyn Profile, input: Given<'_>, report: &mut Report) -> Option<Intent> {
    let mut fields = Fields::open(input, "$", report)?;
    let call = fields.required_id("call", "name the call to transfer", report);
    let to = fields.required(
        "to",
        "name where the call goes, such as { \"queue\": … }",
        report,
    );
    let target = to.and_then(|to| read_target(to, "$.to", report));
    if let Some(target) = &target {
        profile.check_target(target, "$.to", report);
    }
    let mode = fields.word("mode", MODES, report).unwrap_or_default();
    // What this platform has no place for is reported as unknown, not dropped.
    let takes = |name| profile.details().contains(&name);
    let priority = takes(PRIORITY)
        .then(|| fields.integer(PRIORITY, 1..=5, report))
        .flatten();
    let callback = takes(CALLBACK_NUMBER)
        .then(|| fields.text(CALLBACK_NUMBER, report))
        .flatten();
    let callback = callback.filter(|number| check_phone(number, &"$.callbackNumber", report));
    let reason_code = takes(REASON_CODE)
        .then(|| code(&mut fields, REASON_CODE, report))
        .flatten();
    let wrap_up_code = takes(WRAP_UP_CODE)
        .then(|| code(&mut fields, WRAP_UP_CODE, report))
        .flatten();
    fields.finish(report);

    let to = target?;
    if profile.stages(to.kind(), mode).is_empty() {
        let message = format!(
            "`{}` makes no {} transfer to such a target",
            profile.name(),
            mode.as_str()
        );
        let (path, hint) = supported(profile, mode);
        report.add(Code::NotSupported, path, message, hint);
    }
    Some(Intent {
        call: CallId::parse(call?).ok()?,
        to,
        mode,
        priority: priority.and_then(|priority| u8::try_from(priority).ok()),
        callback_number: callback.map(|number| Private::new(number.to_owned())),
        reason_code,
        wrap_up_code,
    })
}

/// A code of the platform, as it is named there or as an object: its JSON text.
fn code(fields: &mut Fields<'_>, name: &'static str, report: &mut Report) -> Option<String> {
    let value = fields.value(name)?;
    if value.as_object().is_none() {
        fields.id(name, report)?;
    }
    Some(value.text())
}

/// What to change, and what would do there.
fn supported(profile: &dyn Profile, mode: Mode) -> (&'static str, String) {
    let able = |kind: &&TargetKind| !profile.stages(**kind, mode).is_empty();
    let kinds = profile
        .targets()
        .iter()
        .filter(able)
        .map(|kind| kind.as_str())
        .collect::<Vec<_>>();
    if kinds.is_empty() {
        return ("$.mode", "use another mode".to_owned());
    }
    ("$.to", format!("name one of {}", kinds.join(", ")))
}
