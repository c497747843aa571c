/** How the page reaches the simulated centre behind it. */

export const api = {
  state: () => ask("/sim/state"),
  trouble: (what) => ask("/sim/trouble", { method: "POST", body: JSON.stringify(what) }),
};

async function ask(path, init) {
  const response = await fetch(path, init);
  const told = await response.json();
  if (!response.ok) throw new Error(told.message);
  return told;
}
