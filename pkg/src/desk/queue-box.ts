import type { Target } from "../types.js";
import { h, set, show, Sign, write } from "./dom.js";
import type { DeskModel } from "./model.js";
import { age, plural } from "./names.js";
import type { DeskQueue } from "./options.js";

/** Rows below these are asked about once the agent searches or walks to them. */
const MOST_LOOKED_AT = 12;

interface Row {
  element: HTMLLIElement;
  name: HTMLElement;
  sign: Sign;
  detail: HTMLElement;
  asOf: HTMLElement;
}

/**
 * The combobox of the queues: typing searches by name and skill, the list tells of each whether it can take the call.
 *
 * A row is made once for each queue and keeps its place while its figures change, so nothing moves under the cursor.
 * A queue that can't take the call stays within reach, with the reason: the plan says where the call goes instead.
 */
export class QueueBox {
  readonly input = h("input", {
    id: "queue", part: "input", type: "text", role: "combobox", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
    placeholder: "Search queues and skills", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "queues", "aria-haspopup": "listbox",
  });
  readonly #list = h("ul", { id: "queues", part: "list", role: "listbox", "aria-label": "Queues", tabindex: "-1", hidden: true });
  readonly #nothing = h("p", { class: "nothing", hidden: true }, "No queue of that name.");
  readonly element = h("div", { class: "combobox" }, this.input, this.#nothing, this.#list);
  readonly #model: DeskModel;
  readonly #announce: (text: string) => void;
  readonly #look: () => void;
  readonly #rows = new Map<string, Row>();
  #open = false;
  #typed = false;
  #active: string | undefined;
  #shown: DeskQueue[] = [];

  /** `look` is called when the list shows queues that somebody should ask about. */
  constructor(model: DeskModel, announce: (text: string) => void, look: () => void) {
    this.#model = model;
    this.#announce = announce;
    this.#look = look;
    this.input.addEventListener("input", () => {
      this.#typed = true;
      this.#show();
      this.#activate(this.#shown[0]?.id);
      this.#announce(this.#shown.length === 0 ? "No queue of that name" : plural(this.#shown.length, "queue"));
    });
    this.input.addEventListener("click", () => (this.#open ? this.#close() : this.#show()));
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("blur", () => this.#leave());
    // The input keeps the focus while a row is pressed.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const id = (event.target as Element).closest("li")?.dataset["id"];
      if (id !== undefined) this.#choose(id);
    });
  }

  render(): void {
    const chosen = this.#model.queue(this.#model.session?.form.queue);
    if (!this.#typed && this.input.value !== (chosen?.name ?? "")) this.input.value = chosen?.name ?? "";
    if (this.#open) this.#draw();
  }

  /** What the open list shows, as far as it is near. */
  get near(): Target[] {
    const active = this.#shown.find(({ id }) => id === this.#active);
    const near = [...(active ? [active] : []), ...this.#shown.slice(0, MOST_LOOKED_AT)];
    return [...new Set(near)].map(({ id }) => ({ queue: id }));
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const act = this.#actions()[event.key];
    if (!act?.()) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** What a key does; `false` leaves it to the browser. */
  #actions(): Record<string, () => boolean> {
    return {
      ArrowDown: () => this.#walk(1),
      ArrowUp: () => this.#walk(-1),
      Home: () => this.#jump(0),
      End: () => this.#jump(this.#shown.length - 1),
      Enter: () => {
        if (!this.#open || this.#active === undefined) return false;
        this.#choose(this.#active);
        return true;
      },
      Escape: () => {
        if (!this.#open && !this.#typed) return false;
        this.#leave();
        return true;
      },
    };
  }

  #walk(by: 1 | -1): boolean {
    if (!this.#open) {
      this.#show();
      this.#activate(this.#model.session?.form.queue ?? this.#shown.at(by === 1 ? 0 : -1)?.id);
      return true;
    }
    const at = this.#shown.findIndex(({ id }) => id === this.#active);
    const next = at === -1 ? (by === 1 ? 0 : this.#shown.length - 1) : (at + by + this.#shown.length) % this.#shown.length;
    return this.#jump(next);
  }

  #jump(to: number): boolean {
    if (!this.#open) return false;
    this.#activate(this.#shown[to]?.id);
    return true;
  }

  #activate(id: string | undefined): void {
    this.#active = id;
    this.#draw();
    this.#look();
    if (id !== undefined) this.#rows.get(id)?.element.scrollIntoView({ block: "nearest" });
  }

  #choose(id: string): void {
    this.#typed = false;
    this.#close();
    this.#model.choose({ queue: id });
    this.input.value = this.#model.queue(id)?.name ?? "";
  }

  /** What was typed and not chosen gives way to what is chosen; a name typed in full counts as chosen. */
  #leave(): void {
    const typed = this.input.value.trim().toLowerCase();
    const meant = this.#typed ? this.#model.queues.find(({ name }) => name.toLowerCase() === typed) : undefined;
    if (meant) return this.#choose(meant.id);
    if (this.#typed && typed === "") this.#model.choose({ queue: undefined });
    this.#typed = false;
    this.#close();
    this.render();
  }

  #show(): void {
    this.#open = true;
    this.#draw();
    this.#look();
  }

  #close(): void {
    this.#open = false;
    this.#active = undefined;
    this.#draw();
  }

  #draw(): void {
    this.#shown = this.#open ? this.#model.search(this.#typed ? this.input.value : "") : [];
    set(this.input, "aria-expanded", String(this.#open));
    set(this.input, "aria-activedescendant", this.#active === undefined ? undefined : optionId(this.#model, this.#active));
    show(this.#list, this.#shown.length > 0);
    show(this.#nothing, this.#open && this.#shown.length === 0);
    const rows = this.#shown.map((queue) => this.#drawRow(queue));
    const inPlace = rows.length === this.#list.children.length && rows.every((row, at) => this.#list.children[at] === row);
    if (!inPlace) this.#list.replaceChildren(...rows);
  }

  #drawRow(queue: DeskQueue): HTMLLIElement {
    const row = this.#rows.get(queue.id) ?? this.#makeRow(queue);
    const { tone, title, detail, asOf } = this.#model.standing({ queue: queue.id });
    const chosen = this.#model.session?.form.queue === queue.id;
    write(row.name, queue.name);
    row.sign.show(tone);
    const plain = (tone === "good" || tone === "bad") && detail !== undefined;
    write(row.detail, plain ? detail : [title, detail].filter((it) => it !== undefined).join(": "));
    write(row.asOf, asOf === undefined ? "" : age(this.#model.now() - asOf));
    set(row.element, "id", optionId(this.#model, queue.id));
    set(row.element, "aria-selected", String(chosen));
    set(row.element, "data-active", queue.id === this.#active);
    set(row.element, "data-tone", tone);
    return row.element;
  }

  #makeRow(queue: DeskQueue): Row {
    const sign = new Sign();
    const [name, detail, asOf] = [h("span", { class: "name" }), h("span", { class: "detail" }), h("span", { class: "age" })];
    const element = h("li", { role: "option", part: "option" }, sign.element, name, asOf, detail);
    element.dataset["id"] = queue.id;
    const row = { element, name, sign, detail, asOf };
    this.#rows.set(queue.id, row);
    return row;
  }
}

/** Ids of a platform may hold anything; an id of HTML may not. */
function optionId(model: DeskModel, id: string): string {
  return `queue-${model.queues.findIndex((queue) => queue.id === id)}`;
}
