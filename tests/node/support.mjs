// What the tests of the package share: ids, a contact centre with a queue in it, and a promise that may not hang.

import { createPatchcord } from "../../pkg/dist/node.js";
import { createSimulator } from "../../pkg/dist/simulator/node.js";

export const billing = "b1111111-1111-4111-8111-11111111111b";
export const overflow = "0f222222-2222-4222-8222-22222222220f";
export const tier2 = "5c333333-3333-4333-8333-33333333335c";
export const ann = "a4444444-4444-4444-8444-44444444444a";
export const bob = "b5555555-5555-4555-8555-55555555555b";

/** A token that can be looked for wherever it must not be. */
export const secret = "s3cr3t-t0ken-never-to-be-seen";

/** A contact centre on a virtual clock: one call, and one queue whose agent is free. */
export async function centre(options = {}) {
  const sim = await createSimulator({ seed: 7, profile: "cxone-v2", ...options });
  sim.addQueue({ id: billing, campaign: "ACTIVE", agents: [{ id: ann, status: "AVAILABLE", skills: [tier2] }] });
  sim.addCall({ id: "call-1" });
  return sim;
}

/** Patchcord on that contact centre; `options` replace what the host lends. */
export async function connected(sim, options = {}) {
  const { baseUrl, fetch, clock } = sim;
  return createPatchcord({ profile: "cxone-v2", baseUrl, token: () => secret, fetch, clock, seed: 1, ...options });
}

export const toBilling = { call: "call-1", to: { queue: billing, skill: tier2 } };

/** The promise's end, or a failure instead of a hang. Real time: virtual time lasts no longer than its work. */
export async function settled(promise, ms = 10_000) {
  let timer;
  const hang = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`still not settled after ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, hang]);
  } finally {
    clearTimeout(timer);
  }
}

/** Everything that an error shows to whoever prints it. */
export function shown(value) {
  const seen = new Set();
  const walk = (it) => {
    if (typeof it !== "object" || it === null) return String(it);
    if (seen.has(it)) return "";
    seen.add(it);
    return Reflect.ownKeys(it).map((key) => `${String(key)}=${walk(it[key])}`).join(" ");
  };
  return walk(value);
}
