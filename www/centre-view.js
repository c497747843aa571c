import { wordsOf } from "/call-list.js";
import { h, Keyed, write } from "/dom.js";

/** The centre as the simulator has it: queues, agents, and the calls that are elsewhere. */
export class CentreView {
  state;
  #queues;
  #others;
  #none;

  constructor({ queues, others, none }, make) {
    this.#queues = new Keyed(queues, (queue) => makeQueue(queue, make));
    this.#others = new Keyed(others, makeCall);
    this.#none = none;
  }

  draw(state, names) {
    this.state = state;
    const labels = new Map(state.calls.map(({ id, label }) => [id, label]));
    const skills = new Map(state.skills.map(({ id, name }) => [id, name]));
    this.#queues.draw(state.queues.map((queue) => ({ ...queue, labels, skillNames: skills })));
    const others = state.calls.filter(({ mine }) => !mine);
    this.#others.draw(others.map((call) => ({ ...call, words: wordsOf(call, names) })));
    this.#none.hidden = others.length > 0;
  }
}

function makeQueue({ id, name }, make) {
  const [badge, waiting] = [h("span", { class: "badge" }), h("p", { class: "waiting" })];
  const open = h("button", { type: "button", class: "small" });
  const staff = h("button", { type: "button", class: "small" });
  const list = h("ul", { class: "agents" });
  const agents = new Keyed(list, (agent) => makeAgent(agent, id, make));
  let now;
  open.addEventListener("click", () => void make({ kind: now.closed ? "open-queue" : "close-queue", queue: id }));
  staff.addEventListener("click", () => void make({ kind: someFree(now) ? "agents-away" : "agents-back", queue: id }));
  const element = h("article", { class: "card queue" }, h("header", {}, h("h3", {}, name), badge), list, waiting, h("div", { class: "tools" }, open, staff));
  return {
    element,
    update(queue) {
      now = queue;
      const active = queue.campaigns.includes("ACTIVE");
      write(badge, active ? "open" : queue.campaigns.length > 0 ? "closed" : "no campaign");
      badge.dataset.tone = active ? "good" : "bad";
      write(open, queue.closed ? "Open queue" : "Close queue");
      open.setAttribute("aria-label", `${open.textContent}: ${name}`);
      open.hidden = !active && !queue.closed;
      write(staff, someFree(queue) ? "All away" : "All back");
      staff.setAttribute("aria-label", `${staff.textContent}: ${name}`);
      const names = queue.waiting.map((call) => queue.labels.get(call) ?? call);
      write(waiting, names.length > 0 ? `Waiting: ${names.join(", ")}` : "");
      agents.draw(queue.agents.map((agent) => ({ ...agent, labels: queue.labels, skillNames: queue.skillNames })));
    },
  };
}

function makeAgent({ id, name }, queue, make) {
  const [detail, word] = [h("span", { class: "detail" }), h("button", { type: "button", class: "status" })];
  let now;
  word.addEventListener("click", () => void make({ kind: "agent", queue, agent: id, status: now.status === "AVAILABLE" ? "AWAY" : "AVAILABLE" }));
  return {
    element: h("li", {}, h("span", { class: "name" }, name), detail, word),
    update(agent) {
      now = agent;
      const { status, call, labels, skills, skillNames } = agent;
      write(word, status.replaceAll("_", " ").toLowerCase());
      word.dataset.status = status;
      word.setAttribute("aria-label", `${name}: ${word.textContent}. ${status === "AVAILABLE" ? "Send away" : "Make available"}`);
      write(detail, call === undefined ? skills.map((skill) => skillNames.get(skill) ?? "").join(", ") : `${labels.get(call) ?? call}`);
    },
  };
}

function makeCall({ label }) {
  const state = h("span", { class: "state" });
  return {
    element: h("li", {}, h("strong", {}, label), state),
    update({ words, state: word }) {
      write(state, words);
      state.dataset.state = word;
    },
  };
}

function someFree({ agents }) {
  return agents.some(({ status }) => status === "AVAILABLE");
}
