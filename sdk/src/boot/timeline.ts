import type { ChunkBuilder } from '../domain/chunks/chunk-builder';
import { createMarkerBudget } from '../domain/markers/marker-budget';
import type { Sighting } from '../domain/markers/marker';
import {
  customEvent,
  type CustomPayloads,
  type CustomTag,
  type RecordedEvent,
} from '../domain/recording/events';
import { watchClock } from '../domain/session/clock';
import type { Session } from '../domain/session/session';
import type { Occurrence } from '../domain/session/triggers';
import type { Guard } from '../tools/guard';
import { mintId } from '../tools/ids';

export interface TimelineParts {
  guard: Guard;
  session: Session;
  builder: ChunkBuilder;
  /** False while paused, stopped or on an excluded page: then nothing is taken. */
  isOpen(): boolean;
  /** It may be what the project waits for. */
  onSeen(seen: Occurrence): void;
  /** Lets the recorder tell what it still gathers. */
  catchUp(): void;
}

/** Where everything that is seen comes together, in its order; it does not need the recorder. */
export interface Timeline {
  add(event: RecordedEvent): void;
  addCustom<T extends CustomTag>(tag: T, payload: CustomPayloads[T]): void;
  addSighting(sighting: Sighting): void;
}

export function createTimeline(parts: TimelineParts): Timeline {
  const { guard, session, builder } = parts;
  const admits = createMarkerBudget(Date.now);
  const clockJumped = watchClock(Date.now, () => performance.now());

  function isOpen(): boolean {
    // Over by time: it ends at the next sign of life, and what the page plays to itself until then
    // belongs to no visit.
    return parts.isOpen() && !session.isOver(Date.now());
  }

  function add(event: RecordedEvent): boolean {
    if (clockJumped()) builder.countClockJump();
    const isTaken = isOpen();
    if (isTaken) builder.add(event);
    return isTaken;
  }

  function addCustom<T extends CustomTag>(tag: T, payload: CustomPayloads[T]): void {
    // What is not taken is no reason to send anything either.
    if (!add(customEvent(tag, payload, Date.now()))) return;
    if (tag === 'rs.navigation') parts.onSeen({ type: 'url', href: location.href });
    else if (tag === 'rs.custom') {
      const { name } = payload as CustomPayloads['rs.custom'];
      parts.onSeen({ type: 'event', name });
    }
  }

  function mark(sighting: Sighting): void {
    if (!isOpen()) return;
    if (!admits(sighting)) {
      builder.countThrottled();
      return;
    }
    parts.catchUp();
    const id = mintId('mrk_');
    const atMs = Date.now();
    add(customEvent('rs.marker', { id, kind: sighting.kind, label: sighting.label }, atMs));
    builder.addMarker({ id, ...sighting, atMs });
    parts.onSeen({ type: 'marker', kind: sighting.kind, subkind: sighting.subkind });
  }

  return {
    add,
    addCustom,
    addSighting(sighting) {
      // What the page changed before it failed reaches the recorder in a microtask of the same
      // task. The marker comes after it, so that a replay that stands at the marker shows it.
      queueMicrotask(guard(() => mark(sighting)));
    },
  };
}
