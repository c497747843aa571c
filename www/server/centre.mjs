/**
 * The contact centre behind the page: the simulator on the real clock, with people in it who take calls, finish them and make
 * room for the next, and the ways in which a visitor can make trouble.
 */

import { Buffer } from "node:buffer";
import { createSimulator } from "patchcord/simulator";
import { CALLERS, EXTENSIONS, POLICY, QUEUES, SKILLS } from "./cast.mjs";
import { refusal } from "./routes.mjs";

const AGENT = "you";
const CALLS_AT_THE_DESK = 4;
const TICK_MS = 1_000;
/** How long a call lasts that was transferred; how long one that nobody has waits for somebody; how long one that is over is shown. */
const TALK_MS = 25_000;
const LOST_MS = 60_000;
const SHOWN_MS = 12_000;
const REST_MS = 15_000;

/** Opens it. `baseUrl` is where its platform is reached. */
export async function createCentre(baseUrl) {
  const sim = await createSimulator({ profile: "cxone-v2", seed: 7, clock: "real", baseUrl });
  for (const queue of QUEUES) sim.addQueue(queue);
  for (const { name: _, ...extension } of EXTENSIONS) sim.addExtension(extension);
  const centre = new Centre(sim);
  centre.tick();
  return centre;
}

class Centre {
  #sim;
  #timer;
  #callers = new Map();
  /** Queues that a visitor closed: the platform says so when it is asked about their campaigns. */
  #closed = new Set();
  #refusedAt = new Map();
  /** What will go wrong with the next transfer of a call. */
  #armed = new Map();

  constructor(sim) {
    this.#sim = sim;
    this.#timer = setInterval(() => this.tick(), TICK_MS);
  }

  close() {
    clearInterval(this.#timer);
    this.#sim.close();
  }

  /** Answers a request to the platform. */
  async handle(request) {
    const [, call] = /^\/api\/v2\/voice\/calls\/([^/]+)\/transfer$/.exec(request.path) ?? [];
    if (call !== undefined && request.method === "POST") this.#armed.delete(decodeURIComponent(call));
    const answer = await this.#sim.handle(request);
    const queue = /^\/api\/v2\/voice\/campaigns\?queueId=([^&]+)/.exec(request.path)?.[1];
    if (answer.lost || answer.status !== 200 || !this.#closed.has(queue)) return answer;
    const campaigns = JSON.parse(Buffer.from(answer.body).toString("utf8")).map((campaign) => ({ ...campaign, status: "INACTIVE" }));
    return { ...answer, headers: answer.headers.filter(([name]) => name !== "content-length"), body: Buffer.from(JSON.stringify(campaigns)) };
  }

  /** What the page shows. */
  state() {
    const { now, queues, calls } = this.#sim.snapshot();
    const order = QUEUES.map(({ id }) => id);
    return {
      now,
      policy: POLICY,
      skills: SKILLS,
      extensions: EXTENSIONS.map(({ extension, name }) => ({ extension, name })),
      queues: queues
        .toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
        .map((queue) => ({ ...queue, campaigns: this.#closed.has(queue.id) ? ["INACTIVE"] : queue.campaigns, closed: this.#closed.has(queue.id) })),
      calls: calls.filter((call) => !isOver(call) || now - since(call) < SHOWN_MS).map((call) => this.#shown(call)),
    };
  }

  #shown({ id, state, connectedTo, inFlight, transfers, history }) {
    const { label, about } = this.#callers.get(id) ?? { label: id, about: "" };
    return { id, label, about, state, connectedTo, inFlight, transfers, mine: connectedTo === AGENT, armed: this.#armed.get(id), since: history.at(-1)?.at };
  }

  makeTrouble({ kind, call, queue, agent, status }) {
    try {
      const make = TROUBLES[kind];
      if (!make) throw refusal(400, `there is no trouble of the kind \`${kind}\``);
      const armed = make(this.#sim, { call, queue, agent, status, closed: this.#closed });
      if (armed) this.#armed.set(call, armed);
    } catch (error) {
      throw refusal(400, error.message);
    }
    return this.state();
  }

  /** Conversations end, forgotten callers give up, and new ones come through to the desk. */
  tick() {
    const { now, calls, queues } = this.#sim.snapshot();
    this.#wake(now, queues);
    for (const call of calls) {
      const rest = now - since(call);
      if (call.inFlight || isOver(call) || call.connectedTo === AGENT) continue;
      if (rest > (call.connectedTo === undefined ? LOST_MS : TALK_MS)) this.#sim.hangUp(call.id);
    }
    const mine = calls.filter((call) => call.connectedTo === AGENT).length;
    for (let missing = CALLS_AT_THE_DESK - mine; missing > 0; missing -= 1) this.#addCall();
  }

  /** Who let the telephone ring is shown as having refused, and after a while gets another chance. */
  #wake(now, queues) {
    for (const queue of queues) {
      for (const { id, status } of queue.agents) {
        if (status !== "REFUSED") this.#refusedAt.delete(id);
        else if (!this.#refusedAt.has(id)) this.#refusedAt.set(id, now);
        else if (now - this.#refusedAt.get(id) > REST_MS) this.#sim.setAgent({ queue: queue.id, agent: id, status: "AVAILABLE" });
      }
    }
  }

  #addCall() {
    const number = this.#callers.size;
    const [label, about] = CALLERS[number % CALLERS.length];
    const id = `call-${1001 + number}`;
    this.#callers.set(id, { label, about });
    this.#sim.addCall({ id, connectedTo: AGENT });
  }
}

/** What each kind does; it returns what the next transfer of the call is in for, where that is so. */
const TROUBLES = {
  "fail": (sim, { call }) => {
    sim.forceFailure({ call });
    return "fails";
  },
  "lose-answer": (sim, { call }) => {
    sim.addFault({ operation: "transfer", call, lose: "after" });
    return "loses its answer";
  },
  "lose-request": (sim, { call }) => {
    sim.addFault({ operation: "transfer", call, lose: "before" });
    return "never arrives";
  },
  "busy": (sim, { call }) => {
    sim.addFault({ operation: "transfer", call, status: 429, retryAfter: 4 });
    return "is told to wait (429)";
  },
  "hang-up": (sim, { call }) => sim.hangUp(call),
  "agent": (sim, { queue, agent, status }) => sim.setAgent({ queue, agent, status }),
  "agents-away": (sim, { queue }) => setAll(sim, queue, "AWAY"),
  "agents-back": (sim, { queue }) => setAll(sim, queue, "AVAILABLE"),
  "close-queue": (_, { queue, closed }) => void closed.add(known(queue)),
  "open-queue": (_, { queue, closed }) => void closed.delete(known(queue)),
};

function setAll(sim, queue, status) {
  const found = QUEUES.find(({ id }) => id === known(queue));
  for (const { id } of found.agents) sim.setAgent({ queue, agent: id, status });
}

function known(queue) {
  if (QUEUES.some(({ id }) => id === queue)) return queue;
  throw refusal(400, "there is no such queue");
}

function isOver({ state }) {
  return state === "DISCONNECTED";
}

function since({ history }) {
  return history.at(-1)?.at ?? 0;
}
