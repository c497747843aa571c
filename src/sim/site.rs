//! All that a platform keeps: the centre, and who may ask of it. It decides nothing.

use crate::sim::access::Access;
use crate::sim::world::World;
use crate::time::Timestamp;

/// What a platform keeps.
#[derive(Clone, Debug)]
pub(super) struct Site {
    pub(super) world: World,
    pub(super) access: Access,
}

impl Site {
    pub(super) fn new(world: World) -> Self {
        Self {
            world,
            access: Access::default(),
        }
    }

    /// Lets everything happen that is due by `now`.
    pub(super) fn advance(&mut self, now: Timestamp) {
        self.world.advance(now);
    }

    /// When something next happens by itself.
    pub(super) fn next_change(&self) -> Option<Timestamp> {
        self.world.next_change()
    }
}
