//! What codes mean: of HTTP (RFC 9110), SIP (RFC 3261 and those that add to it), Q.850, and the vendors' own words.

use crate::json::to_json;
use crate::model::reason::ReasonCode;
use crate::private::numberless;
use crate::stored::stored;

/// A code, or the first and the last of a range, and what it means.
pub type Meaning = (u16, u16, ReasonCode);

/// HTTP: the first row that fits.
pub const HTTP: &[Meaning] = &[
    (401, 401, ReasonCode::Unauthorized),
    (403, 403, ReasonCode::MissingScope),
    (404, 404, ReasonCode::NotFound),
    (405, 405, ReasonCode::NotSupported),
    (408, 408, ReasonCode::AnswerLost),
    (409, 409, ReasonCode::Conflict),
    (410, 410, ReasonCode::CallNotFound),
    (412, 412, ReasonCode::Conflict),
    (423, 423, ReasonCode::Conflict),
    (429, 429, ReasonCode::RateLimited),
    (400, 400, ReasonCode::PayloadRefused),
    (413, 415, ReasonCode::PayloadRefused),
    (422, 422, ReasonCode::PayloadRefused),
    (501, 501, ReasonCode::NotSupported),
    (504, 504, ReasonCode::AnswerLost),
    (500, 599, ReasonCode::ServerError),
    (300, 499, ReasonCode::Refused),
];

/// SIP: the first row that fits.
pub const SIP: &[Meaning] = &[
    (401, 401, ReasonCode::Unauthorized),
    (403, 403, ReasonCode::NumberBarred),
    (404, 404, ReasonCode::NotFound),
    (405, 405, ReasonCode::NotSupported),
    (407, 407, ReasonCode::Unauthorized),
    (408, 408, ReasonCode::NoAnswer),
    (410, 410, ReasonCode::NumberInvalid),
    (415, 415, ReasonCode::MediaFailed),
    (416, 416, ReasonCode::NumberInvalid),
    (420, 421, ReasonCode::NotSupported),
    (480, 480, ReasonCode::Unreachable),
    (481, 481, ReasonCode::CallNotFound),
    (482, 483, ReasonCode::RoutingLoop),
    (484, 485, ReasonCode::NumberInvalid),
    (486, 486, ReasonCode::Busy),
    (487, 487, ReasonCode::Cancelled),
    (488, 488, ReasonCode::MediaFailed),
    (491, 491, ReasonCode::Conflict),
    (300, 399, ReasonCode::Unreachable),
    (400, 499, ReasonCode::PayloadRefused),
    (501, 501, ReasonCode::NotSupported),
    (502, 502, ReasonCode::NetworkFailed),
    (503, 503, ReasonCode::NetworkCongested),
    (504, 504, ReasonCode::NetworkFailed),
    (505, 505, ReasonCode::NotSupported),
    (513, 513, ReasonCode::PayloadRefused),
    (580, 580, ReasonCode::MediaFailed),
    (500, 599, ReasonCode::ServerError),
    (600, 600, ReasonCode::Busy),
    (603, 603, ReasonCode::Declined),
    (604, 604, ReasonCode::NotFound),
    (606, 606, ReasonCode::MediaFailed),
    (607, 607, ReasonCode::Declined),
    (608, 608, ReasonCode::NumberBarred),
    (600, 699, ReasonCode::Declined),
];

/// Q.850: the first row that fits. 16 and 31, normal clearing, say only that the call is over.
pub const Q850: &[Meaning] = &[
    (1, 1, ReasonCode::NumberInvalid),
    (2, 3, ReasonCode::NetworkFailed),
    (17, 17, ReasonCode::Busy),
    (18, 19, ReasonCode::NoAnswer),
    (20, 20, ReasonCode::Unreachable),
    (21, 21, ReasonCode::Declined),
    (22, 22, ReasonCode::NumberInvalid),
    (25, 25, ReasonCode::RoutingLoop),
    (27, 27, ReasonCode::Unreachable),
    (28, 28, ReasonCode::NumberInvalid),
    (29, 29, ReasonCode::NotSupported),
    (34, 34, ReasonCode::NetworkCongested),
    (38, 38, ReasonCode::NetworkFailed),
    (41, 41, ReasonCode::NetworkFailed),
    (42, 47, ReasonCode::NetworkCongested),
    (50, 50, ReasonCode::NotSupported),
    (52, 57, ReasonCode::NumberBarred),
    (58, 58, ReasonCode::NetworkCongested),
    (63, 79, ReasonCode::NotSupported),
    (87, 87, ReasonCode::NumberBarred),
    (88, 88, ReasonCode::MediaFailed),
    (102, 102, ReasonCode::TimedOut),
    (127, 127, ReasonCode::NetworkFailed),
];

/// What a vendor's words mean.
pub type Words = &'static [(&'static str, ReasonCode)];

/// Genesys Cloud: how a leg ended (`disconnectType`), and the codes of refusals.
pub const GENESYS: Words = &[
    ("transfer.noanswer", ReasonCode::NoAnswer),
    ("transfer.notavailable", ReasonCode::Unreachable),
    ("transfer.donotdisturb", ReasonCode::Declined),
    ("endpoint.donotdisturb", ReasonCode::Declined),
    ("timeout", ReasonCode::TimedOut),
    ("transport.failure", ReasonCode::NetworkFailed),
    ("error", ReasonCode::ServerError),
    ("uncallable", ReasonCode::NumberInvalid),
    ("conversations.error.queue.not.found", ReasonCode::NotFound),
    (
        "conversations.error.transfer.not.connected",
        ReasonCode::Conflict,
    ),
];

/// NICE CXone: why a transfer failed, how a dialled number answered, and the codes of refusals.
pub const CXONE: Words = &[
    ("busy", ReasonCode::Busy),
    ("no answer", ReasonCode::NoAnswer),
    ("intercept", ReasonCode::NumberInvalid),
    ("fax", ReasonCode::MachineAnswered),
    ("answeringMachine", ReasonCode::MachineAnswered),
    ("queue overflow", ReasonCode::QueueFull),
    ("queue is INACTIVE", ReasonCode::QueueClosed),
    ("skill mismatch", ReasonCode::NoAvailableAgent),
    (
        "No available agents with required skill",
        ReasonCode::NoAvailableAgent,
    ),
    (
        "Queue is not associated with any active campaign",
        ReasonCode::NoCampaign,
    ),
    ("Campaign is not active", ReasonCode::NoActiveCampaign),
    ("network timeout", ReasonCode::NetworkFailed),
    ("InvalidState", ReasonCode::Conflict),
    ("InvalidSkill", ReasonCode::NotFound),
    ("InvalidAgentId", ReasonCode::NotFound),
    ("InvalidContactId", ReasonCode::CallNotFound),
];

/// All vendors whose words are known.
pub const VENDORS: &[(&str, Words)] = &[
    ("cxone", CXONE),
    ("genesys", GENESYS),
    (
        "twilio",
        &[
            ("45313", ReasonCode::AnswerLost),
            ("48443", ReasonCode::Conflict),
            ("busy", ReasonCode::Busy),
            ("no-answer", ReasonCode::NoAnswer),
            ("canceled", ReasonCode::Cancelled),
            ("failed", ReasonCode::TransferFailed),
        ],
    ),
    (
        "amazon-connect",
        &[("QueueAtCapacity", ReasonCode::QueueFull)],
    ),
    (
        "asterisk",
        &[
            ("TIMEOUT", ReasonCode::TimedOut),
            ("FULL", ReasonCode::QueueFull),
            ("JOINEMPTY", ReasonCode::NoAvailableAgent),
            ("LEAVEEMPTY", ReasonCode::NoAvailableAgent),
            ("JOINUNAVAIL", ReasonCode::NoAvailableAgent),
            ("LEAVEUNAVAIL", ReasonCode::NoAvailableAgent),
        ],
    ),
    (
        "livekit",
        &[
            ("dial_failed", ReasonCode::Unreachable),
            ("declined", ReasonCode::Declined),
            ("voicemail", ReasonCode::MachineAnswered),
            ("caller_left", ReasonCode::CallerLeft),
        ],
    ),
    ("synthflow", &[("routing_loop", ReasonCode::RoutingLoop)]),
];

fn of(table: &[Meaning], code: u16) -> Option<ReasonCode> {
    let found = table
        .iter()
        .find(|(first, last, _)| (*first..=*last).contains(&code));
    found.map(|(.., meaning)| *meaning)
}

/// What a number of HTTP, SIP or Q.850 means, where it tells of a failure. `by` is `http`, `sip` or `q850`.
pub fn of_number(by: &str, number: u16) -> Option<ReasonCode> {
    let table = match by {
        "http" => HTTP,
        "sip" => SIP,
        "q850" => Q850,
        _ => return None,
    };
    of(table, number)
}

/// What a vendor's word means, where it is known. A sentence may go on behind the word.
pub fn of_word(words: Words, told: &str) -> Option<ReasonCode> {
    let told = told.trim();
    let found = words.iter().find(|(word, _)| {
        let (first, rest) = told.split_at_checked(word.len()).unwrap_or((told, ""));
        first.eq_ignore_ascii_case(word) && (rest.is_empty() || rest.starts_with(' '))
    });
    found.map(|(.., meaning)| *meaning)
}

/// Why something failed, as a platform told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What it means.
    pub code: ReasonCode,
    /// The code or the word as it was told, unless a phone number may stand in it.
    pub evidence: String,
}

stored!(Told { code, evidence });
to_json!(Told {
    "code": code,
    "evidence": evidence,
});

impl Told {
    /// A reason with the code or the word by which it was told.
    pub fn new(code: ReasonCode, told: &str) -> Self {
        Self {
            code,
            evidence: numberless(told).to_owned(),
        }
    }
}

/// What a code means. `by` is `http`, `sip`, `q850`, or a vendor's name; what is not known is a failed transfer, with its
/// evidence.
///
/// ```
/// use patchcord::model::reason::{ReasonCode, told};
///
/// let busy = told("sip", "486");
/// assert_eq!((busy.code, busy.evidence.as_str()), (ReasonCode::Busy, "486"));
/// ```
pub fn told(by: &str, code: &str) -> Told {
    let vendor = VENDORS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(by));
    let words = vendor.map_or(&[] as Words, |(_, words)| words);
    let number = code.trim().parse().ok();
    let meant = number.and_then(|number| of_number(by, number));
    let meant = meant.or_else(|| of_word(words, code));
    Told::new(meant.unwrap_or(ReasonCode::TransferFailed), code)
}
