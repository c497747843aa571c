// The estimators in wasm, and beside them the peer that has one of them: pyworkforce's Erlang C, in the same run.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { median } from "./timing.mjs";

const { instance } = await WebAssembly.instantiate(readFileSync(process.env.PATCHCORD_PREDICT_WASM));
const wasm = instance.exports;

/** Microseconds a round: the median of eleven runs, after a warm-up. */
function micros(rounds, work) {
  work(rounds);
  const runs = Array.from({ length: 11 }, () => {
    const start = performance.now();
    work(rounds);
    return ((performance.now() - start) * 1000) / rounds;
  });
  return median(runs);
}

const late = micros(20_000, wasm.caller_late);
const forecast = micros(5_000, wasm.caller_forecast);
console.log(`this caller, 20 ahead: late ${late.toFixed(3)} µs; with abandonment and percentiles ${forecast.toFixed(2)} µs`);
const erlangA = [10, 100, 1000, 10_000].map((agents) => [agents, micros(200, (rounds) => wasm.erlang_a_all(agents, rounds))]);
console.log(`Erlang A, all metrics: ${erlangA.map(([agents, time]) => `${agents} agents ${time.toFixed(1)} µs`).join(", ")}`);
console.log(JSON.stringify({ budget: "breach", value: late }));
console.log(JSON.stringify({ budget: "erlang-a", value: erlangA[2][1] }));

const sizes = [10, 100, 1000];
const ours = sizes.map((agents) => micros(2_000, (rounds) => wasm.erlang_c_all(agents, rounds)));
const theirs = pyworkforce(sizes);
sizes.forEach((agents, at) => {
  const beside = theirs ? `, pyworkforce 0.5.1 ${theirs[at].toFixed(1)} µs (${(theirs[at] / ours[at]).toFixed(0)} times ours)` : "";
  console.log(`Erlang C, ${agents} agents: ${ours[at].toFixed(2)} µs${beside}`);
});

/** Microseconds a service level in Python, each of the sizes; nothing where Python or the package can't be had. */
function pyworkforce(sizes) {
  const folder = process.env.PATCHCORD_BENCH_FOLDER;
  const python = `${folder}/python/bin/python`;
  const quietly = { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] };
  try {
    if (!existsSync(python)) {
      console.log("installing pyworkforce …");
      execFileSync("python3", ["-m", "venv", `${folder}/python`], quietly);
      execFileSync(python, ["-m", "pip", "install", "--quiet", "pyworkforce==0.5.1"], quietly);
    }
    const program = `
import json, time
from pyworkforce.queuing import ErlangC
def micros(agents):
    erlang = ErlangC(transactions=0.95 * agents * 10, aht=3, interval=30, asa=1 / 3, shrinkage=0.0)
    runs = []
    for _ in range(11):
        start = time.perf_counter()
        for _ in range(100):
            erlang.waiting_probability(positions=agents)
            erlang.service_level(positions=agents)
        runs.append((time.perf_counter() - start) * 1e4)
    return sorted(runs)[5]
print(json.dumps([micros(agents) for agents in ${JSON.stringify(sizes)}]))`;
    return JSON.parse(execFileSync(python, ["-c", program], quietly));
  } catch (error) {
    console.log(`pyworkforce is not measured: ${String(error.stderr || error.message).trim().split("\n").at(-1)}`);
    return undefined;
  }
}
