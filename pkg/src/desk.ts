/** Defines `<patchcord-desk>`. */

import { PatchcordDesk } from "./desk/element.js";

if (typeof customElements !== "undefined" && !customElements.get("patchcord-desk")) customElements.define("patchcord-desk", PatchcordDesk);

declare global {
  interface HTMLElementTagNameMap {
    "patchcord-desk": PatchcordDesk;
  }
}

export type { DeskHappening } from "./desk/model.js";
export type { DeskCall, DeskOptions, DeskQueue, DeskSkill, EdgeAddress } from "./desk/options.js";
export { PatchcordDesk };
