import type { DeskQueue } from "./options.js";

/**
 * The queues that a query means, the best match first.
 *
 * Queues that match equally well stay in the order of the list, and nothing but the query moves a row: live figures change
 * while the agent aims.
 */
export function search(queues: readonly DeskQueue[], query: string): DeskQueue[] {
  const wanted = folded(query).trim();
  if (wanted === "") return [...queues];
  return queues
    .map((queue, index) => ({ queue, index, score: score(queue, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map(({ queue }) => queue);
}

function score(queue: DeskQueue, wanted: string): number {
  const own = scoreOf(folded(queue.name), wanted);
  // Whoever looks for a skill looks for the queues that have it.
  const skilled = Math.max(0, ...(queue.skills ?? []).map((skill) => scoreOf(folded(skill.name), wanted)));
  return Math.max(own, skilled / 2);
}

function scoreOf(name: string, wanted: string): number {
  if (name === wanted) return 8;
  if (name.startsWith(wanted)) return 7;
  if (wordsStart(name, wanted)) return 6;
  if (name.includes(wanted)) return 5;
  // Typos of omission, "tchsup"; a single letter would match nearly everything.
  return wanted.length > 1 && isSubsequence(wanted.replaceAll(" ", ""), name) ? 2 : 0;
}

/** Every word that was typed begins a word of the name, in whatever order. */
function wordsStart(name: string, wanted: string): boolean {
  const words = name.split(/[^\p{L}\p{N}]+/u);
  return wanted.split(/\s+/).every((start) => words.some((word) => word.startsWith(start)));
}

function isSubsequence(wanted: string, name: string): boolean {
  let at = 0;
  for (const letter of wanted) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** Without case and accents: agents type what they hear. */
function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
