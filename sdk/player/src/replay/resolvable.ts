import type { Replayer } from '@rrweb/replay';
import type { mutationData } from '@rrweb/types';

/** What of rrweb's replayer is private and yet needed; its version is pinned. */
interface Inner {
  readonly usingVirtualDom: boolean;
  readonly mirror: { getNode(id: number): unknown };
  readonly virtualDom: { readonly mirror: { getNode(id: number): unknown } };
  applyMutation(change: mutationData, isSync: boolean): void;
}

/**
 * Keeps rrweb from waiting half a second for each node whose next neighbour never arrived (it
 * looks for it in a loop until time is up): such a node goes to the end of its parent instead.
 */
export function neverWait(replayer: Replayer, onLoss: () => void): void {
  const inner = replayer as unknown as Inner;
  const apply = inner.applyMutation.bind(inner);
  inner.applyMutation = (change, isSync) => {
    const { mirror } = inner.usingVirtualDom ? inner.virtualDom : inner;
    const settled = resolvable(change, (id) => Boolean(mirror.getNode(id)));
    if (settled !== change) onLoss();
    apply(settled, isSync);
  };
}

/** The change itself when all neighbours that it names are known, or else a copy without the others. */
export function resolvable(change: mutationData, known: (id: number) => boolean): mutationData {
  const coming = new Set(change.adds.map((add) => add.node.id));
  const going = new Set(change.removes.map((removal) => removal.id));
  const lost = (id: number | null | undefined): boolean =>
    typeof id === 'number' && id >= 0 && !coming.has(id) && (going.has(id) || !known(id));
  if (!change.adds.some((add) => lost(add.nextId))) return change;
  const adds = change.adds.map((add) => (lost(add.nextId) ? { ...add, nextId: null } : add));
  return { ...change, adds };
}
