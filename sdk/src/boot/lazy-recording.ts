import { listen } from '../browser/listen';
import { watchExceptions } from '../domain/markers/exceptions';
import type { cutChunk } from '../domain/chunks/cut-chunk';
import { isIgnored } from '../domain/markers/ignored';
import type { Sighting } from '../domain/markers/marker';
import type { Compressor, Encoded } from '../transport/gzip';
import type { Outbox } from '../transport/outbox';
import { utf8Bytes } from '../tools/json-bytes';
import { redactUrl } from '../tools/redact-url';
import { undoAll, type Undo } from '../tools/undo';
import type { Recording, RecordingParts } from './recording';

/** What is loaded later: see `recording.ts`. */
export interface RecorderModule {
  startRecording(parts: RecordingParts): Recording;
  createCompressor(): Compressor;
  openOutbox(site: string): Outbox;
  cutChunk: typeof cutChunk;
  /** Gzip that does not wait, for the moment when the page goes. */
  encodeNow(text: string): Encoded;
}

/** Resources of a page that failed before the recorder was there; more tell nothing new. */
const MAX_EARLY = 20;

/** A new full snapshot after a loss, but not one per loss: an outage loses many chunks. */
const MEND_EVERY_MS = 60_000;

export type LoadRecorder = () => Promise<RecorderModule>;

/** One recording after the other, of which the first waits until its code is there. */
export interface LazyRecording {
  start(): void;
  stop(): void;
  /** The page tells of a failure itself. */
  report(sighting: Sighting): void;
  /** Absent while its code is under way, and while nothing is recorded. */
  readonly current: Recording | undefined;
  /** A whole picture, but not within the task that asks for it. */
  takePictureSoon(): void;
  /** Something was lost: what comes after it begins with a whole picture. */
  mend(): void;
  /** Absent until the code for it is there. */
  readonly outbox: Outbox | undefined;
  /** Gzipped, or plain until the code for it is there. */
  encode(text: string): Promise<Encoded>;
  encodeNow(text: string): Encoded;
  cutChunk: typeof cutChunk;
  /** Settled when what was started runs, or never will. */
  ready(): Promise<void>;
}

export interface LazyParts extends Omit<RecordingParts, 'early' | 'startedOn'> {
  load: LoadRecorder;
  site: string;
  /** There is an outbox now, perhaps with something in it. */
  onOutbox(): void;
  /** The code cannot be had: what fails is told without a replay. */
  onMissing(error: unknown): void;
}

export function createLazyRecording(parts: LazyParts): LazyRecording {
  const { guard, timeline } = parts;
  let code: RecorderModule | undefined;
  let compressor: Compressor | undefined;
  let outbox: Outbox | undefined;
  let loading: Promise<void> | undefined;
  let unwatch: Undo | undefined;
  let current: Recording | undefined;
  const early: Element[] = [];
  let startedOn = '';
  let mendedAtMs = 0;
  let soon: ReturnType<typeof setTimeout> | undefined;

  function tell(sighting: Sighting): void {
    if (current) current.tell(sighting);
    else if (!isIgnored(document.documentElement, sighting.subkind)) timeline.addSighting(sighting);
  }

  const onEarlyFailure = guard(({ target }: Event) => {
    if (!current && target instanceof Element && early.length < MAX_EARLY) early.push(target);
  });

  /** What must be on the page from the first moment, long before the recorder. */
  function watch(): Undo {
    if (!parts.capture.errors) return () => undefined;
    return undoAll([
      watchExceptions(window, guard, tell),
      listen(window, 'error', onEarlyFailure, { capture: true }),
    ]);
  }

  function begin(): void {
    if (code && unwatch) current ??= code.startRecording({ ...parts, early, startedOn });
  }

  return {
    get outbox() {
      return outbox;
    },
    get current() {
      return current;
    },
    start() {
      unwatch ??= watch();
      startedOn = location.href;
      timeline.addCustom('rs.navigation', { url: redactUrl(startedOn) });
      if (code) {
        begin();
        return;
      }
      loading ??= parts
        .load()
        .then((loaded) => {
          code = loaded;
          compressor = loaded.createCompressor();
          guard(begin)();
          // After a stop nothing may be opened or sent any more.
          if (!unwatch) return;
          outbox = loaded.openOutbox(parts.site);
          parts.onOutbox();
        })
        .catch((error: unknown) => {
          // The next start asks for it again.
          loading = undefined;
          parts.onMissing(error);
        });
    },
    stop() {
      current?.stop();
      unwatch?.();
      current = unwatch = undefined;
    },
    report: tell,
    takePictureSoon() {
      soon ??= setTimeout(() => {
        soon = undefined;
        current?.takeFullSnapshot();
      }, 0);
    },
    mend() {
      const now = Date.now();
      if (!current || now - mendedAtMs < MEND_EVERY_MS) return;
      mendedAtMs = now;
      current.takeFullSnapshot();
    },
    encode: async (text) => (await compressor?.encode(text)) ?? { bytes: utf8Bytes(text) },
    encodeNow: (text) => code?.encodeNow(text) ?? { bytes: utf8Bytes(text) },
    cutChunk: (chunk, ...others) =>
      code?.cutChunk(chunk, ...others) ?? { chunks: [], lost: chunk.events.length },
    ready: () => loading ?? Promise.resolve(),
  };
}
