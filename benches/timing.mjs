// What the benches share.

/** The middle of a list of numbers. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

/** Runs the works in turn, so that a machine that drifts drifts for all; the milliseconds of each. */
export function inTurn(works, rounds) {
  const times = works.map(() => []);
  for (const work of works) for (let warm = 0; warm < 5; warm += 1) work();
  for (let round = 0; round < rounds; round += 1) {
    works.forEach((work, at) => {
      const start = performance.now();
      work();
      times[at].push(performance.now() - start);
    });
  }
  return times;
}

/** The same of works that may be asynchronous. */
export async function inTurnAwaited(works, rounds) {
  const times = works.map(() => []);
  for (let round = -2; round < rounds; round += 1) {
    for (const [at, work] of works.entries()) {
      const start = performance.now();
      await work();
      if (round >= 0) times[at].push(performance.now() - start);
    }
  }
  return times;
}
