import { record } from '@rrweb/record';
import type { SnapshotNode } from './events';

/** One observed root (document, shadow root, frame) of rrweb, as far as we reach into it. */
export interface MutationBuffer {
  /** The page, or the frame in which the root is. */
  doc: Document;
  observer: MutationObserver;
  unlock(): void;
  /** With `admitted` the records do not pass the gate again. */
  processMutations(records: MutationRecord[], admitted: true): void;
  addedSet: Set<Node>;
  movedSet: Set<Node>;
  droppedSet: Set<Node>;
  removesSubTreeCache: Set<Node>;
  mapRemoves: Node[];
  removes: { id: number }[];
  texts: unknown[];
  attributes: unknown[];
  attributeMap: WeakMap<Node, unknown>;
  movedMap: Record<string, unknown>;
}

export interface SnapshotOptions {
  maskAllInputs: unknown;
  [name: string]: unknown;
}

export type TakeSnapshot = (
  options: SnapshotOptions,
  slimDOMOptions: Record<string, boolean>,
  finish: (root: SnapshotNode) => void,
) => void;

/** What our patches (`rrweb/`) lay open. */
export interface RrwebInternals {
  /** While true, mutations gather; nothing of them is told. */
  locked: boolean;
  gate: ((records: MutationRecord[], buffer: MutationBuffer) => void) | undefined;
  /** What a style sheet says, for the snapshot that asks next. */
  cssTexts: WeakMap<CSSStyleSheet, string>;
  mutationBuffers: readonly MutationBuffer[];
  serializeNodeWithId(node: Node, options: Record<string, unknown>): SnapshotNode | null;
  /** The next free number of a node. */
  genId(): number;
  stringifyRule(rule: CSSRule, sheetHref: string | null): string;
}

export const internals = (record as unknown as { internals: RrwebInternals }).internals;

export type RecordOptions = NonNullable<Parameters<typeof record>[0]> & {
  takeSnapshot: TakeSnapshot;
};

/** Whether rrweb will tell by itself where this node came to. */
export function isAboutToBeTold(node: Node): boolean {
  return internals.mutationBuffers.some(
    ({ addedSet, movedSet }) => addedSet.has(node) || movedSet.has(node),
  );
}

/** Forgets everything that was not told yet, and which node has which number. */
export function forgetEverything(): void {
  for (const buffer of internals.mutationBuffers) {
    buffer.observer.takeRecords();
    for (const nodes of ['addedSet', 'movedSet', 'droppedSet', 'removesSubTreeCache'] as const) {
      buffer[nodes].clear();
    }
    buffer.mapRemoves = [];
    buffer.removes = [];
    buffer.texts = [];
    buffer.attributes = [];
    buffer.attributeMap = new WeakMap();
    buffer.movedMap = {};
  }
  record.mirror.reset();
}
