import type { WireTimelineEvent } from './wire';

/** An entry of what can be listed beside the replay. */
export interface TimelineEvent {
  readonly ms: number;
  readonly kind: string;
  readonly level: 'error' | 'warn' | 'info';
  readonly text: string;
  readonly data: unknown;
  /** How many entries of the same moment that look the same stand before it. */
  readonly nth: number;
}

export function toTimelineEvents(
  events: readonly WireTimelineEvent[],
  startedAt: number,
): TimelineEvent[] {
  const alike = new Map<string, number>();
  const before = (event: WireTimelineEvent): number => {
    const key = JSON.stringify([event.at, event.kind, event.text, event.data]);
    const nth = alike.get(key) ?? 0;
    alike.set(key, nth + 1);
    return nth;
  };
  return events
    .map((event) => ({
      ms: Math.max(0, Date.parse(event.at) - startedAt),
      kind: event.kind,
      level: levelOf(event),
      text: event.text ?? '',
      data: event.data ?? null,
      nth: before(event),
    }))
    .sort((a, b) => a.ms - b.ms);
}

/** A task longer than this is felt as a hang. */
const SLOW_TASK_MS = 200;

/** What is not well with the page is a warning; vitals and tasks have no level of their own. */
function levelOf(event: WireTimelineEvent): TimelineEvent['level'] {
  const { rating, durationMs, status, outcome } = (event.data ?? {}) as Record<string, unknown>;
  switch (event.kind) {
    case 'vital':
      return rating === 'poor' ? 'warn' : 'info';
    case 'longtask':
      return typeof durationMs === 'number' && durationMs >= SLOW_TASK_MS ? 'warn' : 'info';
    case 'reduced':
      return 'warn';
    case 'network':
      return failed(status, outcome) ? 'error' : toLevel(event.level);
    default:
      return toLevel(event.level);
  }
}

/** A request that the page itself gave up is no failure. */
function failed(status: unknown, outcome: unknown): boolean {
  return typeof status === 'number' && (status >= 400 || (status === 0 && outcome !== 'aborted'));
}

function toLevel(level: string | null | undefined): TimelineEvent['level'] {
  switch (level?.toLowerCase()) {
    case 'error':
    case 'assert':
    case 'fatal':
      return 'error';
    case 'warn':
    case 'warning':
      return 'warn';
    default:
      return 'info';
  }
}
