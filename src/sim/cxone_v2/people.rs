//! Campaigns, rosters and presence: who could take a call.

use serde::Serialize;
use serde_json::json;

use crate::http::Response;
use crate::sim::answers::{json_answer, problem};
use crate::sim::world::{Agent, World};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CampaignBody<'w> {
    id: &'w str,
    name: String,
    status: &'w str,
    #[serde(rename = "type")]
    kind: &'static str,
    queue_id: &'w str,
}

/// `GET /api/v2/voice/campaigns?queueId=`: those of one queue, or all. An unknown queue has none.
pub(super) fn campaigns(world: &World, queue: Option<&str>) -> Response {
    let wanted = world
        .queues()
        .filter(|other| queue.is_none_or(|id| other.id == id));
    let campaigns = wanted.flat_map(|queue| {
        queue.campaigns.iter().map(|campaign| CampaignBody {
            id: &campaign.id,
            name: format!("{} inbound", queue.name),
            status: &campaign.status,
            kind: "INBOUND",
            queue_id: &queue.id,
        })
    });
    json_answer(200, &campaigns.collect::<Vec<_>>())
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AgentBody<'w> {
    user_id: &'w str,
    user_name: String,
    first_name: &'w str,
    last_name: &'w str,
    email: String,
    phone: &'w str,
    team_name: &'static str,
    status: &'w str,
    status_since: String,
    skills: Vec<SkillBody<'w>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SkillBody<'w> {
    skill_id: &'w str,
    skill_name: &'w str,
    proficiency: u8,
    active: bool,
}

/// `GET /api/v2/voice/queues/{id}/agents`
pub(super) fn agents(world: &World, queue: &str) -> Response {
    let Some(queue) = world.queue(queue) else {
        return problem(404, "queue-not-found", "there is no such queue");
    };
    let agents: Vec<_> = world
        .agents_of(queue)
        .map(|agent| agent_body(world, agent))
        .collect();
    json_answer(200, &agents)
}

fn agent_body<'w>(world: &'w World, agent: &'w Agent) -> AgentBody<'w> {
    let (first_name, last_name) = (agent.first_name.reveal(), agent.last_name.reveal());
    let user_name = agent.full_name().to_lowercase().replace(' ', ".");
    let skills = agent.skills.iter().map(|skill| SkillBody {
        skill_id: &skill.id,
        skill_name: world.skill_name(&skill.id),
        proficiency: skill.proficiency,
        active: true,
    });
    AgentBody {
        user_id: &agent.id,
        email: format!("{user_name}@centre.example"),
        user_name,
        first_name,
        last_name,
        phone: agent.phone.reveal(),
        team_name: agent.team,
        status: agent.status(),
        status_since: agent.since.to_iso(),
        skills: skills.collect(),
    }
}

/// `GET /api/v2/users/{id}/presence`
pub(super) fn presence(world: &World, user: &str) -> Response {
    let Some(agent) = world.agent(user) else {
        return problem(404, "user-not-found", "there is no such user");
    };
    json_answer(
        200,
        &json!({ "userId": agent.id, "status": agent.status(), "since": agent.since.to_iso() }),
    )
}
