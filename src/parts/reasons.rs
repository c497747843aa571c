//! What follows from a reason, and what codes of others mean.

use serde_json::Value;

use crate::error::{Code, Error};
use crate::json::ToJson;
use crate::model::reason::{ReasonCode, told};

/// What follows from a reason: `{ code, retryable, next, blame, alert, agentReads, callerHears }`. Where `told_by` is `http`, `sip`,
/// `q850` or a vendor's name, `code` is a code of theirs, and is kept as `evidence`; one that is not known is a failed transfer.
///
/// # Errors
/// [`Code::UnknownValue`] where there is no such reason.
///
/// ```
/// use patchcord::parts::failure_reason;
///
/// let busy = failure_reason("486", Some("sip")).unwrap();
/// assert_eq!((&busy["code"], &busy["next"]), (&"busy".into(), &"next-target".into()));
/// assert_eq!(failure_reason("busy", None).unwrap()["callerHears"], "I'm trying someone else for you.");
/// ```
pub fn failure_reason(code: &str, told_by: Option<&str>) -> Result<Value, Error> {
    let Some(by) = told_by else {
        let known = ReasonCode::ALL.iter().find(|known| known.as_str() == code);
        return known
            .map(|known| known.attributes().to_json())
            .ok_or_else(|| {
                Error::new(Code::UnknownValue, format!("there is no reason `{code}`"))
                    .with_hint("docs/failures.md lists them; say who told another code")
            });
    };
    let told = told(by, code);
    let mut attributes = told.code.attributes().to_json();
    if let Value::Object(fields) = &mut attributes {
        fields.insert("evidence".to_owned(), told.evidence.into());
    }
    Ok(attributes)
}
