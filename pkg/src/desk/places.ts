/** Where a policy may send a call, of either kind: each step's name in events, and its target. */

import type { AnyPolicy, Target } from "../types.js";

interface Step {
  readonly id?: string;
  readonly to?: Target;
  readonly best?: { readonly of?: readonly Step[] };
  readonly use?: string;
}

/** In the order of the policy; the engine has read it, so that what it lacks here is no target. */
export function placesOf(policy: AnyPolicy | undefined): [string, Target][] {
  if (!policy) return [];
  const { safe, policies } = policy as { safe?: Step; policies?: Record<string, { steps?: readonly Step[] }> };
  const used = new Set<string>();
  const places = ({ id = "", to, best, use }: Step): [string, Target][] => {
    if (to) return [[id, to]];
    if (best?.of) return best.of.flatMap((one, at): [string, Target][] => (one.to ? [[`${id}[${at}]`, one.to]] : []));
    if (use === undefined || used.has(use)) return [];
    used.add(use);
    return (policies?.[use]?.steps ?? []).flatMap(places);
  };
  return [...(policy.steps as readonly Step[]), ...(safe ? [safe] : [])].flatMap(places);
}
