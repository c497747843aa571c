/** An element with its attributes and children. Text is only ever text. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Children by key: made once, kept while their key is there, so that focus and place survive each draw. */
export class Keyed {
  #parent;
  #make;
  #made = new Map();

  constructor(parent, make) {
    this.#parent = parent;
    this.#make = make;
  }

  /** Calls `update` of each item's part, which `make` returned as `{ element, update }`. */
  draw(items, keyOf = ({ id }) => id) {
    const parts = items.map((item) => {
      const key = keyOf(item);
      if (!this.#made.has(key)) this.#made.set(key, this.#make(item));
      const part = this.#made.get(key);
      part.update(item);
      return part.element;
    });
    for (const key of [...this.#made.keys()]) if (!items.some((item) => keyOf(item) === key)) this.#made.delete(key);
    const same = parts.length === this.#parent.children.length && parts.every((part, at) => this.#parent.children[at] === part);
    if (!same) this.#parent.replaceChildren(...parts);
  }
}
