/** The page around the desk: picks a call, says where transfers run, and keeps the picture of the centre fresh. */

import "patchcord/desk";
import { api } from "/api.js";
import { CallList } from "/call-list.js";
import { CentreView } from "/centre-view.js";
import { TroubleView } from "/trouble-view.js";

const POLL_MS = 700;

const desk = document.querySelector("patchcord-desk");
const place = document.querySelector("#place");
/** The calls that the visitor worked on stay in the list until they are over. */
const touched = new Set();
let names = new Map([["you", "you"]]);
let selected;

const calls = new CallList(document.querySelector("#calls"), select);
const centre = new CentreView({ queues: document.querySelector("#queues"), others: document.querySelector("#others"), none: document.querySelector("#others-none") }, trouble);
const troubles = new TroubleView({ list: document.querySelector("#troubles"), call: document.querySelector("#trouble-call"), said: document.querySelector("#trouble-said") }, trouble);

place.addEventListener("change", connect);
desk.addEventListener("transfer-started", ({ detail }) => touched.add(detail.call));

await follow();
await connect();

/** The desk is told again where transfers run; those under way go on where they were started. */
async function connect() {
  const { policy, queues, skills } = centre.state;
  const edge = place.querySelector(":checked").value === "edge" ? { url: `${location.origin}/edge` } : undefined;
  await desk.configure({
    profile: "cxone-v2",
    baseUrl: `${location.origin}/cxone`,
    token: () => "simulated",
    policy,
    nameOf: (id) => names.get(id),
    queues: queues.map((queue) => ({ id: queue.id, name: queue.name, skills: skillsOf(queue, skills) })),
    ...(edge && { edge }),
  });
}

/** Only the skills that somebody in the queue has. */
function skillsOf(queue, skills) {
  return skills.filter(({ id }) => queue.agents.some((agent) => agent.skills.includes(id)));
}

async function follow() {
  try {
    if (!document.hidden || !centre.state) draw(await api.state());
    document.body.classList.remove("offline");
  } catch {
    document.body.classList.add("offline");
    if (!centre.state) throw new Error("the simulated contact centre does not answer");
  }
  setTimeout(follow, POLL_MS);
}

async function trouble(what) {
  try {
    draw(await api.trouble(what));
    return true;
  } catch (error) {
    troubles.say(error.message);
    return false;
  }
}

function draw(state) {
  names = namesOf(state);
  if (!selected) bring(state.calls.find(({ mine }) => mine));
  // Whoever reads how a transfer ended is not torn away from it when the conversation is over.
  const found = state.calls.find(({ id }) => id === selected.id);
  selected = found ?? { ...selected, state: "DISCONNECTED", connectedTo: undefined, mine: false, armed: undefined };
  const mine = [...(found ? [] : [selected]), ...state.calls.filter((call) => call.mine || touched.has(call.id) || call === found)];
  calls.draw(mine, selected, names);
  centre.draw(state, names);
  troubles.draw(selected);
}

function select(call) {
  bring(call);
  draw(centre.state);
}

/** Puts a call before the desk. */
function bring(call) {
  selected = call;
  desk.call = { id: call.id, label: call.label };
}

function namesOf({ queues, extensions }) {
  return new Map([
    ["you", "you"],
    ...extensions.map(({ extension, name }) => [extension, name]),
    ...queues.flatMap(({ agents }) => agents.map(({ id, name }) => [id, name])),
  ]);
}
