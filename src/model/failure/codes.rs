//! What codes mean: of HTTP (RFC 9110), SIP (RFC 3261 and those that add to it), Q.850, and the vendors' own words.

use crate::model::failure::Failure;

/// A code, or the first and the last of a range, and what it means.
pub type Meaning = (u16, u16, Failure);

/// HTTP: the first row that fits.
pub const HTTP: &[Meaning] = &[
    (401, 401, Failure::Unauthorized),
    (403, 403, Failure::MissingScope),
    (404, 404, Failure::NotFound),
    (405, 405, Failure::NotSupported),
    (408, 408, Failure::AnswerLost),
    (409, 409, Failure::Conflict),
    (410, 410, Failure::CallNotFound),
    (423, 423, Failure::Conflict),
    (429, 429, Failure::RateLimited),
    (400, 499, Failure::PayloadRefused),
    (501, 501, Failure::NotSupported),
    (504, 504, Failure::AnswerLost),
    (500, 599, Failure::ServerError),
];

/// SIP: the first row that fits.
pub const SIP: &[Meaning] = &[
    (401, 401, Failure::Unauthorized),
    (403, 403, Failure::NumberBarred),
    (404, 404, Failure::NotFound),
    (405, 405, Failure::NotSupported),
    (407, 407, Failure::Unauthorized),
    (408, 408, Failure::NoAnswer),
    (410, 410, Failure::NumberInvalid),
    (415, 415, Failure::MediaFailed),
    (416, 416, Failure::NumberInvalid),
    (420, 421, Failure::NotSupported),
    (480, 480, Failure::Unreachable),
    (481, 481, Failure::CallNotFound),
    (482, 483, Failure::RoutingLoop),
    (484, 485, Failure::NumberInvalid),
    (486, 486, Failure::Busy),
    (487, 487, Failure::Cancelled),
    (488, 488, Failure::MediaFailed),
    (491, 491, Failure::Conflict),
    (300, 399, Failure::Unreachable),
    (400, 499, Failure::PayloadRefused),
    (501, 501, Failure::NotSupported),
    (502, 502, Failure::NetworkFailed),
    (503, 503, Failure::NetworkCongested),
    (504, 504, Failure::NetworkFailed),
    (505, 505, Failure::NotSupported),
    (513, 513, Failure::PayloadRefused),
    (580, 580, Failure::MediaFailed),
    (500, 599, Failure::ServerError),
    (600, 600, Failure::Busy),
    (603, 603, Failure::Declined),
    (604, 604, Failure::NotFound),
    (606, 606, Failure::MediaFailed),
    (607, 607, Failure::Declined),
    (608, 608, Failure::NumberBarred),
    (600, 699, Failure::Declined),
];

/// Q.850: the first row that fits. 16 and 31, normal clearing, say only that the call is over.
pub const Q850: &[Meaning] = &[
    (1, 1, Failure::NumberInvalid),
    (2, 3, Failure::NetworkFailed),
    (17, 17, Failure::Busy),
    (18, 19, Failure::NoAnswer),
    (20, 20, Failure::Unreachable),
    (21, 21, Failure::Declined),
    (22, 22, Failure::NumberInvalid),
    (25, 25, Failure::RoutingLoop),
    (27, 27, Failure::Unreachable),
    (28, 28, Failure::NumberInvalid),
    (29, 29, Failure::NotSupported),
    (34, 34, Failure::NetworkCongested),
    (38, 38, Failure::NetworkFailed),
    (41, 41, Failure::NetworkFailed),
    (42, 47, Failure::NetworkCongested),
    (50, 50, Failure::NotSupported),
    (52, 57, Failure::NumberBarred),
    (58, 58, Failure::NetworkCongested),
    (63, 79, Failure::NotSupported),
    (87, 87, Failure::NumberBarred),
    (88, 88, Failure::MediaFailed),
    (102, 102, Failure::TimedOut),
    (127, 127, Failure::NetworkFailed),
];

/// The words of vendors: who, the word, what it means.
pub const VENDORS: &[(&str, &str, Failure)] = &[
    ("twilio", "45313", Failure::AnswerLost),
    ("twilio", "48443", Failure::Conflict),
    ("twilio", "busy", Failure::Busy),
    ("twilio", "no-answer", Failure::NoAnswer),
    ("twilio", "canceled", Failure::Cancelled),
    ("twilio", "failed", Failure::TransferFailed),
    ("amazon-connect", "QueueAtCapacity", Failure::QueueFull),
    ("genesys", "transfer.noanswer", Failure::NoAnswer),
    ("genesys", "transfer.notavailable", Failure::Unreachable),
    ("genesys", "transfer.donotdisturb", Failure::Declined),
    ("genesys", "endpoint.donotdisturb", Failure::Declined),
    ("genesys", "timeout", Failure::TimedOut),
    ("genesys", "transport.failure", Failure::NetworkFailed),
    ("genesys", "error", Failure::ServerError),
    ("genesys", "uncallable", Failure::NumberInvalid),
    ("asterisk", "TIMEOUT", Failure::TimedOut),
    ("asterisk", "FULL", Failure::QueueFull),
    ("asterisk", "JOINEMPTY", Failure::NoAvailableAgent),
    ("asterisk", "LEAVEEMPTY", Failure::NoAvailableAgent),
    ("asterisk", "JOINUNAVAIL", Failure::NoAvailableAgent),
    ("asterisk", "LEAVEUNAVAIL", Failure::NoAvailableAgent),
    ("livekit", "dial_failed", Failure::Unreachable),
    ("livekit", "declined", Failure::Declined),
    ("livekit", "voicemail", Failure::MachineAnswered),
    ("livekit", "caller_left", Failure::CallerLeft),
    ("synthflow", "routing_loop", Failure::RoutingLoop),
];

fn of(table: &[Meaning], code: u16) -> Failure {
    let found = table
        .iter()
        .find(|(first, last, _)| (*first..=*last).contains(&code));
    found.map_or(Failure::TransferFailed, |(.., failure)| *failure)
}

/// What an HTTP status means.
pub fn of_http(status: u16) -> Failure {
    of(HTTP, status)
}

/// What a final status of SIP means.
pub fn of_sip(status: u16) -> Failure {
    of(SIP, status)
}

/// What a cause of Q.850 means.
pub fn of_q850(cause: u16) -> Failure {
    of(Q850, cause)
}

/// What a vendor's word means, where it is known.
pub fn of_vendor(vendor: &str, word: &str) -> Option<Failure> {
    let found = VENDORS.iter().find(|(who, known, _)| {
        who.eq_ignore_ascii_case(vendor) && known.eq_ignore_ascii_case(word.trim())
    });
    found.map(|(.., failure)| *failure)
}
