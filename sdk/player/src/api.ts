import type { eventWithTime } from '@rrweb/types';
import type { WireManifest, WireNote, WireTimelineEvent } from './model/wire';

/** Why something could not be read, in words a reader of the player understands. */
export interface ReadFailure {
  readonly kind: 'signedOut' | 'forbidden' | 'missing' | 'gone' | 'unreachable' | 'broken';
  readonly message: string;
  /** Asking again may help. */
  readonly retryable: boolean;
}

export type Read<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: ReadFailure };

/** A chunk's events, and how long their JSON was: a measure of the memory that they take. */
export interface ChunkEvents {
  readonly events: eventWithTime[];
  readonly chars: number;
}

export interface NumberedChunk {
  readonly seq: number;
  readonly events: eventWithTime[];
}

/** A request without an answer is given up after this time, so that nobody waits for ever. */
const TIMEOUT_MS = 15_000;

interface ReadOptions {
  readonly method?: string;
  readonly body?: string;
  /** Hears how many characters the answer has. */
  readonly onLength?: (chars: number) => void;
}

/** One session's endpoints, asked with the dashboard's cookie. */
export class SessionApi {
  constructor(
    readonly sessionId: string,
    readonly projectId: string,
    private readonly request: typeof fetch = (input, init) => fetch(input, init),
  ) {}

  manifest(): Promise<Read<WireManifest>> {
    return this.read('manifest', {}, isManifest);
  }

  async chunk(seq: number): Promise<Read<ChunkEvents>> {
    let chars = 0;
    const read = await this.read(`chunks/${seq}`, {}, isEvents, {
      onLength: (length) => (chars = length),
    });
    return read.ok ? { ok: true, value: { events: read.value, chars } } : read;
  }

  /** The chunks from one number to another, as many as the server likes to give at once. */
  async chunks(
    from: number,
    to: number,
  ): Promise<Read<{ readonly chunks: readonly NumberedChunk[]; readonly chars: number }>> {
    let chars = 0;
    const query = { from: String(from), to: String(to) };
    const read = await this.read('chunks', query, areChunks, {
      onLength: (length) => (chars = length),
    });
    return read.ok ? { ok: true, value: { chunks: read.value, chars } } : read;
  }

  async timeline(kinds: readonly string[]): Promise<Read<readonly WireTimelineEvent[]>> {
    const read = await this.read('timeline', { kind: kinds.join(',') }, isTimeline);
    return read.ok ? { ok: true, value: read.value.events } : read;
  }

  /** Writes a note at a moment of the session. */
  async addNote(atMs: number, text: string): Promise<Read<WireNote>> {
    const body = JSON.stringify({ atMs: Math.round(atMs), text });
    const read = await this.read('notes', {}, isNote, { method: 'POST', body });
    return read.ok ? { ok: true, value: read.value.note } : read;
  }

  async removeNote(id: string): Promise<Read<null>> {
    return this.read(`notes/${encodeURIComponent(id)}`, {}, isNothing, { method: 'DELETE' });
  }

  private async read<T>(
    path: string,
    query: Record<string, string>,
    accepts: (value: unknown) => value is T,
    { onLength, ...init }: ReadOptions = {},
  ): Promise<Read<T>> {
    const search = new URLSearchParams({ project: this.projectId, ...query });
    const url = `/v1/sessions/${encodeURIComponent(this.sessionId)}/${path}?${search}`;
    try {
      const response = await this.request(url, {
        credentials: 'same-origin',
        headers: {
          Accept: 'application/json',
          ...(init.body !== undefined && { 'Content-Type': 'application/json' }),
        },
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...init,
      });
      if (!response.ok) return { ok: false, failure: failureOf(response.status) };
      const text = await response.text();
      onLength?.(text.length);
      const value: unknown = text === '' ? null : JSON.parse(text);
      return accepts(value)
        ? { ok: true, value }
        : { ok: false, failure: broken('The answer of the server could not be read.') };
    } catch (error) {
      if (error instanceof SyntaxError) {
        return { ok: false, failure: broken('The recorded data is damaged.') };
      }
      return {
        ok: false,
        failure: {
          kind: 'unreachable',
          message: 'The server could not be reached.',
          retryable: true,
        },
      };
    }
  }
}

export function failureOf(status: number): ReadFailure {
  switch (status) {
    case 401:
      return { kind: 'signedOut', message: 'You have been signed out.', retryable: true };
    case 403:
      return {
        kind: 'forbidden',
        message: 'You may not see this session.',
        retryable: false,
      };
    case 404:
      return { kind: 'missing', message: 'It was never received.', retryable: true };
    case 410:
      return {
        kind: 'gone',
        message: 'It was deleted: its retention time ended, or it was erased on request.',
        retryable: false,
      };
    default:
      return {
        kind: 'unreachable',
        message: `The server could not deliver it (status ${status}).`,
        retryable: true,
      };
  }
}

function broken(message: string): ReadFailure {
  return { kind: 'broken', message, retryable: true };
}

function isNote(value: unknown): value is { note: WireNote } {
  return isObject(value) && isObject(value['note']) && typeof value['note']['id'] === 'string';
}

function isNothing(value: unknown): value is null {
  return value === null;
}

function isManifest(value: unknown): value is WireManifest {
  return isObject(value) && typeof value['startedAt'] === 'string';
}

function isEvents(value: unknown): value is eventWithTime[] {
  return (
    Array.isArray(value) &&
    value.every((event) => isObject(event) && typeof event['timestamp'] === 'number')
  );
}

function areChunks(value: unknown): value is NumberedChunk[] {
  return (
    Array.isArray(value) &&
    value.every(
      (chunk) => isObject(chunk) && typeof chunk['seq'] === 'number' && isEvents(chunk['events']),
    )
  );
}

function isTimeline(value: unknown): value is { events: readonly WireTimelineEvent[] } {
  return isObject(value) && Array.isArray(value['events']);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
