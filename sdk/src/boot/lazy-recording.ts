import type { Sighting } from '../domain/markers/marker';
import { createIsPrivate, type PrivacyRules } from '../domain/recording/privacy-level';
import type { RecordingRules } from '../domain/session/rules';
import { redactUrl } from '../tools/redact-url';
import { instrumentPage, type Instruments } from './instruments';
import type { Recording, RecordingParts } from './recording';

/** What is loaded later: see `recording.ts`. */
export interface RecorderModule {
  startRecording(parts: RecordingParts, rules: PrivacyRules): Recording;
}

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
  /** Settled when what was started runs, or never will. */
  ready(): Promise<void>;
}

export interface LazyParts extends Omit<RecordingParts, 'instruments' | 'isPrivate'> {
  load: LoadRecorder;
  privacy(): PrivacyRules;
  isOwnRequest(url: string): boolean;
  /** The project's rules as they are at this moment. */
  rules(): RecordingRules;
  /** The code cannot be had: what fails is told without a replay. */
  onMissing(error: unknown): void;
}

export function createLazyRecording(parts: LazyParts): LazyRecording {
  const { guard, timeline, builder } = parts;
  let code: RecorderModule | undefined;
  let loading: Promise<void> | undefined;
  let instruments: Instruments | undefined;
  let current: Recording | undefined;
  let mendedAtMs = 0;
  let soon: ReturnType<typeof setTimeout> | undefined;

  function isPrivate(element: Element): boolean {
    return createIsPrivate(parts.privacy())(element);
  }

  /** What must be there from the first moment, long before the recorder. */
  function instrument(): Instruments {
    return instrumentPage(parts.capture, guard, {
      onSighting: timeline.addSighting,
      onCustom: timeline.addCustom,
      onNavigation(href) {
        timeline.addCustom('rs.navigation', { url: redactUrl(href) });
        current?.onNavigation(href);
      },
      onReduced: (reason, count) => builder.countReduced(reason, count),
      isOwnRequest: parts.isOwnRequest,
      rules: parts.rules,
      isPrivate,
    });
  }

  function begin(): void {
    if (!code || !instruments) return;
    current ??= code.startRecording({ ...parts, instruments, isPrivate }, parts.privacy());
  }

  return {
    get current() {
      return current;
    },
    start() {
      instruments ??= instrument();
      timeline.addCustom('rs.navigation', { url: redactUrl(location.href) });
      if (code) {
        begin();
        return;
      }
      loading ??= parts
        .load()
        .then((loaded) => {
          code = loaded;
          guard(begin)();
        })
        .catch((error: unknown) => {
          // The next start asks for it again.
          loading = undefined;
          parts.onMissing(error);
        });
    },
    stop() {
      current?.stop();
      instruments?.stop();
      current = instruments = undefined;
    },
    report: (sighting) => instruments?.tell(sighting),
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
    ready: () => loading ?? Promise.resolve(),
  };
}
