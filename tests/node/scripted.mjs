// Platforms that answer as they are told, and clocks that wait for nobody.

import { createPatchcord } from "../../pkg/dist/node.js";
import { secret } from "./support.mjs";

/** A clock on which sleeping takes no time but its own. */
export function virtualClock(at = 1_800_000_000_000) {
  return {
    at,
    slept: [],
    now() {
      return this.at;
    },
    async sleep(ms, signal) {
      await new Promise((turn) => setTimeout(turn, ms === 0 ? 0 : 1));
      if (signal.aborted) return;
      this.slept.push(ms);
      this.at += ms;
    },
  };
}

/** Only pauses pass on this one: a request that is under way is never late. */
export function patientClock() {
  const clock = virtualClock();
  const sleep = clock.sleep.bind(clock);
  clock.sleep = (ms, signal) => (ms === 10_000 || ms === clock.timeout ? new Promise((end) => signal.addEventListener("abort", end)) : sleep(ms, signal));
  return clock;
}

/** A platform that answers with these, one after the other; the last one stays. It keeps what it was asked. */
export function platform(...answers) {
  const asked = [];
  const fetch = async (request) => {
    const { method, url, headers } = request;
    asked.push({ method, path: url.replace("https://na1.example.com", ""), headers: Object.fromEntries(headers), body: await request.text() });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return typeof answer === "function" ? answer(request) : answer.clone();
  };
  return { asked, fetch };
}

export const json = (body, status = 200, headers = {}) => new Response(body === undefined ? null : JSON.stringify(body), { status, headers });

export async function on(platform, options = {}) {
  const { fetch } = platform;
  return createPatchcord({ profile: "cxone-v2", baseUrl: "https://na1.example.com", token: () => secret, fetch, clock: patientClock(), seed: 1, ...options });
}
