/**
 * The simulated platforms that have no page: CXone whose queues and skills have names for ids, as some of its documents write
 * them, and Genesys. They stand for clients of any kind to try themselves on, and always have calls that can be moved.
 */

import { createSimulator } from "patchcord/simulator";
import { QUEUES } from "./cast.mjs";

const TICK_MS = 1_000;
const OPEN_CALLS = 3;
const TALK_MS = 60_000;

/** Each by the mount it stands under. The first of its calls has the id of its documents' example. */
const STANDING = {
  "/cxone-names": {
    profile: "cxone-v2-names",
    over: "DISCONNECTED",
    queues: [
      { id: "queue_uuid_67890", name: "Billing", skills: ["skill_tier1", "skill_uuid_11223"] },
      { id: "overflow_queue_id", name: "Overflow", skills: ["skill_tier1"] },
      { id: "queue_uuid_44556", name: "Fallback", skills: [] },
    ].map(({ skills, ...queue }, at) => ({ ...queue, campaign: "ACTIVE", pastCallers: 2_000, agents: [1, 2].map((agent) => ({ id: `agent_${at}${agent}`, skills })) })),
    skills: ["skill_tier1", "skill_tier2", "skill_uuid_11223"],
    call: (number) => ({ id: number === 0 ? "call_uuid_12345" : `call_uuid_${12345 + number}`, connectedTo: "you" }),
  },
  "/genesys": {
    profile: "genesys-v2",
    over: "disconnected",
    queues: [...QUEUES.map(({ campaign: _, ...queue }) => queue), { id: "60000000-0000-4000-8000-000000000002", name: "Support Tier 2", agents: [{ id: "a6000000-0000-4000-8000-000000000001" }] }],
    skills: [],
    call: (number) => ({
      id: number === 0 ? "a1b2c3d4-e5f6-7890-abcd-ef1234567890" : `c0000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
      ...(number % 3 === 2 ? { connectedTo: "you" } : { queue: QUEUES[3].id }),
    }),
  },
};

/** Opens them. `address` is where this server is reached: links to further pages begin with it. */
export async function openStanding(address) {
  const platforms = new Map();
  for (const [mount, cast] of Object.entries(STANDING)) {
    const sim = await createSimulator({ profile: cast.profile, seed: 7, clock: "real", baseUrl: `${address}${mount}` });
    for (const id of cast.skills) sim.addSkill({ id });
    for (const queue of cast.queues) sim.addQueue(queue);
    platforms.set(mount, new Standing(sim, cast));
  }
  return platforms;
}

class Standing {
  #sim;
  #cast;
  #calls = 0;
  #timer;

  constructor(sim, cast) {
    this.#sim = sim;
    this.#cast = cast;
    this.#tick();
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  handle(request) {
    return this.#sim.handle(request);
  }

  /** All that is in it, for people who look for an id. */
  state() {
    return this.#sim.snapshot();
  }

  close() {
    clearInterval(this.#timer);
    this.#sim.close();
  }

  #tick() {
    const { now, calls } = this.#sim.snapshot();
    const open = calls.filter(({ state }) => state !== this.#cast.over);
    for (const { id, transfers, inFlight, history } of open) {
      if (transfers > 0 && !inFlight && now - (history.at(-1)?.at ?? now) > TALK_MS) this.#sim.hangUp(id);
    }
    const waiting = open.filter(({ transfers, inFlight }) => transfers === 0 && !inFlight).length;
    for (let missing = OPEN_CALLS - waiting; missing > 0; missing -= 1) this.#sim.addCall(this.#cast.call(this.#calls++));
  }
}
