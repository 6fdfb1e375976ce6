import { EventType, type eventWithTime, IncrementalSource } from '@rrweb/types';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Events of the same millisecond are set this far apart: fine enough for a thousand of them. */
const STEP_MS = 0.001;

/**
 * Makes events fit for rrweb's replayer, which tells events apart by their time alone:
 *
 * - A size event stands at the very time of each full snapshot, because rrweb takes it as the place
 *   from which a picture can be built: between the two a jump would show nothing.
 * - Changes of the same millisecond get times that rise, because rrweb puts an event that comes late
 *   anywhere among those of its time, and then draws them in the wrong order.
 * - A mouse trail begins at its first point instead of ending at its last one, because rrweb takes
 *   what happened during a trail for something that is still to be drawn, and draws it twice.
 * - Changes are copied, because rrweb strikes out removals that it could not apply, and a chunk may
 *   be played again with what was missing before it.
 *
 * @param events in order of time
 * @param after the time of the last event that stands before them
 */
export function fitForReplay(
  events: readonly eventWithTime[],
  fallback: Size,
  after = Number.NEGATIVE_INFINITY,
): eventWithTime[] {
  const fit: eventWithTime[] = [];
  let last = after;
  for (const event of events) {
    const trail = startingTrail(event);
    if (trail) {
      fit.push(trail);
      continue;
    }
    const timestamp = event.timestamp > last ? event.timestamp : last + STEP_MS;
    last = timestamp;
    if (event.type === EventType.FullSnapshot) {
      const previous = fit.at(-1);
      const meta = previous?.type === EventType.Meta ? (fit.pop(), previous) : null;
      const data = meta?.data ?? { href: '', ...fallback };
      fit.push({ type: EventType.Meta, data, timestamp });
    }
    fit.push(
      event.type === EventType.IncrementalSnapshot
        ? { ...event, data: { ...event.data }, timestamp }
        : { ...event, timestamp },
    );
  }
  return fit;
}

function startingTrail(event: eventWithTime): eventWithTime | null {
  if (event.type !== EventType.IncrementalSnapshot) return null;
  const { data } = event;
  if (data.source !== IncrementalSource.MouseMove || !Array.isArray(data.positions)) return null;
  const first = data.positions[0]?.timeOffset;
  if (first === undefined || !Number.isFinite(first)) return null;
  const positions = data.positions.map((p) => ({ ...p, timeOffset: p.timeOffset - first }));
  return { ...event, timestamp: event.timestamp + first, data: { ...data, positions } };
}

/** Epoch milliseconds of the first full snapshot; null when there is none. */
export function firstSnapshotAt(events: readonly eventWithTime[]): number | null {
  return events.find((event) => event.type === EventType.FullSnapshot)?.timestamp ?? null;
}

/** The fitted run from the first full snapshot on; empty when there is none. */
export function fromFirstSnapshot(
  events: readonly eventWithTime[],
  fallback: Size,
): eventWithTime[] {
  const fit = fitForReplay(events, fallback);
  const snapshot = fit.findIndex((event) => event.type === EventType.FullSnapshot);
  if (snapshot < 0) return [];
  const begins = fit[snapshot]?.timestamp ?? 0;
  return fit.slice(snapshot - 1).filter((event) => event.timestamp >= begins);
}
