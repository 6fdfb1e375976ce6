import { EventType, type eventWithTime } from '@rrweb/types';

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Puts a size event at the very time of each full snapshot. Because rrweb takes the size event as
 * the place from which a picture can be built: where the two are some milliseconds apart, a jump
 * between them would show nothing. Changes are copied, because rrweb strikes out removals that
 * it could not apply, and a chunk may be played again with what was missing before it.
 */
export function alignSnapshots(events: readonly eventWithTime[], fallback: Size): eventWithTime[] {
  const aligned: eventWithTime[] = [];
  for (const event of events) {
    if (event.type === EventType.FullSnapshot) {
      const previous = aligned.at(-1);
      const meta = previous?.type === EventType.Meta ? (aligned.pop(), previous) : null;
      const data = meta?.data ?? { href: '', ...fallback };
      aligned.push({ type: EventType.Meta, data, timestamp: event.timestamp });
    }
    aligned.push(
      event.type === EventType.IncrementalSnapshot ? { ...event, data: { ...event.data } } : event,
    );
  }
  return aligned;
}

/** Epoch milliseconds of the first full snapshot; null when there is none. */
export function firstSnapshotAt(events: readonly eventWithTime[]): number | null {
  return events.find((event) => event.type === EventType.FullSnapshot)?.timestamp ?? null;
}

/** The aligned run from the first full snapshot on; empty when there is none. */
export function fromFirstSnapshot(
  events: readonly eventWithTime[],
  fallback: Size,
): eventWithTime[] {
  const aligned = alignSnapshots(events, fallback);
  const snapshot = aligned.findIndex((event) => event.type === EventType.FullSnapshot);
  return snapshot < 0 ? [] : aligned.slice(snapshot - 1);
}
