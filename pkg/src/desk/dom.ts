import type { Tone } from "./timeline.js";

type Child = Node | string;

/** An element with its attributes and children. Text is only ever text. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string | boolean | undefined> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  element.append(...children);
  return element;
}

/** Sets, or takes away, an attribute, where that changes anything. */
export function set(element: Element, name: string, value: string | boolean | undefined): void {
  const wanted = value === true ? "" : value === false ? null : (value ?? null);
  if (element.getAttribute(name) === wanted) return;
  if (wanted === null) element.removeAttribute(name);
  else element.setAttribute(name, wanted);
}

/** Writes text where it differs: what stands still keeps its selection, and is not announced twice. */
export function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function show(element: HTMLElement, shown: boolean): void {
  if (element.hidden === shown) element.hidden = !shown;
}

const PATHS: Record<Tone, string> = {
  good: "M4.5 8.4 7 10.8l4.6-5.4",
  bad: "M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2",
  warn: "M8 4.2v4.6M8 11.4v.2",
  wait: "M8 4.6V8l2.2 1.6",
  plain: "",
};

/** A sign beside words that say the same. */
export function icon(tone: Tone): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", tone === "plain" ? "icon dot" : "icon");
  const circle = document.createElementNS(svg.namespaceURI, "circle") as SVGCircleElement;
  for (const [name, value] of [["cx", "8"], ["cy", "8"], ["r", tone === "plain" ? "2.5" : "7"]] as const) circle.setAttribute(name, value);
  const path = document.createElementNS(svg.namespaceURI, "path") as SVGPathElement;
  path.setAttribute("d", PATHS[tone]);
  svg.append(circle, path);
  return svg;
}

/** A place for a sign that changes with its words. */
export class Sign {
  readonly element = h("span", { class: "sign" });
  #tone: Tone | undefined;

  show(tone: Tone): void {
    if (this.#tone === tone) return;
    this.#tone = tone;
    set(this.element, "data-tone", tone);
    this.element.replaceChildren(icon(tone));
  }
}

/** A choice between a few: native radio buttons, which bring the arrow keys along. */
export class Segments<Value extends string> {
  readonly element: HTMLFieldSetElement;
  readonly #inputs = new Map<Value, HTMLInputElement>();

  constructor(legend: string, name: string, options: readonly { value: Value; label: string; hint?: string }[], chosen: (value: Value) => void) {
    this.element = h("fieldset", { class: "segments", part: "segments" }, h("legend", {}, legend));
    const row = h("div", { class: "row" });
    for (const { value, label, hint } of options) {
      const input = h("input", { type: "radio", name, value });
      input.addEventListener("change", () => chosen(value));
      this.#inputs.set(value, input);
      row.append(h("label", { part: "segment" }, input, h("span", { class: "face" }, h("span", {}, label), ...(hint ? [h("small", {}, hint)] : []))));
    }
    this.element.append(row);
  }

  render(value: Value, offered: readonly Value[]): void {
    for (const [each, input] of this.#inputs) {
      input.checked = each === value;
      show(input.parentElement as HTMLElement, offered.includes(each));
    }
  }
}
