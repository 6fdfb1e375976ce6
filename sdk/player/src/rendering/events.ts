import { EventType, type eventWithTime, IncrementalSource } from '@rrweb/types';

const MOVES: readonly number[] = [
  IncrementalSource.MouseMove,
  IncrementalSource.TouchMove,
  IncrementalSource.Drag,
];

/** rrweb's mouse interactions that are a press: click and touch start. */
const PRESSES: readonly number[] = [2, 7];

export interface Press {
  readonly timestamp: number;
  readonly x: number;
  readonly y: number;
}

interface Trail {
  source: number;
  positions: { x: number; y: number; id: number; timeOffset: number }[];
}

/**
 * In order of time, and with each point of a pointer's trail an event of its own: a trail is
 * recorded twice a second, and who stands still at every tenth of one would see it leap.
 */
export function stepwise(events: readonly eventWithTime[]): eventWithTime[] {
  return events
    .flatMap((event) => pointsOf(event))
    .map((event, index) => ({ event, index }))
    .sort((a, b) => a.event.timestamp - b.event.timestamp || a.index - b.index)
    .map(({ event }) => event);
}

function pointsOf(event: eventWithTime): eventWithTime[] {
  if (event.type !== EventType.IncrementalSnapshot) return [event];
  const trail = event.data as unknown as Trail;
  if (!MOVES.includes(trail.source) || !Array.isArray(trail.positions)) return [event];
  return trail.positions
    .filter(({ timeOffset }) => Number.isFinite(timeOffset))
    .map((point) => {
      const data = { ...event.data, positions: [{ ...point, timeOffset: 0 }] };
      const moved = { ...event, data, timestamp: event.timestamp + point.timeOffset };
      return moved;
    });
}

/** Where the visitor pressed, in the page's own pixels. */
export function presses(events: readonly eventWithTime[]): Press[] {
  return events.flatMap((event) => {
    const data = event.data as { source?: number; type?: number; x?: number; y?: number };
    const isPress =
      event.type === EventType.IncrementalSnapshot &&
      data.source === IncrementalSource.MouseInteraction &&
      PRESSES.includes(data.type ?? -1);
    return isPress && Number.isFinite(data.x) && Number.isFinite(data.y)
      ? [{ timestamp: event.timestamp, x: data.x ?? 0, y: data.y ?? 0 }]
      : [];
  });
}

/** Whether an event can change the picture. */
export function isSeen(event: eventWithTime): boolean {
  return (
    event.type === EventType.FullSnapshot ||
    event.type === EventType.Meta ||
    event.type === EventType.IncrementalSnapshot
  );
}
