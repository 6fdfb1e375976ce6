import type { Marker, ServerError } from '../model/session';
import type { TimelineEvent } from '../model/timelineEvents';
import { KIND_WORDS } from '../controls/icons';
import { count, lasting, words } from '../format';
import { reducedWords } from '../replay/completeness';
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
    text: textOf(event),
    detail: event.kind === 'network' ? requestFacts(event.data) : null,
    data: event.data,
    nth: event.nth,
  };
}

export function isProblem(row: Row): boolean {
  return row.level === 'error';
}

/** What an entry of the timeline says, in words where its own text is a code and a number. */
export function textOf(event: TimelineEvent): string {
  const { name, value, rating, durationMs, reason, count: times } = fieldsOf(event.data);
  switch (event.kind) {
    case 'vital': {
      const figure = typeof value === 'number' ? vitalFigure(String(name), value) : '';
      return `${VITALS[String(name)] ?? String(name)} ${figure}, ${words(String(rating))}`;
    }
    case 'longtask':
      return `The page did not answer for ${lasting(Number(durationMs))}`;
    case 'span':
      return `${String(name)} took ${lasting(Number(durationMs))}`;
    case 'reduced':
      return `${reducedWords(String(reason))}: ${count(Number(times), 'event')}`;
    default:
      return event.text || words(event.kind);
  }
}

const VITALS: Readonly<Record<string, string>> = {
  LCP: 'Largest content shown (LCP)',
  FCP: 'First content shown (FCP)',
  CLS: 'Layout shift (CLS)',
  INP: 'Answer to input (INP)',
  TTFB: 'First byte (TTFB)',
};

/** Layout shift is a score, all others are times. */
function vitalFigure(name: string, value: number): string {
  return name === 'CLS' ? String(Math.round(value * 1000) / 1000) : lasting(value);
}

function fieldsOf(data: unknown): Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
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
    nth: 0,
  };
}

export function rowOfServerError({ ms, text, request, stack }: ServerError): Row {
  const detail = request || null;
  return { ms, kind: 'server', level: 'error', text, detail, data: { stack }, nth: 0 };
}

/** Status and duration, when the recording has them. */
function requestFacts(data: unknown): string | null {
  const { status, durationMs } = fieldsOf(data);
  const facts = [
    typeof status === 'number' ? (status === 0 ? 'no answer' : `status ${status}`) : null,
    typeof durationMs === 'number' ? lasting(durationMs) : null,
  ].filter((fact) => fact !== null);
  return facts.length > 0 ? facts.join(' · ') : null;
}
