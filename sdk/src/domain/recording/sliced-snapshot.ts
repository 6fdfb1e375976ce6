import { record } from '@rrweb/record';
import type { Guard } from '../../tools/guard';
import { writeLargeSheets, type LargeSheets } from './css-slices';
import { NodeType, type SnapshotNode } from './events';
import {
  internals,
  isAboutToBeTold,
  type MutationBuffer,
  type SnapshotOptions,
  type TakeSnapshot,
} from './rrweb-internals';

/** As long as a slice keeps the page from a visitor's click; less than one frame. */
const SLICE_MS = 12;
/** Looking at the clock for each node would cost more than the nodes. */
const NODES_BETWEEN_LOOKS = 16;

interface Level {
  node: Node;
  serialized: SnapshotNode;
  children: Node[];
  next: number;
  needsMask: boolean | undefined;
  preserveWhiteSpace: boolean;
  cssCaptured: boolean;
}

export interface SlicedSnapshot {
  take: TakeSnapshot;
  isRunning(): boolean;
  /** Whether the snapshot under way has this node already; what changed before is in it. */
  shows(node: Node): boolean;
  /** All that is left, at once. */
  finishNow(): void;
  abort(): void;
}

/** Runs an action in a task of its own, also in a page in the background, where timers sleep. */
function soon(action: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    action();
  };
  port2.postMessage(null);
}

/**
 * A full snapshot that lets the page breathe: it is taken in slices, each in a task of its own. In
 * between rrweb gathers what changes and tells it after the snapshot: of texts and attributes what
 * they are by then, which is right whether the picture has the old or the new; of nodes that came or
 * moved where they are, so these are left out of the picture. What fits into one slice is taken at
 * once.
 */
export function createSlicedSnapshot(
  guard: Guard,
  scrubNode: (node: SnapshotNode) => void,
  processPending: (buffer: MutationBuffer, records: MutationRecord[]) => void,
  onAborted: () => void,
): SlicedSnapshot {
  let work: Generator<undefined, void> | undefined;
  let shown = new Set<Node>();
  let round = 0;

  function* walk(options: SnapshotOptions, slim: Record<string, boolean>, sheets: LargeSheets) {
    let lastNeedsMask: boolean | undefined;
    const call: Record<string, unknown> = {
      ...options,
      doc: document,
      maskInputOptions: options.maskAllInputs,
      slimDOMOptions: slim,
      skipChild: true,
      onNeedsMask: (needsMask: boolean) => (lastNeedsMask = needsMask),
    };

    function enter(node: Node, above: Level | undefined): Level | undefined {
      shown.add(node);
      sheets.verify(node);
      call.needsMask = above?.needsMask;
      call.preserveWhiteSpace = above?.preserveWhiteSpace ?? true;
      call.cssCaptured = above?.cssCaptured ?? false;
      const serialized = internals.serializeNodeWithId(node, call);
      if (!serialized) return undefined;
      above?.serialized.childNodes?.push(serialized);
      const level: Level = {
        node,
        serialized,
        children: childrenOf(node, serialized),
        next: 0,
        needsMask: lastNeedsMask,
        preserveWhiteSpace:
          (above?.preserveWhiteSpace ?? true) &&
          !(slim.headWhitespace && serialized.tagName === 'head'),
        cssCaptured: typeof serialized.attributes?._cssText === 'string',
      };
      scrubNode(serialized);
      return level;
    }

    const root = enter(document, undefined);
    const open = root ? [root] : [];
    for (let count = 1; open.length > 0; count++) {
      const level = open[open.length - 1] as Level;
      const child = level.children[level.next++];
      if (!child) {
        open.pop();
      } else if (isStillThere(child, level.node) && !shown.has(child) && !isAboutToBeTold(child)) {
        const below = enter(child, level);
        if (below && below.children.length > 0) open.push(below);
      }
      if (count % NODES_BETWEEN_LOOKS === 0) yield;
    }
    return root?.serialized;
  }

  function* all(
    options: SnapshotOptions,
    slim: Record<string, boolean>,
    finish: (root: SnapshotNode) => void,
  ): Generator<undefined, void> {
    const sheets = yield* writeLargeSheets(document);
    const root = yield* walk(options, slim, sheets);
    sheets.forget();
    end();
    if (root) finish(root);
  }

  function end(): void {
    work = undefined;
    shown = new Set();
    round++;
  }

  /** A failure of ours ends the snapshot, not the recording. */
  function advance(): void {
    try {
      work?.next();
    } catch (error) {
      abort();
      throw error;
    }
  }

  function abort(): void {
    if (!work) return;
    end();
    internals.locked = false;
    for (const buffer of [...internals.mutationBuffers]) buffer.unlock();
    onAborted();
  }

  function slice(): void {
    const until = performance.now() + SLICE_MS;
    while (work && performance.now() < until) advance();
    const mine = round;
    if (work) soon(guard(() => mine === round && slice()));
  }

  return {
    take(options, slim, finish) {
      // What was seen before the snapshot began must not count as seen within it.
      for (const buffer of [...internals.mutationBuffers]) {
        processPending(buffer, buffer.observer.takeRecords());
      }
      work = all(options, slim, finish);
      // What fails here would end rrweb, too.
      guard(slice)();
    },
    isRunning: () => work !== undefined,
    shows: (node) => shown.has(node),
    finishNow() {
      while (work) advance();
    },
    abort,
  };
}

function isStillThere(child: Node, parent: Node): boolean {
  return (
    child.parentNode === parent ||
    (child.parentNode as ShadowRoot | null)?.host === (parent as unknown)
  );
}

/** Children whose turn comes; none where rrweb would not look either. */
function childrenOf(node: Node, { type, tagName, attributes }: SnapshotNode): Node[] {
  if (type !== NodeType.Document && type !== NodeType.Element) return [];
  // A blocked element has nothing but its size.
  if (attributes?.rr_width !== undefined) return [];
  if (tagName === 'textarea' && attributes?.value !== undefined) return [];
  const children = [...node.childNodes];
  const { shadowRoot } = node as Element;
  return shadowRoot ? [...children, ...shadowRoot.childNodes] : children;
}

/** Whether rrweb knows this number and the snapshot under way has not come to its node. */
export function isStillAhead(snapshot: SlicedSnapshot, id: number): boolean {
  const node = record.mirror.getNode(id);
  return node !== null && !snapshot.shows(node);
}
