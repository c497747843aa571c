// A roster of 5,000 agents, from the bytes of the platform's answer to the count of who can take the call:
// the engine against `JSON.parse` and plain JS, in one run, over the same bytes.
import { createSimulator } from "patchcord/simulator";
import { roster } from "patchcord";
import { median, inTurn } from "./timing.mjs";

const queue = "7f1d7c52-3a0b-4b5e-9c1d-2e8f6a4b0c11";
const skills = Array.from({ length: 40 }, (_, at) => `0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b${String(at).padStart(4, "0")}`);
const sim = await createSimulator({ seed: 7, profile: "cxone-v2" });
sim.addQueue({ id: queue, campaign: "ACTIVE", roster: 5000, skills });
const answer = await sim.fetch(new Request(`${sim.baseUrl}/api/v2/voice/queues/${queue}/agents`, { headers: { authorization: "Bearer simulated" } }));
const bytes = new Uint8Array(await answer.arrayBuffer());
const [skill] = skills;

const plain = () =>
  JSON.parse(new TextDecoder().decode(bytes)).filter(
    (agent) => agent.status === "AVAILABLE" && agent.skills.some((held) => held.skillId === skill),
  ).length;
const engine = () => roster("cxone-v2", bytes, skill).eligible;
if (plain() !== engine()) throw new Error(`the two disagree: ${plain()} and ${engine()}`);

const [plainMs, engineMs] = inTurn([plain, engine], 40).map(median);
console.log(`roster of 5,000 agents, ${bytes.length} bytes, ${engine()} can take the call`);
console.log(`JSON.parse and plain JS ${plainMs.toFixed(2)} ms, engine ${engineMs.toFixed(2)} ms (medians of 40, in turn)`);
console.log(JSON.stringify({ budget: "roster", value: plainMs / engineMs }));
