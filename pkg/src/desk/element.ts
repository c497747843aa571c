import { connectCarrier } from "./carrier.js";
import { h, set, show, Sign, write } from "./dom.js";
import { FormView } from "./form-view.js";
import { type DeskHappening, DeskModel } from "./model.js";
import { checkCall, checkQueues, type DeskCall, type DeskOptions, type DeskQueue } from "./options.js";
import { RunView } from "./run-view.js";
import { styles } from "./styles.js";

const TICK_MS = 1_000;
/** The second click of a double click, or a key held down, must not press the button that took the first one's place. */
const SETTLE_MS = 500;

/** Where there are no elements, on a server say, the class can be named and not used. */
const Base: typeof HTMLElement = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/**
 * The desk at which an agent transfers a call: `<patchcord-desk>`.
 *
 * All of it stands in one shadow root. It tells the page what happens by events: `transfer-started`, `transfer-progressed`,
 * `transfer-completed` (with `detail.outcome`), `transfer-refused` (bad input, nothing was sent) and `transfer-interrupted`.
 */
export class PatchcordDesk extends Base {
  readonly #model = new DeskModel({ changed: () => this.#redraw(), told: (happening) => this.#tell(happening) });
  readonly #polite = h("div", { class: "unseen", role: "status" });
  readonly #assertive = h("div", { class: "unseen", role: "alert" });
  readonly #callName = h("p", { class: "call", part: "call" });
  readonly #sign = new Sign();
  readonly #message = h("strong", {});
  readonly #hint = h("span", {});
  readonly #notice = h("div", { class: "notice", part: "notice" }, this.#sign.element, h("p", {}, this.#message, " ", this.#hint));
  readonly #form = new FormView(this.#model, (text) => write(this.#polite, text), () => this.#act("start"));
  readonly #run = new RunView(this.#model, (what) => this.#act(what));
  #configuration = 0;
  #ticking: ReturnType<typeof setInterval> | undefined;
  #drawing = false;
  #actedAt = Number.NEGATIVE_INFINITY;
  #announced: { session?: unknown; phase?: string | undefined; stage?: string; standing?: string; notice?: string } = {};

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open", delegatesFocus: true });
    root.adoptedStyleSheets = [styles()];
    const head = h("header", { part: "header" }, h("h2", { id: "title" }, "Transfer"), this.#callName);
    root.append(
      h("section", { class: "desk", part: "desk", "aria-labelledby": "title" }, head, this.#notice, this.#form.element, this.#run.element),
      this.#polite,
      this.#assertive,
    );
    for (const name of ["queues", "call"] as const) this.#upgrade(name);
    this.#draw();
  }

  /** Connects the desk to a platform. Rejects, and says so at the desk, where an option is refused. The last call counts. */
  async configure(options: DeskOptions): Promise<void> {
    const configuration = ++this.#configuration;
    this.#model.connecting();
    try {
      const carrier = await connectCarrier(options);
      if (configuration !== this.#configuration) return;
      if (options.queues) this.#model.queues = options.queues;
      this.#model.connected(carrier, options.nameOf);
    } catch (thrown) {
      if (configuration === this.#configuration) this.#model.failed(thrown);
      throw thrown;
    }
  }

  /** The call that the agent has. Transfers of other calls go on, and are there again when their call is. */
  get call(): DeskCall | undefined {
    return this.#model.call;
  }

  set call(call: DeskCall | null | undefined) {
    if (call !== null && call !== undefined) checkCall(call);
    this.#model.call = call ?? undefined;
  }

  /** The queues on offer, in their usual order. */
  get queues(): readonly DeskQueue[] {
    return this.#model.queues;
  }

  set queues(queues: readonly DeskQueue[]) {
    checkQueues(queues, "$.queues");
    this.#model.queues = queues;
  }

  connectedCallback(): void {
    this.#ticking = setInterval(() => this.#tick(), TICK_MS);
    this.#redraw();
  }

  disconnectedCallback(): void {
    clearInterval(this.#ticking);
  }

  /** A property that was set before the element was defined hides the one of the class. */
  #upgrade(name: "queues" | "call"): void {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete this[name];
    Object.assign(this, { [name]: value });
  }

  #act(what: "start" | "cancel" | "complete" | "again"): void {
    const now = performance.now();
    if (now - this.#actedAt < SETTLE_MS) return;
    // What is said twice must be heard twice.
    write(this.#assertive, "");
    if (what === "start" && !this.#model.start()) {
      this.#draw();
      this.#form.refused?.focus();
      write(this.#assertive, this.#form.refused?.parentElement?.closest(".field")?.querySelector(".finding")?.textContent ?? "");
      return;
    }
    this.#actedAt = now;
    if (what !== "start") this.#model[what]();
    if (what === "complete" || what === "cancel") return;
    this.#draw();
    // The button that was pressed is gone; the focus must not be.
    if (what === "start") this.#run.heading.focus();
    else this.#form.element.querySelector<HTMLElement>("input:checked")?.focus();
  }

  #tell({ type, ...detail }: DeskHappening): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  #tick(): void {
    if (document.hidden) return;
    const { session } = this.#model;
    this.#form.look();
    if (session?.phase === "choosing") this.#redraw();
    else if (session) this.#run.tick(session);
  }

  /** Draws once, however much changes in one go. */
  #redraw(): void {
    if (this.#drawing) return;
    this.#drawing = true;
    queueMicrotask(() => {
      this.#drawing = false;
      this.#draw();
    });
  }

  #draw(): void {
    const { session, connection } = this.#model;
    const ready = connection.state === "connected";
    const focused = this.shadowRoot?.activeElement;
    write(this.#callName, session ? (session.call.label ?? session.call.id) : "");
    this.#drawNotice();
    show(this.#form.element, ready && session?.phase === "choosing");
    show(this.#run.element, session?.run !== undefined);
    if (session) {
      this.#form.render(session);
      this.#run.render(session);
      this.#form.look();
    }
    this.#announce();
    const lost = focused instanceof HTMLElement && focused.checkVisibility?.() === false;
    if (lost && session?.phase === "over") this.#run.heading.focus();
  }

  #drawNotice(): void {
    const { session, connection } = this.#model;
    show(this.#notice, connection.state !== "connected" || !session);
    const failed = connection.state === "failed";
    this.#sign.show(failed ? "bad" : "wait");
    set(this.#notice, "data-tone", failed ? "bad" : "plain");
    if (connection.state === "failed") {
      write(this.#message, connection.message);
      write(this.#hint, connection.hint ?? "");
    } else {
      const words = { none: "Not connected to a platform.", connecting: "Connecting…", connected: "No call at this desk." };
      write(this.#message, words[connection.state]);
      write(this.#hint, "");
    }
  }

  /** Says once what is new: the end of a transfer and a failure at once, the rest when there is time. */
  #announce(): void {
    const { session, connection } = this.#model;
    const { run, phase } = session ?? {};
    const before = this.#announced;
    const notice = connection.state === "failed" ? `${connection.message} ${connection.hint ?? ""}` : "";
    const standing = phase === "choosing" ? this.#form.standingWords : "";
    const stage = run && phase === "running" ? run.timeline.stage : "";
    this.#announced = { session, phase, stage, standing, notice };
    if (notice !== "" && notice !== before.notice) write(this.#assertive, notice);
    if (before.session !== session) return;
    if (phase === "over" && before.phase === "running") write(this.#assertive, `${this.#run.heading.textContent}. ${run?.ended?.verdict.where ?? run?.trouble?.message ?? ""}`);
    else if (stage !== "" && stage !== before.stage) write(this.#polite, stage);
    else if (standing !== "" && standing !== before.standing && !standing.startsWith("Checking")) write(this.#polite, standing);
  }
}
