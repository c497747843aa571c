// From the import to the first answer, in a fresh process each time: what a host waits for.
import { execFileSync } from "node:child_process";
import { median } from "./timing.mjs";

const program = `
  const start = performance.now();
  const { checkEligibility } = await import("patchcord");
  checkEligibility("cxone-v2", { queue: "7f1d7c52-3a0b-4b5e-9c1d-2e8f6a4b0c11" }, { campaigns: [{ status: "ACTIVE" }], agents: [] });
  console.log(performance.now() - start);
`;
const times = Array.from({ length: 15 }, () =>
  Number(execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8", env: process.env })),
);
console.log(`cold start ${median(times).toFixed(2)} ms (median of ${times.length}, ${Math.min(...times).toFixed(2)} to ${Math.max(...times).toFixed(2)})`);
console.log(JSON.stringify({ budget: "cold-start", value: median(times) }));
