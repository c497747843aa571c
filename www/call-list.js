import { h, Keyed, write } from "/dom.js";

/** The calls that the visitor has, one of which is at the desk. */
export class CallList {
  #rows;

  constructor(parent, select) {
    this.#rows = new Keyed(parent, (call) => makeRow(call, () => select(call)));
  }

  draw(calls, selected, names) {
    this.#rows.draw(calls.map((call) => ({ ...call, selected: call.id === selected?.id, words: wordsOf(call, names) })));
  }
}

function makeRow({ id, label, about }, chosen) {
  const input = h("input", { type: "radio", name: "call", value: id });
  input.addEventListener("change", chosen);
  const [state, armed] = [h("span", { class: "state" }), h("span", { class: "armed" })];
  const element = h("label", { class: "call" }, input, h("span", { class: "face" }, h("span", { class: "who" }, h("strong", {}, label), state), h("span", { class: "about" }, about), armed));
  return {
    element,
    update({ selected, words, armed: waiting, state: word }) {
      input.checked = selected;
      write(state, words);
      state.dataset.state = word;
      write(armed, waiting === undefined ? "" : `its next transfer ${waiting}`);
      armed.hidden = waiting === undefined;
    },
  };
}

/** Where a call is, in the words of agents. */
export function wordsOf({ state, connectedTo, mine }, names) {
  if (mine) return "with you";
  switch (state) {
    case "CONNECTED":
      return connectedTo === undefined ? "connected" : `with ${names.get(connectedTo) ?? shown(connectedTo)}`;
    case "WAITING":
      return "in a queue";
    case "IN_TRANSFER":
      return "ringing";
    case "FAILED":
      return "transfer failed";
    case "DISCONNECTED":
      return "hung up";
    default:
      return state;
  }
}

/** A number is nobody's business, not even here. */
function shown(party) {
  return /^\+?\d{5,}$/.test(party) ? "a phone number" : `extension ${party}`;
}
