import type { Guard } from '../tools/guard';
import type { RecordingCounts } from './recording';
import type { Timeline } from './timeline';

/** The page around this document, as far as it has opened: see `knock.ts`. */
export interface PageAround {
  readonly origin: string;
  /** Absent until it has opened, and again when it has closed. */
  port?: MessagePort | undefined;
}

/** Somebody who works in the frame is there; so often the page around hears of it. */
const LIFE_EVERY_MS = 5_000;

/** In place of a session of its own: what a frame sees goes to the page around it. */
export interface Relay {
  around: PageAround;
  timeline: Timeline;
  counts: RecordingCounts;
  /** Somebody is there, in this document: only the page around decides when nobody is. */
  onLife(nowMs: number): void;
}

/** The origin of the page around, if this document may join its recording. */
function originToJoin(frames: readonly string[]): string | undefined {
  if (window.parent === window) return undefined;
  // Where the browser does not tell it, the document was opened from there.
  const around = location.ancestorOrigins?.[0] ?? /^\w+:\/\/[^/]+/.exec(document.referrer)?.[0];
  return frames.find((it) => it === around && it !== location.origin);
}

/**
 * Absent where this document is no frame of a page that it lists.
 *
 * @param isOpen whether anything may leave this document, by its own rules
 */
export function joinPageAround(
  frames: readonly string[],
  guard: Guard,
  isOpen: () => boolean,
  catchUp: () => void,
): Relay | undefined {
  const origin = originToJoin(frames);
  if (origin === undefined) return undefined;
  const around: PageAround = { origin };
  const send = (message: Record<string, unknown>): void => {
    if (isOpen()) around.port?.postMessage(JSON.stringify(message));
  };
  let toldLifeMs = 0;
  const counter = (of: string) => (count: number) => send({ of, count });
  return {
    around,
    onLife(nowMs) {
      if (!isOpen() || nowMs - toldLifeMs < LIFE_EVERY_MS) return;
      toldLifeMs = nowMs;
      // To the page itself: when nobody seemed to be there, it has closed its port.
      window.parent.postMessage({ retrospec: 'life' }, origin);
    },
    timeline: {
      add: (event) => send({ event }),
      addCustom: (tag, payload) => send({ tag, payload }),
      addSighting(sighting) {
        queueMicrotask(
          guard(() => {
            catchUp();
            send({ sighting });
          }),
        );
      },
    },
    counts: {
      countMasked: counter('countMasked'),
      countMaskable: counter('countMaskable'),
      countReduced: (reason, count) => send({ of: 'countReduced', count, reason }),
      countAssetMissing: () => undefined,
      // Pictures and fonts belong to sessions, and here is none.
      isHolding: () => true,
    },
  };
}
