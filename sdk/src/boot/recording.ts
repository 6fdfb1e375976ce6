import { listen } from '../browser/listen';
import type { ChunkBuilder } from '../domain/chunks/chunk-builder';
import { createMarkerBudget } from '../domain/markers/marker-budget';
import type { Sighting } from '../domain/markers/marker';
import {
  customEvent,
  type CustomPayloads,
  type CustomTag,
  type RecordedEvent,
} from '../domain/recording/events';
import { privateSelector, type PrivacyRules } from '../domain/recording/privacy-level';
import { startRecorder, type Recorder } from '../domain/recording/recorder';
import type { RecordingRules } from '../domain/session/rules';
import type { Session } from '../domain/session/session';
import type { Guard } from '../tools/guard';
import { mintId } from '../tools/ids';
import { redactUrl } from '../tools/redact-url';
import { undoAll, type Undo } from '../tools/undo';
import { instrumentPage } from './instruments';
import type { Settings } from './options';
import { startSensors } from './sensors';

/** What the visitor does when alive; a ticking clock on the page is no sign of life. */
const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'scroll'];

export interface RecordingParts {
  settings: Settings;
  guard: Guard;
  session: Session;
  builder: ChunkBuilder;
  isOwnRequest(url: string): boolean;
  isExcluded(href: string): boolean;
  /** The project's rules as they are at this moment. */
  rules(): RecordingRules;
  /** The session is over by time and the visitor is back: everything begins anew. */
  onExpired(): void;
}

/** One stretch of recording, from start or resume to pause or stop. */
export interface Recording {
  addCustom<T extends CustomTag>(tag: T, payload: CustomPayloads[T]): void;
  addSighting(sighting: Sighting): void;
  /** rrweb anew, with other privacy rules. */
  applyPrivacy(rules: PrivacyRules): void;
  takeFullSnapshot(): void;
  stop: Undo;
}

export function startRecording(parts: RecordingParts, initialRules: PrivacyRules): Recording {
  const { guard, session, builder, settings } = parts;
  const admits = createMarkerBudget(Date.now);
  let rules = initialRules;
  let recorder: Recorder;
  let excluded = parts.isExcluded(location.href);
  let stopped = false;

  function add(event: RecordedEvent): void {
    if (excluded) return;
    if (session.isOver(Date.now())) {
      // Nobody is there: the page plays to itself, and that belongs to no visit.
      builder.countDropped('idle', 1);
      return;
    }
    session.began(event.timestamp);
    builder.add(event);
  }

  function addCustom<T extends CustomTag>(tag: T, payload: CustomPayloads[T]): void {
    add(customEvent(tag, payload, Date.now()));
  }

  function addSighting(sighting: Sighting): void {
    // What the page changed before it failed reaches the recorder in a microtask of the same task.
    // The marker comes after it, so that a replay that stands at the marker shows it.
    queueMicrotask(guard(() => mark(sighting)));
  }

  function mark(sighting: Sighting): void {
    if (stopped || excluded || session.isOver(Date.now())) return;
    if (!admits(sighting)) {
      builder.countThrottled();
      return;
    }
    const now = Date.now();
    const id = mintId('mrk_');
    const replayOffsetMs = Math.max(0, now - session.began(now));
    addCustom('rs.marker', { id, kind: sighting.kind, label: sighting.label });
    builder.addMarker({ id, ...sighting, replayOffsetMs });
  }

  function onNavigation(href: string): void {
    const wasExcluded = excluded;
    excluded = parts.isExcluded(href);
    addCustom('rs.navigation', { url: redactUrl(href) });
    // What happened on the excluded page is missing: begin from a whole picture.
    if (wasExcluded && !excluded) recorder.takeFullSnapshot();
  }

  function record(): Recorder {
    return startRecorder(rules, guard, {
      onEvent: (event) => add(event),
      onMasked: (count) => builder.countMasked(count),
    });
  }

  const alive = guard(() => {
    const now = Date.now();
    if (session.isOver(now)) parts.onExpired();
    else session.touch(now);
  });

  // Before the recorder: an error while the page loads comes earlier than its first snapshot.
  const instruments = instrumentPage(settings.capture, guard, {
    onSighting: addSighting,
    onCustom: addCustom,
    onNavigation,
    onReduced: (reason, count) => builder.countReduced(reason, count),
    isOwnRequest: parts.isOwnRequest,
    rules: parts.rules,
    isPrivate: (element) =>
      rules.level === 'strict' || element.closest(privateSelector(rules)) !== null,
  });
  instruments.attach(startSensors);
  const undo = undoAll([
    instruments.stop,
    ...SIGNS_OF_LIFE.map((type) => listen(window, type, alive, { capture: true })),
  ]);
  recorder = record();
  addCustom('rs.navigation', { url: redactUrl(location.href) });

  return {
    addCustom,
    addSighting,
    applyPrivacy(next) {
      rules = next;
      recorder.stop();
      recorder = record();
    },
    takeFullSnapshot: () => recorder.takeFullSnapshot(),
    stop() {
      stopped = true;
      recorder.stop();
      undo();
    },
  };
}
