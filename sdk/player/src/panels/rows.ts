import type { Marker, TimelineEvent } from '../model/session';
import { KIND_WORDS } from '../controls/icons';
import { lasting, words } from '../format';
import type { Row } from './eventList';

/** The last row at or before the time; -1 when all come later. Rows are in order of time. */
export function rowAt(rows: readonly { readonly ms: number }[], ms: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.ms ?? Infinity) <= ms + 1) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Every word of the filter must occur, in any order and any case. */
export function matches(row: Row, filter: string, problemsOnly: boolean): boolean {
  if (problemsOnly && row.level === 'info') return false;
  const text = `${row.text} ${row.detail ?? ''} ${row.level}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export function rowOf(event: TimelineEvent): Row {
  return {
    ms: event.ms,
    kind: event.kind,
    level: event.level,
    text: event.text || words(event.kind),
    detail: event.kind === 'network' ? requestFacts(event.data) : null,
    data: event.data,
  };
}

export function rowOfMarker(marker: Marker): Row {
  const kind = KIND_WORDS[marker.kind] ?? 'Error';
  const subkind = marker.subkind ? ` (${words(marker.subkind)})` : '';
  return {
    ms: marker.ms,
    kind: marker.kind,
    level: 'error',
    text: marker.label,
    detail: `${kind}${subkind}${marker.evidence ? `: ${marker.evidence}` : ''}`,
    data: null,
  };
}

/** Status and duration, when the recording has them. */
function requestFacts(data: unknown): string | null {
  if (typeof data !== 'object' || data === null) return null;
  const { status, durationMs } = data as { status?: unknown; durationMs?: unknown };
  const facts = [
    typeof status === 'number' ? (status === 0 ? 'no answer' : `status ${status}`) : null,
    typeof durationMs === 'number' ? lasting(durationMs) : null,
  ].filter((fact) => fact !== null);
  return facts.length > 0 ? facts.join(' · ') : null;
}
