import { record } from '@rrweb/record';
import { listen } from '../../browser/listen';
import type { Guard } from '../../tools/guard';
import { undoAll, type Undo } from '../../tools/undo';
import type { ReduceReason } from '../chunks/chunk';
import { EventType, IncrementalSource, type RecordedEvent } from './events';
import { createFieldPrivacy, type MaskCounts } from './field-privacy';
import { createCanvasPictures } from './canvas-pictures';
import { createMutationGate } from './mutation-gate';
import {
  blockedSelector,
  ignoredSelector,
  maskedTextSelector,
  type PrivacyRules,
} from './privacy-level';
import { COARSE_LEVEL, createQuality } from './quality';
import {
  forgetEverything,
  internals,
  type MutationBuffer,
  type RecordOptions,
} from './rrweb-internals';
import { createScrub } from './scrub';
import { createSlicedSnapshot, isStillAhead } from './sliced-snapshot';
import { createThinning } from './thinning';

/** A replay can start at any full snapshot; five minutes bound what a seek has to play first. */
const FULL_SNAPSHOT_EVERY_MS = 5 * 60_000;

/** What a visitor does: what the page changed before must have its numbers by then. */
const ACTS = ['pointerdown', 'keydown', 'click', 'input', 'change', 'focusin', 'touchstart'];

const OF_STYLES: readonly number[] = [
  IncrementalSource.StyleSheetRule,
  IncrementalSource.StyleDeclaration,
];

export interface RecorderListener {
  /** A scrubbed event. `isCheckout` marks the start of a self-contained part. */
  onEvent(event: RecordedEvent, isCheckout: boolean): void;
  onMasked(counts: MaskCounts): void;
  /** Recorded coarser than it happened, on purpose. */
  onReduced(reason: ReduceReason, count: number): void;
  /** A public element shows a picture of this address, absolute or relative. */
  onPicture(address: string): void;
  /** The same for the timeline: once in a while, not for each. */
  onReducedNotice(reason: string, count: number): void;
  /** Whether canvases are recorded, by the project's rules as they are at this moment. */
  wantsCanvases(): boolean;
}

export interface Recorder {
  /** Unless one is being taken. */
  takeFullSnapshot(): void;
  /** One that is being taken is given up: what it shows may be told no more. */
  retakeFullSnapshot(): void;
  /** What the page did up to now is told, a snapshot under way excepted. */
  catchUp(): void;
  /** The same with the snapshot: before the page is left, or all is to be sent. */
  settle(): void;
  /** A picture is being taken. */
  isBusy(): boolean;
  /** The number under which a node is recorded; below 1 while it has none. */
  idOf(node: Node): number;
  /** A number that no node has, and none will get. */
  newId(): number;
  stop: Undo;
}

/** Starts rrweb with our privacy rules; every event passes the scrub before anybody sees it. */
export function startRecorder(
  rules: PrivacyRules,
  guard: Guard,
  listener: RecorderListener,
): Recorder {
  const fields = createFieldPrivacy(rules, document);
  const now = () => performance.now();
  const quality = createQuality(now);
  const thinning = createThinning(quality, now, listener);
  const canvases = createCanvasPictures(guard, {
    isOn: listener.wantsCanvases,
    isPrivate: fields.isPrivate,
    isCalm: () => quality.level() < COARSE_LEVEL,
    idOf: (node) => record.mirror.getId(node),
    onEvent: (event) => onEvent(event, false),
    onReduced: (count) => thinning.onReduced('canvas', count),
  });
  const { scrubEvent, scrubNode } = createScrub(rules, fields, {
    nodeOf: (id) => record.mirror.getNode(id),
    dressCanvas: canvases.dress,
    onPicture: listener.onPicture,
  });
  const snapshot = createSlicedSnapshot(guard, scrubNode, process, onAborted);
  const gate = createMutationGate(quality, {
    ...thinning,
    now,
    process,
    isPictureUnderWay: snapshot.isRunning,
    onCalm: guard(() => {
      // A picture under way names what is forgotten.
      snapshot.abort();
      forgetEverything();
      takeFullSnapshot();
    }),
  });
  let active = true;
  /** Meta, and what came while a snapshot was taken. */
  let held: RecordedEvent[] = [];
  let lastSnapshotAt = Infinity;

  function process(buffer: MutationBuffer, records: MutationRecord[]): void {
    // A frame may be gone by the time its records come through the gate.
    if (records.length === 0 || !buffer.doc.defaultView) return;
    const began = now();
    buffer.processMutations(records, true);
    quality.spent(now() - began);
  }

  function tell(event: RecordedEvent, isCheckout = false): void {
    listener.onMasked(fields.takeCounts());
    listener.onEvent(event, isCheckout);
    canvases.nextEvent();
  }

  function onEvent(event: RecordedEvent, isCheckout: boolean): void {
    if (!active) return;
    if (event.type === EventType.FullSnapshot) {
      // The picture counts from when it was begun: what was held meanwhile happened after.
      const began = held[0]?.timestamp ?? event.timestamp;
      event.timestamp = began;
      const [meta, ...others] = held;
      held = [];
      lastSnapshotAt = now();
      if (meta) tell(meta, isCheckout);
      tell(event, isCheckout);
      for (const other of others) tell(other);
      return;
    }
    if (event.type !== EventType.Meta && thinning.thins(event)) return;
    if (event.type === EventType.Meta || snapshot.isRunning()) {
      if (!isInPicture(event)) held.push(scrubEvent(event));
      return;
    }
    tell(scrubEvent(event), isCheckout);
    if (now() - lastSnapshotAt > FULL_SNAPSHOT_EVERY_MS) {
      lastSnapshotAt = Infinity;
      setTimeout(guard(takeFullSnapshot));
    }
  }

  /** There is no picture; what happened meanwhile did happen. */
  function onAborted(): void {
    const [, ...others] = held;
    held = [];
    lastSnapshotAt = now();
    if (active) for (const other of others) tell(other);
  }

  /** Rules of a style sheet that the snapshot comes to later are written with it. */
  function isInPicture(event: RecordedEvent): boolean {
    const { source, id } = event.data as { source?: number; id?: number };
    return OF_STYLES.includes(source ?? -1) && id !== undefined && isStillAhead(snapshot, id);
  }

  function takeFullSnapshot(): void {
    if (!active || snapshot.isRunning()) return;
    gate.flush();
    record.takeFullSnapshot(true);
  }

  function catchUp(): void {
    for (const buffer of [...internals.mutationBuffers]) {
      const records = buffer.observer.takeRecords();
      if (records.length > 0) gate.admit(records, buffer);
    }
    gate.flush();
  }

  internals.gate = guard((records, buffer) => gate.admit(records, buffer));
  const options: RecordOptions = {
    emit: guard((event, isCheckout) => onEvent(event as RecordedEvent, isCheckout === true)),
    takeSnapshot: snapshot.take,
    recordAfter: 'DOMContentLoaded',
    // By tag name: only that reaches hidden inputs; the function decides field by field.
    maskInputOptions: {
      input: true,
      textarea: true,
      select: rules.level !== 'minimal',
    } as Record<string, boolean>,
    maskInputFn: (text, element) => fields.mask(text, element),
    maskTextSelector: maskedTextSelector(rules),
    maskTextFn: (text, element) => fields.maskText(text, element),
    blockClass: 'rs-block',
    blockSelector: blockedSelector(rules),
    ignoreClass: 'rs-ignore',
    ignoreSelector: ignoredSelector(rules),
    slimDOMOptions: 'all',
    inlineStylesheet: true,
    collectFonts: false,
    // Pictures of ours instead (canvas-pictures.ts): rrweb's need scripts in the replay.
    recordCanvas: false,
    sampling: { mousemove: 50, scroll: 150, media: 800 },
    // rrweb's failures stay ours; a DOMException comes from a call of the page (insertRule of a rule
    // that is none), and the page must see it as it would without us.
    errorHandler: (error) => !(error instanceof DOMException),
  };
  // Before rrweb's own listeners, so that it knows by number what is acted on.
  const undo = undoAll([
    ...ACTS.map((type) => listen(window, type, guard(catchUp), { capture: true })),
    thinning.stop,
  ]);
  const stopRrweb = record(options);

  return {
    takeFullSnapshot: guard(takeFullSnapshot),
    retakeFullSnapshot: guard(() => {
      snapshot.abort();
      takeFullSnapshot();
    }),
    catchUp: guard(catchUp),
    settle: guard(() => {
      catchUp();
      snapshot.finishNow();
    }),
    isBusy: snapshot.isRunning,
    idOf: (node) => record.mirror.getId(node),
    newId: internals.genId,
    stop() {
      active = false;
      snapshot.abort();
      undo();
      gate.stop();
      fields.stop();
      canvases.stop();
      stopRrweb?.();
      internals.gate = undefined;
    },
  };
}
