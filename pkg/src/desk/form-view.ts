import { h, Segments, set, show, Sign, write } from "./dom.js";
import type { DeskModel } from "./model.js";
import { age, findingOf } from "./names.js";
import { QueueBox } from "./queue-box.js";
import type { Kind, Session } from "./session.js";

/** Knowledge of this age is asked for anew: of the chosen target, and of the list while it is open. */
const FRESH_MS = 10_000;

const KINDS: { value: Kind; label: string }[] = [
  { value: "queue", label: "Queue" },
  { value: "phone", label: "Number" },
  { value: "extension", label: "Extension" },
];
const MODES = [
  { value: "blind", label: "Blind", hint: "the caller goes at once" },
  { value: "consult", label: "Consult", hint: "you speak with them first" },
] as const;

/** A field with its label, and its finding below it. */
class Field {
  readonly element: HTMLElement;
  readonly #input: HTMLElement;
  readonly #finding: HTMLElement;
  readonly #hint: string | undefined;

  constructor(label: string, input: HTMLElement, around: HTMLElement = input, hint?: HTMLElement) {
    this.#input = input;
    this.#hint = hint?.id;
    this.#finding = h("p", { id: `${input.id}-finding`, class: "finding", part: "finding", hidden: true });
    this.element = h("div", { class: "field", part: "field" }, h("label", { for: input.id }, label), around, ...(hint ? [hint] : []), this.#finding);
  }

  render(shown: boolean, finding: string | undefined): void {
    show(this.element, shown);
    show(this.#finding, finding !== undefined);
    write(this.#finding, finding ?? "");
    set(this.#input, "aria-invalid", finding === undefined ? undefined : "true");
    const described = [finding === undefined ? undefined : this.#finding.id, this.#hint].filter((it) => it !== undefined).join(" ");
    set(this.#input, "aria-describedby", described || undefined);
  }
}

/** Where the call shall go, and how. */
export class FormView {
  readonly element: HTMLFormElement;
  readonly #model: DeskModel;
  readonly #kind = new Segments("Transfer to", "kind", KINDS, (kind) => this.#model.choose({ kind }));
  readonly #mode = new Segments("How", "mode", MODES, (mode) => this.#model.choose({ mode }));
  readonly #box: QueueBox;
  readonly #skill = h("select", { id: "skill", part: "input" });
  readonly #phone = h("input", { id: "phone", part: "input", type: "tel", inputmode: "tel", autocomplete: "off", maxlength: "40" });
  readonly #extension = h("input", { id: "extension", part: "input", type: "text", inputmode: "numeric", autocomplete: "off", maxlength: "40" });
  readonly #fields: Record<"queue" | "skill" | "phone" | "extension", Field>;
  readonly #sign = new Sign();
  readonly #title = h("strong", {});
  readonly #detail = h("span", {});
  readonly #age = h("span", { class: "age" });
  readonly #again = h("button", { type: "button", class: "quiet", part: "button" }, "Check again");
  readonly #standing = h("div", { class: "standing", part: "standing" }, this.#sign.element, h("p", {}, this.#title, ". ", this.#detail), this.#age, this.#again);
  readonly #plan = h("p", { class: "plan", part: "plan" });
  readonly #others = h("p", { class: "finding", part: "finding", hidden: true });
  readonly #go = h("button", { type: "submit", class: "primary", part: "button button-primary" });

  constructor(model: DeskModel, announce: (text: string) => void, started: () => void) {
    this.#model = model;
    this.#box = new QueueBox(model, announce, () => this.look());
    this.#fields = {
      queue: new Field("Queue", this.#box.input, this.#box.element),
      skill: new Field("Skill", this.#skill),
      phone: new Field("Number", this.#phone, this.#phone, h("p", { id: "phone-hint", class: "hint" }, "With plus and country code, like +15550100000")),
      extension: new Field("Extension", this.#extension, this.#extension, h("p", { id: "extension-hint", class: "hint" }, "1 to 15 digits")),
    };
    const { queue, skill, phone, extension } = this.#fields;
    this.element = h(
      "form",
      { part: "form", novalidate: true },
      this.#kind.element, queue.element, skill.element, phone.element, extension.element,
      this.#mode.element, this.#standing, this.#plan, this.#others, h("div", { class: "actions" }, this.#go),
    );
    this.#skill.addEventListener("change", () => model.choose({ skill: this.#skill.value || undefined }));
    this.#phone.addEventListener("input", () => model.choose({ phone: this.#phone.value }));
    this.#extension.addEventListener("input", () => model.choose({ extension: this.#extension.value }));
    this.#again.addEventListener("click", () => this.look(0));
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      started();
    });
  }

  /** Keeps what is told of the queues fresh. */
  look(oldestMs = FRESH_MS): void {
    const session = this.#model.session;
    if (session?.phase !== "choosing") return;
    const { target } = session;
    this.#model.look([...(target?.queue === undefined ? [] : [target]), ...this.#box.near], oldestMs);
  }

  render(session: Session): void {
    const { form } = session;
    this.#kind.render(form.kind, this.#model.kinds);
    this.#mode.render(form.mode, ["blind", "consult"]);
    this.#box.render();
    this.#renderSkills(session);
    if (this.#phone.value !== form.phone) this.#phone.value = form.phone;
    if (this.#extension.value !== form.extension) this.#extension.value = form.extension;
    for (const [name, field] of Object.entries(this.#fields)) {
      const issue = session.issueOf(name);
      const shown = name === form.kind || (name === "skill" && form.kind === "queue" && this.#skill.options.length > 1);
      field.render(shown, issue && findingOf(issue));
    }
    show(this.#others, session.otherIssues.length > 0);
    write(this.#others, session.otherIssues.map(findingOf).join(" "));
    this.#renderStanding(session);
    write(this.#go, form.mode === "consult" ? "Start consult" : "Transfer");
  }

  /** The field that has a finding, for the focus to go to. */
  get refused(): HTMLElement | null {
    return this.element.querySelector("[aria-invalid]");
  }

  /** What is told of the chosen target, in one sentence. */
  get standingWords(): string {
    return this.#standing.hidden ? "" : `${this.#title.textContent}. ${this.#detail.textContent}`;
  }

  #renderSkills({ form }: Session): void {
    const skills = this.#model.queue(form.queue)?.skills ?? [];
    const wanted = ["", ...skills.map(({ id }) => id)];
    const same = wanted.length === this.#skill.options.length && wanted.every((id, at) => this.#skill.options[at]?.value === id);
    if (!same) this.#skill.replaceChildren(h("option", { value: "" }, "Any"), ...skills.map(({ id, name }) => h("option", { value: id }, name)));
    if (this.#skill.value !== (form.skill ?? "")) this.#skill.value = form.skill ?? "";
  }

  #renderStanding(session: Session): void {
    const { target } = session;
    show(this.#standing, target?.queue !== undefined);
    const fallback = this.#model.fallback;
    if (target?.queue === undefined) {
      write(this.#plan, fallback === "" ? "If nobody answers, the transfer ends there." : `If nobody answers: ${fallback}.`);
      return;
    }
    const { tone, title, detail = "", asOf } = this.#model.standing(target);
    this.#sign.show(tone);
    set(this.#standing, "data-tone", tone);
    write(this.#title, title);
    write(this.#detail, detail);
    write(this.#age, asOf === undefined ? "" : `checked ${age(this.#model.now() - asOf)}`);
    const missed = tone === "bad" ? "The call goes on" : "If it is not taken";
    write(this.#plan, fallback === "" ? "There is no fallback: a call that is not taken stays where it is." : `${missed}: ${fallback}.`);
  }
}
