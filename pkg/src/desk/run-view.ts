import { h, set, show, Sign, write } from "./dom.js";
import type { DeskModel } from "./model.js";
import { duration, plural } from "./names.js";
import type { Run, Session } from "./session.js";
import type { Line } from "./timeline.js";
import type { Verdict } from "./verdict.js";

/** A transfer while it runs, and how it ended. */
export class RunView {
  readonly element: HTMLElement;
  readonly #model: DeskModel;
  readonly heading = h("h3", { tabindex: "-1", part: "heading" });
  readonly #sign = new Sign();
  readonly #where = h("p", { class: "where" });
  readonly #advice = h("p", { class: "advice" });
  readonly #why = h("ul", { class: "why" });
  readonly #verdict: HTMLElement;
  readonly #stage = h("span", { class: "stage", part: "stage" });
  readonly #progress = h("progress", { "aria-label": "Time used", part: "progress" });
  readonly #elapsed = h("span", { class: "age" });
  readonly #pace: HTMLElement;
  readonly #steps = h("ol", { class: "steps", part: "steps", "aria-label": "Steps of the plan" });
  readonly #figures = h("p", { class: "figures" });
  readonly #summary = h("summary", {});
  readonly #lines = h("ol", { class: "lines", part: "timeline", "aria-label": "What happened" });
  readonly #story = h("details", { part: "story" }, this.#summary, this.#lines);
  readonly #complete = h("button", { type: "button", class: "primary", part: "button button-primary" }, "Complete transfer");
  readonly #cancel = h("button", { type: "button", part: "button" });
  readonly #again = h("button", { type: "button", class: "primary", part: "button button-primary" }, "New transfer");
  #drawn: Run | undefined;
  #over = false;

  constructor(model: DeskModel, act: (what: "cancel" | "complete" | "again") => void) {
    this.#model = model;
    this.#verdict = h("div", { class: "verdict", part: "outcome" }, this.#where, this.#advice, this.#why);
    this.#pace = h("div", { class: "pace" }, this.#progress, this.#elapsed);
    this.element = h(
      "section",
      { class: "run", part: "run" },
      h("div", { class: "title" }, this.#sign.element, this.heading, this.#stage),
      this.#pace, this.#verdict, this.#steps, this.#figures, this.#story,
      h("div", { class: "actions" }, this.#complete, this.#cancel, this.#again),
    );
    this.#complete.addEventListener("click", () => act("complete"));
    this.#cancel.addEventListener("click", () => act("cancel"));
    this.#again.addEventListener("click", () => act("again"));
  }

  render(session: Session): void {
    const { run } = session;
    if (!run) return;
    const over = session.phase === "over";
    if (this.#drawn !== run || this.#over !== over) {
      if (this.#drawn !== run) this.#lines.replaceChildren();
      this.#drawn = run;
      this.#over = over;
      // What happened is told in full while it happens; afterwards the outcome stands in front.
      this.#story.open = !over;
    }
    for (const element of [this.#pace, this.#stage, this.#cancel]) show(element, !over);
    for (const element of [this.#verdict, this.#again]) show(element, over);
    show(this.#sign.element, over);
    show(this.#steps, run.ended !== undefined);
    show(this.#figures, run.ended !== undefined);
    show(this.#complete, this.#model.canComplete);
    this.#renderLines(run);
    if (run.ended) this.#renderVerdict(run.ended.verdict, run.ended.intact, run.ended.outcome.audit.records.length);
    else if (run.trouble) this.#renderTrouble(run.trouble);
    else this.#renderProgress(run);
  }

  /** Time goes on between the events. */
  tick(session: Session): void {
    if (session.run && session.phase === "running") this.#renderPace(session.run);
  }

  #renderProgress(run: Run): void {
    const verb = run.mode === "consult" ? "Consulting" : "Transferring to";
    write(this.heading, `${verb} ${this.#model.names.target(run.to)}`);
    write(this.#stage, run.cancelling ? "Cancelling" : run.timeline.stage);
    write(this.#cancel, run.cancelling ? "Cancelling…" : run.mode === "consult" ? "Cancel consult" : "Cancel transfer");
    set(this.#cancel, "aria-disabled", run.cancelling ? "true" : undefined);
    this.#renderPace(run);
  }

  #renderPace(run: Run): void {
    const budget = this.#model.budgetMs;
    const elapsed = Math.max(0, this.#model.now() - run.startedAt);
    this.#progress.max = budget;
    this.#progress.value = Math.min(elapsed, budget);
    write(this.#elapsed, `${Math.floor(elapsed / 1000)} s of ${Math.round(budget / 1000)} s at most`);
  }

  #renderVerdict({ tone, title, where, advice, why, steps, figures }: Verdict, intact: boolean, records: number): void {
    this.#sign.show(tone);
    set(this.#verdict, "data-tone", tone);
    write(this.heading, title);
    write(this.#where, where);
    this.#renderAdvice(advice, why);
    if (this.#steps.childElementCount !== steps.length || this.#steps.dataset["of"] !== String(this.#drawn?.startedAt)) {
      this.#steps.dataset["of"] = String(this.#drawn?.startedAt);
      this.#steps.replaceChildren(
        ...steps.map((step) => {
          const sign = new Sign();
          sign.show(step.tone);
          const reason = step.reason === undefined ? [] : [h("small", {}, step.reason)];
          return h("li", { "data-tone": step.tone }, sign.element, h("span", { class: "name" }, step.name), h("span", { class: "result" }, step.result), ...reason);
        }),
      );
    }
    write(this.#figures, `${figures}. ${intact ? `Record of ${plural(records, "entry").replace("entrys", "entries")}, seal intact.` : "The seal of the record is broken."}`);
  }

  #renderTrouble({ title, message, hint }: NonNullable<Run["trouble"]>): void {
    this.#sign.show("warn");
    set(this.#verdict, "data-tone", "warn");
    write(this.heading, title);
    write(this.#where, message);
    this.#renderAdvice(hint, []);
  }

  #renderAdvice(advice: string | undefined, why: readonly string[]): void {
    show(this.#advice, advice !== undefined);
    write(this.#advice, advice ?? "");
    show(this.#why, why.length > 0);
    if (this.#why.textContent !== why.join("")) this.#why.replaceChildren(...why.map((it) => h("li", {}, it)));
  }

  #renderLines(run: Run): void {
    const { lines } = run.timeline;
    for (const line of lines.slice(this.#lines.childElementCount)) this.#lines.append(lineOf(line, run.timeline.startedAt ?? line.at));
    write(this.#summary, `What happened (${lines.length})`);
  }
}

function lineOf({ tone, title, detail, at }: Line, startedAt: number): HTMLLIElement {
  const sign = new Sign();
  sign.show(tone);
  return h(
    "li",
    { part: "line", "data-tone": tone },
    sign.element,
    h("span", { class: "name" }, title),
    h("span", { class: "age" }, `+${duration(at - startedAt)}`),
    ...(detail === undefined ? [] : [h("span", { class: "detail" }, detail)]),
  );
}
