import { createEdge, CallSession } from "patchcord/edge";
export { CallSession };                 // a Durable Object: one writer for each call
export default createEdge();            // configured by bindings and secrets, see www/wrangler.jsonc
