import { EventType } from '@rrweb/types';
import type { RecordedSession } from '../model/session';
import type { ChunkLoader } from './chunkLoader';

/** Times are cut to whole milliseconds on their way through the list. */
const NEAR_MS = 1;

/** The list cuts long values; what begins alike is the same. */
const COMPARED_CHARS = 500;

/** What the list knows of an entry. */
export interface Listed {
  readonly ms: number;
  readonly kind: string;
  readonly text: string;
  readonly data: unknown;
  /** How many entries that look the same stand before it. */
  readonly nth: number;
}

/**
 * Finds what was recorded with an entry of the list. The list holds enough to be searched; headers,
 * bodies and long values stand in the recording alone.
 */
export class Payloads {
  constructor(
    private readonly session: RecordedSession,
    private readonly loader: ChunkLoader,
  ) {}

  /** The payload of the event that the entry was made of; null when it is not there. */
  async find(entry: Listed): Promise<unknown> {
    const { ms } = entry;
    const alike: unknown[] = [];
    for (const track of this.session.tracks) {
      for (const chunk of track.chunks) {
        if (chunk.from > ms + NEAR_MS || chunk.to < ms - NEAR_MS) continue;
        const read = await this.loader.load(chunk);
        if (!read.ok) continue;
        for (const event of read.value.events) {
          const distance = Math.abs(event.timestamp - this.session.startedAt - ms);
          if (event.type !== EventType.Custom || distance > NEAR_MS) continue;
          if (event.data.tag === `rs.${entry.kind}` && isOf(event.data.payload, entry)) {
            alike.push(event.data.payload);
          }
        }
      }
    }
    const same = alike.filter((payload) => saysSo(payload, entry.text));
    const found = same.length > 0 ? same : alike;
    return found[entry.nth] ?? found[0] ?? null;
  }
}

/** Whether a line that was logged reads so in the list; nothing else has a text of its own. */
function saysSo(payload: unknown, text: string): boolean {
  const args = fieldsOf(payload)['args'];
  return !Array.isArray(args) || sameStart(args.map(String).map(unquoted).join(' '), text);
}

/** No field that the list knows has another value. */
function isOf(payload: unknown, { data }: Listed): boolean {
  const recorded = fieldsOf(payload);
  return Object.entries(fieldsOf(data)).every(
    ([name, known]) => !(name in recorded) || sameStart(String(recorded[name]), String(known)),
  );
}

function sameStart(one: string, other: string): boolean {
  return one.slice(0, COMPARED_CHARS) === other.slice(0, COMPARED_CHARS);
}

/** The list shows a logged text without the quotes that JSON gave it. */
function unquoted(arg: string): string {
  return /^".*"$/s.test(arg) ? arg.slice(1, -1) : arg;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
