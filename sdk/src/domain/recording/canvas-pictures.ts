import type { Guard } from '../../tools/guard';
import type { Undo } from '../../tools/undo';
import { CANVAS_WORKER, type Answer } from './canvas-worker';
import { emptyBox, type CanvasListener } from './canvases';
import { EventType, IncrementalSource } from './events';

/** Looked at in one round; with more canvases each has its turn less often. */
const CANVASES_PER_ROUND = 4;
/** A larger one is not read: reading it alone would cost the page tens of megabytes. */
const LARGEST_AREA = 4_096 * 4_096;
/** Of a picture; what is larger is scaled down to it. */
const PICTURE_AREA = 1_024 * 768;
/** Of one picture, as a `data:` address. */
const PICTURE_LENGTH = 64 * 1_024;
const LENGTH_PER_MINUTE = 2 * 1_024 * 1_024;

export interface Known {
  /** What stands for the canvas in its recorded style; absent as long as it has shown nothing. */
  content?: string;
  told?: number;
  /** A picture that was not told and is counted. */
  missed?: number;
  isAsked?: boolean;
  /** There was no room for it in an event; it is told by itself, in its turn. */
  isOwed?: boolean;
  isUnreadable?: boolean;
}

export interface CanvasHost extends CanvasListener {
  known: Map<HTMLCanvasElement, Known>;
  contentOf(canvas: HTMLCanvasElement): string;
  startWorker(source: string): Worker;
  /** No picture can be taken, of none of them. */
  refuse(): void;
}

export interface CanvasPictures {
  /** Looks at the canvases whose turn it is. To be called in a frame. */
  sample(): void;
  stop: Undo;
}

/** Reads what canvases show, compares and encodes it in a worker, and tells what has changed. */
export function createCanvasPictures(guard: Guard, listener: CanvasHost): CanvasPictures {
  const { known, contentOf } = listener;
  const asked = new Map<number, HTMLCanvasElement>();
  let worker: Worker | 'not_started' | 'refused' = 'not_started';
  let lastId = 0;
  let minuteEndsAt = 0;
  let left = 0;
  let stopped = false;

  function tell(canvas: HTMLCanvasElement, state: Known): void {
    const id = listener.idOf(canvas);
    if (id < 1) return;
    state.isOwed = false;
    const style = { content: contentOf(canvas) };
    const data = {
      source: IncrementalSource.Mutation,
      texts: [],
      attributes: [{ id, attributes: { style } }],
      removes: [],
      adds: [],
    };
    listener.onEvent({ type: EventType.IncrementalSnapshot, data, timestamp: Date.now() });
  }

  function miss(state: Known, hash: number): void {
    if (state.missed !== hash) listener.onReduced(1);
    state.missed = hash;
  }

  function onAnswer({ id, hash, scale = 1, isBlank, url }: Answer): void {
    const canvas = asked.get(id);
    const state = canvas && known.get(canvas);
    asked.delete(id);
    if (!canvas || !state) return;
    state.isAsked = false;
    if (hash === undefined || hash === state.told || listener.isPrivate(canvas)) return;
    if (isBlank) {
      // What WebGL has drawn is gone when it was shown; only of a 2D canvas it is the truth.
      if (!state.content || !canvas.getContext('2d')) return;
      state.content = emptyBox(canvas);
    } else if (url) {
      left -= url.length;
      state.content = `image-set(url("${url}") ${scale}x)`;
    } else {
      miss(state, hash);
      return;
    }
    state.told = hash;
    tell(canvas, state);
  }

  function start(): void {
    try {
      worker = listener.startWorker(CANVAS_WORKER);
      worker.onmessage = guard(({ data }: MessageEvent<Answer>) => onAnswer(data));
      worker.onerror = guard((event: ErrorEvent) => {
        event.preventDefault();
        refuse();
      });
    } catch {
      refuse();
    }
  }

  /** Nothing may be read without a worker: on the page's thread it would hold the page up. */
  function refuse(): void {
    if (typeof worker === 'object') worker.terminate();
    worker = 'refused';
    listener.refuse();
  }

  async function look(canvas: HTMLCanvasElement, state: Known): Promise<void> {
    const { width, height } = canvas;
    if (width * height === 0 || width * height > LARGEST_AREA) return;
    state.isAsked = true;
    try {
      const bitmap = await createImageBitmap(canvas);
      if (typeof worker !== 'object') return;
      const most = Math.min(left, PICTURE_LENGTH);
      const id = ++lastId;
      worker.postMessage({ id, bitmap, told: state.told, area: PICTURE_AREA, most }, [bitmap]);
      asked.set(id, canvas);
    } catch (error) {
      state.isAsked = false;
      // A picture of another site was drawn on it, and nobody may read it any more.
      if ((error as Error).name !== 'DataCloneError') return;
      state.isUnreadable = true;
      listener.onReduced(1);
    }
  }

  /** What a whole picture had no room for. */
  function repeat(canvas: HTMLCanvasElement, state: Known): void {
    const { length } = state.content ?? '';
    if (length > left) return;
    left -= length;
    tell(canvas, state);
  }

  function sample(): void {
    if (stopped) return;
    if (worker === 'not_started') start();
    if (Date.now() >= minuteEndsAt) {
      minuteEndsAt = Date.now() + 60_000;
      left = LENGTH_PER_MINUTE;
    }
    let round = CANVASES_PER_ROUND;
    for (const [canvas, state] of [...known]) {
      if (round > 0 && !state.isAsked && !state.isUnreadable && !listener.isPrivate(canvas)) {
        round--;
        // To the end of the line.
        known.delete(canvas);
        known.set(canvas, state);
        if (state.isOwed) repeat(canvas, state);
        else if (listener.isCalm()) void look(canvas, state);
        else listener.onReduced(1);
      }
    }
  }

  return {
    sample,
    stop() {
      stopped = true;
      if (typeof worker === 'object') worker.terminate();
    },
  };
}
