//! All that a platform keeps: the centre, how its queues are configured, what it placed and bridged, and who may ask. It
//! decides nothing.

use crate::error::Error;
use crate::sim::access::Access;
use crate::sim::bridges::{Bridge, Bridges};
use crate::sim::outbound::Outbound;
use crate::sim::pages::Pages;
use crate::sim::routing::{ConfigSetup, Routing};
use crate::sim::world::{BridgePicture, Picture, PlacedPicture, QueueSetup, World};
use crate::time::Timestamp;

/// What a platform keeps.
#[derive(Clone, Debug)]
pub(super) struct Site {
    pub(super) world: World,
    pub(super) access: Access,
    pub(super) routing: Routing,
    pub(super) pages: Pages,
    pub(super) outbound: Outbound,
    pub(super) bridges: Bridges,
}

impl Site {
    pub(super) fn new(world: World) -> Self {
        Self {
            world,
            access: Access::default(),
            routing: Routing::default(),
            pages: Pages::default(),
            outbound: Outbound::default(),
            bridges: Bridges::default(),
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
        let placed = self.outbound.next_change(self.world.now());
        let changes = [self.world.next_change(), self.routing.due(), placed];
        changes.into_iter().flatten().min()
    }

    /// The platform as it is now.
    pub(super) fn picture(&self) -> Picture {
        let mut picture = self.world.picture();
        let placed = self.outbound.calls().filter_map(|call| {
            let (_, status) = call.state(self.world.now())?;
            Some(PlacedPicture {
                id: call.id.clone(),
                status: status.to_owned(),
                flow: call.flow.clone(),
                from: call.from.reveal().clone(),
                to: call.to.reveal().clone(),
            })
        });
        picture.placed = placed.collect();
        let bridge = |bridge: &Bridge| BridgePicture {
            id: bridge.id.clone(),
            call: bridge.call.clone(),
            direction: bridge.direction.clone(),
            targets: bridge.targets.clone(),
        };
        picture.bridges = self.bridges.made().iter().map(bridge).collect();
        picture
    }
}
