import { openCached } from '../browser/cached';
import { whenReplaced } from '../browser/replaced-page';
import { keepAssets, mayKeepAssets } from '../domain/assets/asset-keeper';
import { createShownPictures } from '../domain/assets/shown-pictures';
import type { ChunkBuilder } from '../domain/chunks/chunk-builder';
import { EventType, type RecordedEvent } from '../domain/recording/events';
import { fold } from '../domain/recording/fold';
import { createJoinedFrames } from '../domain/recording/joined-frames';
import { createIsPrivate, type PrivacyRules } from '../domain/recording/privacy-level';
import { startRecorder, type Recorder } from '../domain/recording/recorder';
import type { Sighting } from '../domain/markers/marker';
import type { RecordingRules } from '../domain/session/rules';
import type { Guard } from '../tools/guard';
import { redactUrl } from '../tools/redact-url';
import type { Undo } from '../tools/undo';
import { createAssetShelf } from '../transport/asset-shelf';
import type { Endpoint } from '../transport/endpoint';
import { instrumentPage } from './instruments';
import { knockAt } from './knock';
import type { Settings } from './options';
import type { PageAround } from './relay';
import { startSensors } from './sensors';
import { takeFromFrame } from './told-by-frame';
import type { Timeline } from './timeline';

export { createCompressor } from '../transport/gzip';
export { cutChunk } from '../domain/chunks/cut-chunk';
export { openOutbox } from '../transport/outbox';
export { encodeNow } from '../transport/gzip-sync';

/** A picture that is no older need not be taken again when the page is in sight again. */
const FRESH_PICTURE_MS = 10_000;

/** Pages that lead on at once do so within this time. */
const REDIRECT_MS = 3_000;

/** What is counted while a page is recorded, and whether what was seen is held back. */
export type RecordingCounts = Pick<
  ChunkBuilder,
  'countMasked' | 'countMaskable' | 'countReduced' | 'countAssetMissing' | 'isHolding'
>;

export interface RecordingParts {
  guard: Guard;
  timeline: Timeline;
  builder: RecordingCounts;
  /** Origins whose frames may join. */
  frames: readonly string[];
  /** The page whose recording this one joins. */
  around: PageAround | undefined;
  isExcluded(href: string): boolean;
  /** False until it can be said which pages are excluded. */
  knowsRules(): boolean;
  capture: Settings['capture'];
  endpoint: Endpoint;
  /** The fetch that the page had before we watched it. */
  originalFetch: typeof fetch;
  sessionId(): string;
  /** The project's rules as they are at this moment. */
  rules(): RecordingRules;
  privacy(): PrivacyRules;
  /** Elements whose images, scripts and styles failed before; emptied when they are told. */
  early: Element[];
  /** The address on which it was to begin; the page may have gone on while the code was loaded. */
  startedOn: string;
}

/** One stretch of recording, from start or resume to pause or stop. */
export interface Recording {
  /** rrweb anew, with the rules as they are now. */
  applyRules(): void;
  takeFullSnapshot(): void;
  /** What is private has changed; a picture that is being taken is given up. */
  retakeFullSnapshot(): void;
  /** A failure that the core saw, or the page itself. */
  tell(sighting: Sighting): void;
  /** A whole picture, unless there was one a moment ago. */
  refreshPicture(): void;
  /** What the page did up to now is told: a marker comes after it. */
  catchUp(): void;
  /** The same with a picture that is being taken: before the page is left or all is sent. */
  settle(): void;
  stop: Undo;
}

/** A frame is private by its marks: what a level hides is its own affair. */
function createIsMarked(rules: PrivacyRules): (element: Element) => boolean {
  return createIsPrivate({ ...rules, level: 'balanced' });
}

/** The part that is loaded later: rrweb and the watchers of the page. */
export function startRecording(parts: RecordingParts): Recording {
  const { guard, timeline, builder, endpoint } = parts;
  let rules = parts.privacy();
  let isPrivate = createIsPrivate(rules);
  let isMarked = createIsMarked(rules);
  let recorder: Recorder;
  let pictureAtMs = 0;
  /** Of an excluded page nothing is taken, and of what stands there when it is left neither. */
  let closed = parts.isExcluded(parts.startedOn);
  let awaited: { since: number; cancel: Undo } | undefined;
  let address = parts.startedOn;
  /** Left before it was known whether they are excluded. */
  let unjudged: string[] = [];
  const shown = createShownPictures();

  function onEvent(event: RecordedEvent, isCheckout: boolean): void {
    if (closed) return;
    if (isCheckout) pictureAtMs = event.timestamp;
    // To the page around an event goes as it is: that one gives it other numbers.
    if (!parts.around) fold(event);
    timeline.add(event);
    if (event.type === EventType.FullSnapshot) frames?.askAll();
  }

  function onNavigation(href: string): void {
    timeline.addCustom('rs.navigation', { url: redactUrl(href) });
    if (parts.knowsRules()) unjudged = [];
    else unjudged.push(address);
    address = href;
    if (parts.isExcluded(href)) {
      closed = true;
      awaited?.cancel();
      awaited = undefined;
    } else if (awaited) {
      // A redirect shows nothing yet; later than that the visitor goes on from what stands there.
      if (Date.now() - awaited.since > REDIRECT_MS) open();
    } else if (closed) {
      awaitReplaced();
    }
  }

  function awaitReplaced(): void {
    awaited = { since: Date.now(), cancel: whenReplaced(document, guard, open) };
  }

  /** What happened on the excluded page is missing: begin from a whole picture of the next. */
  function open(): void {
    awaited?.cancel();
    awaited = undefined;
    applyRules();
  }

  function applyRules(): void {
    rules = parts.privacy();
    isPrivate = createIsPrivate(rules);
    isMarked = createIsMarked(rules);
    // What stands there is an excluded page's still.
    if (awaited) return;
    closed = parts.isExcluded(location.href);
    const mayStand = unjudged.some((href) => parts.isExcluded(href));
    if (parts.knowsRules()) unjudged = [];
    if (mayStand && !closed) {
      closed = true;
      awaitReplaced();
      return;
    }
    recorder.stop();
    shown.clear();
    recorder = record();
  }

  function record(): Recorder {
    pictureAtMs = Date.now();
    return startRecorder(rules, guard, {
      onEvent,
      onMasked: ({ masked, maskable }) => {
        builder.countMasked(masked);
        builder.countMaskable(maskable);
      },
      onPicture: (address) => {
        if (!closed) shown.add(address);
      },
      onReduced: (reason, count) => builder.countReduced(reason, count),
      onReducedNotice: (reason, count) => timeline.addCustom('rs.reduced', { reason, count }),
      wantsCanvases: () => parts.rules().canvas,
    });
  }

  // What failed on an excluded page is not the next one's to tell.
  if (closed) parts.early.length = 0;
  // Before the recorder: what happens while the page loads comes earlier than its first snapshot.
  const instruments = instrumentPage(parts.capture, guard, {
    onSighting: timeline.addSighting,
    onCustom: timeline.addCustom,
    onNavigation,
    onReduced: (reason, count) => builder.countReduced(reason, count),
    isOwnRequest: (url) => endpoint.isOwn(url),
    rules: parts.rules,
    isPrivate: (element) => isPrivate(element),
    tellsTexts: () => rules.level !== 'strict',
    early: parts.early,
  });
  instruments.attach(startSensors);
  const frames =
    parts.frames.length > 0
      ? createJoinedFrames({
          guard,
          origins: parts.frames,
          isPrivate: (element) => isMarked(element),
          idOf: (node) => recorder.idOf(node),
          newId: () => recorder.newId(),
          catchUp: () => recorder.catchUp(),
          isBusy: () => recorder.isBusy(),
          onEvent: (event) => onEvent(event, false),
          onOther: (message) => {
            if (!closed) takeFromFrame(message, timeline, builder);
          },
        })
      : undefined;
  if (location.href !== address) onNavigation(location.href);
  recorder = record();
  const leave = parts.around && knockAt(parts.around, guard, () => recorder.takeFullSnapshot());
  const forgetAssets =
    parts.capture.assets && mayKeepAssets()
      ? keepAssets({
          guard,
          shelf: createAssetShelf(endpoint, parts.originalFetch),
          cached: openCached(parts.originalFetch, guard),
          shown,
          sessionId: parts.sessionId,
          mayLeave: () => !builder.isHolding(),
          isExcluded: parts.isExcluded,
          isPrivate: (element) => isPrivate(element),
          isOwn: (url) => endpoint.isOwn(url),
          keepsPictures: () => rules.level !== 'strict',
          onMissing: () => builder.countAssetMissing(),
        })
      : undefined;

  return {
    applyRules,
    takeFullSnapshot: () => recorder.takeFullSnapshot(),
    retakeFullSnapshot: () => recorder.retakeFullSnapshot(),
    refreshPicture() {
      if (Date.now() - pictureAtMs >= FRESH_PICTURE_MS) recorder.takeFullSnapshot();
    },
    catchUp: () => recorder.catchUp(),
    settle: () => recorder.settle(),
    tell: (sighting) => instruments.tell(sighting),
    stop() {
      recorder.settle();
      recorder.stop();
      instruments.stop();
      frames?.stop();
      leave?.();
      forgetAssets?.();
      awaited?.cancel();
    },
  };
}
