import { EventType } from '@rrweb/types';
import type { RecordedSession } from '../model/session';
import type { ChunkLoader } from './chunkLoader';

/** Times are cut to whole milliseconds on their way through the list. */
const NEAR_MS = 1;

/**
 * Finds what was recorded with an entry of the list. The list holds enough to be searched; headers,
 * bodies and long values stand in the recording alone.
 */
export class Payloads {
  constructor(
    private readonly session: RecordedSession,
    private readonly loader: ChunkLoader,
  ) {}

  /** The payload of the event with this kind and time; null when it is not there. */
  async find(kind: string, ms: number, isIt: (payload: unknown) => boolean): Promise<unknown> {
    const tag = `rs.${kind}`;
    for (const track of this.session.tracks) {
      for (const chunk of track.chunks) {
        if (chunk.from > ms + NEAR_MS || chunk.to < ms - NEAR_MS) continue;
        const read = await this.loader.load(chunk);
        if (!read.ok) continue;
        for (const event of read.value.events) {
          const distance = Math.abs(event.timestamp - this.session.startedAt - ms);
          if (event.type !== EventType.Custom || distance > NEAR_MS) continue;
          if (event.data.tag === tag && isIt(event.data.payload)) return event.data.payload;
        }
      }
    }
    return null;
  }
}
