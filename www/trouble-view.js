import { h, write } from "/dom.js";

const TROUBLES = [
  { kind: "fail", label: "Fail the transfer", shows: "the plan goes on" },
  { kind: "lose-answer", label: "Lose the answer", shows: "the call is read, nothing sent twice" },
  { kind: "lose-request", label: "Lose the request", shows: "nothing began: it is sent once more" },
  { kind: "busy", label: "Answer 429", shows: "Retry-After is kept, within the time" },
  { kind: "hang-up", label: "Caller hangs up", shows: "ends the run in any state" },
];

/** What can be done to the call at the desk, so that one sees what the desk makes of it. */
export class TroubleView {
  #call;
  #said;
  #selected;

  constructor({ list, call, said }, make) {
    this.#call = call;
    this.#said = said;
    for (const { kind, label, shows } of TROUBLES) {
      const button = h("button", { type: "button", onclick: () => this.#make(make, kind, label) }, label);
      list.append(h("li", {}, button, h("span", {}, shows)));
    }
  }

  draw(selected) {
    this.#selected = selected;
    write(this.#call, selected?.label ?? "a call");
  }

  say(text) {
    write(this.#said, text);
  }

  async #make(make, kind, label) {
    const call = this.#selected;
    if (call && (await make({ kind, call: call.id }))) this.say(`${label}: ${call.label}.`);
  }
}
