//! What goes wrong on the way to the platform or back, by script. It knows neither calls nor HTTP's meaning.

use core::time::Duration;

/// When an answer is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lose {
    /// On the way there: the platform never saw the request.
    Before,
    /// On the way back: the platform acted.
    After,
}

/// What a fault does to one answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Effect {
    pub(super) status: Option<u16>,
    /// Whether the platform acts although it answers with `status`.
    pub(super) acts: bool,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<Vec<u8>>,
    pub(super) delay: Duration,
    /// A read tells what was so long ago.
    pub(super) stale: Duration,
    pub(super) lose: Option<Lose>,
}

impl Effect {
    /// Whether it changes nothing.
    pub(super) fn is_none(&self) -> bool {
        *self
            == Self {
                acts: self.acts,
                ..Self::default()
            }
    }

    /// Whether the platform gets to see the request and acts on it.
    pub(super) fn lets_act(&self) -> bool {
        self.lose != Some(Lose::Before) && (self.status.is_none() || self.acts)
    }
}

/// A fault and the requests that it strikes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) operation: Option<&'static str>,
    pub(super) call: Option<String>,
    pub(super) skip: u64,
    pub(super) times: u64,
    pub(super) effect: Effect,
}

/// All faults still to come, in the order in which they were added.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults(Vec<Fault>);

impl Faults {
    pub(super) fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    /// What strikes this request. A request that a fault lets pass counts for its `skip`, and the next fault is asked;
    /// one that is struck counts for no later fault.
    pub(super) fn strike(&mut self, operation: &str, call: Option<&str>) -> Effect {
        let mut struck = Effect::default();
        for fault in &mut self.0 {
            let operation_fits = fault.operation.is_none_or(|wanted| wanted == operation);
            if !operation_fits || (fault.call.is_some() && fault.call.as_deref() != call) {
                continue;
            }
            if fault.skip > 0 {
                fault.skip -= 1;
                continue;
            }
            fault.times -= 1;
            struck = fault.effect.clone();
            break;
        }
        self.0.retain(|fault| fault.times > 0);
        struck
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(
        operation: Option<&'static str>,
        call: Option<&str>,
        skip: u64,
        times: u64,
        status: u16,
    ) -> Fault {
        let effect = Effect {
            status: Some(status),
            ..Effect::default()
        };
        Fault {
            operation,
            call: call.map(str::to_owned),
            skip,
            times,
            effect,
        }
    }

    #[test]
    fn a_fault_strikes_what_it_names_after_it_let_some_pass_and_no_more_often_than_it_says() {
        let mut faults = Faults::default();
        faults.add(fault(Some("transfer"), Some("a"), 1, 2, 500));
        let struck: Vec<_> = (0..5)
            .map(|_| faults.strike("transfer", Some("a")).status)
            .collect();
        assert_eq!(struck, [None, Some(500), Some(500), None, None]);
    }

    #[test]
    fn other_operations_and_other_calls_pass() {
        let mut faults = Faults::default();
        faults.add(fault(Some("transfer"), Some("a"), 0, 1, 500));
        assert_eq!(faults.strike("call", Some("a")), Effect::default());
        assert_eq!(faults.strike("transfer", Some("b")), Effect::default());
        assert_eq!(faults.strike("transfer", None), Effect::default());
        assert_eq!(faults.strike("transfer", Some("a")).status, Some(500));
    }

    #[test]
    fn of_two_faults_the_first_strikes_first() {
        let mut faults = Faults::default();
        faults.add(fault(None, None, 0, 1, 429));
        faults.add(fault(None, None, 0, 1, 503));
        let struck: Vec<_> = (0..3)
            .map(|_| faults.strike("agents", None).status)
            .collect();
        assert_eq!(struck, [Some(429), Some(503), None]);
    }
}
