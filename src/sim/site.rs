//! All that a platform keeps: the centre, how its queues are configured, and who may ask. It decides nothing.

use crate::error::Error;
use crate::sim::access::Access;
use crate::sim::pages::Pages;
use crate::sim::routing::{ConfigSetup, Routing};
use crate::sim::world::{QueueSetup, World};
use crate::time::Timestamp;

/// What a platform keeps.
#[derive(Clone, Debug)]
pub(super) struct Site {
    pub(super) world: World,
    pub(super) access: Access,
    pub(super) routing: Routing,
    pub(super) pages: Pages,
}

impl Site {
    pub(super) fn new(world: World) -> Self {
        Self {
            world,
            access: Access::default(),
            routing: Routing::default(),
            pages: Pages::default(),
        }
    }

    pub(super) fn add_queue(
        &mut self,
        queue: QueueSetup,
        config: ConfigSetup,
    ) -> Result<(), Error> {
        let id = queue.id.clone();
        self.world.add_queue(queue)?;
        for skill in config.version.skills() {
            self.world.add_skill(skill.to_owned(), None);
        }
        self.routing.add(&id, config);
        Ok(())
    }

    /// Lets everything happen that is due by `now`.
    pub(super) fn advance(&mut self, now: Timestamp) {
        while let Some(due) = self.routing.due().filter(|due| *due <= now) {
            self.world.advance(due);
            for (queue, max_wait) in self.routing.show(due) {
                self.world.set_max_wait(&queue, max_wait);
            }
        }
        self.world.advance(now);
    }

    /// When something next happens by itself.
    pub(super) fn next_change(&self) -> Option<Timestamp> {
        let changes = [self.world.next_change(), self.routing.due()];
        changes.into_iter().flatten().min()
    }
}
