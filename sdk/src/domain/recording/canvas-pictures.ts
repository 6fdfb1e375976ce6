import { startTextWorker } from '../../browser/text-worker';
import type { Guard } from '../../tools/guard';
import type { Undo } from '../../tools/undo';
import { CANVAS_WORKER, type Answer } from './canvas-worker';
import { EventType, IncrementalSource, type Attributes, type RecordedEvent } from './events';

const SAMPLE_EVERY_MS = 1_000;
/** Looked at in one round; with more canvases each has its turn less often. */
const CANVASES_PER_ROUND = 4;
/** A larger one is not read: reading it alone would cost the page tens of megabytes. */
const LARGEST_AREA = 4_096 * 4_096;
/** Of a picture; what is larger is scaled down to it. */
const PICTURE_AREA = 1_024 * 768;
/** Of one picture, as a `data:` address. */
const PICTURE_LENGTH = 64 * 1_024;
const LENGTH_PER_MINUTE = 2 * 1_024 * 1_024;
/** Of all pictures in one event: a larger one would be refused, and a page lose its picture. */
const LENGTH_PER_EVENT = 400 * 1_024;

interface Known {
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

export interface CanvasListener {
  /** Whether the project wants pictures of canvases, at this moment. */
  isOn(): boolean;
  isPrivate(canvas: Element): boolean;
  /** Whether there is time for it: the page and the recorder have nothing more urgent. */
  isCalm(): boolean;
  /** The number under which the canvas is recorded; below 1 while it has none. */
  idOf(canvas: Node): number;
  onEvent(event: RecordedEvent): void;
  /** A picture that is not told. */
  onReduced(count: number): void;
}

export interface CanvasPictures {
  /** Adds to recorded attributes what the canvas shows; `isWhole` when they are all it has. */
  dress(canvas: HTMLCanvasElement, attributes: Attributes, isWhole: boolean): void;
  /** What was dressed is told; what comes now belongs to another event. */
  nextEvent(): void;
  stop: Undo;
}

/** An empty picture as large as the canvas, so that it takes its place in the layout. */
function emptyBox({ width, height }: HTMLCanvasElement): string {
  return (
    'url("data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 ' +
    `width=%22${width}%22 height=%22${height}%22/%3E")`
  );
}

/**
 * Canvases as pictures. Where no script may run, browsers take a canvas for an inline element
 * without size, but its style may give it a picture as its content; so a replay needs nothing but
 * ordinary changes of an attribute.
 */
export function createCanvasPictures(guard: Guard, listener: CanvasListener): CanvasPictures {
  const known = new Map<HTMLCanvasElement, Known>();
  const asked = new Map<number, HTMLCanvasElement>();
  let worker: Worker | 'not_started' | 'refused' = 'not_started';
  let timer: ReturnType<typeof setInterval> | undefined;
  let lastId = 0;
  let minuteEndsAt = 0;
  let left = 0;
  let room = LENGTH_PER_EVENT;
  let stopped = false;

  function contentOf(canvas: HTMLCanvasElement): string {
    const mayShow = listener.isOn() && !listener.isPrivate(canvas);
    return (mayShow && known.get(canvas)?.content) || emptyBox(canvas);
  }

  /** The same within an event that may hold many of them. */
  function contentWithin(canvas: HTMLCanvasElement): string {
    const content = contentOf(canvas);
    const state = known.get(canvas);
    const isOwed = content.length > room;
    if (state) state.isOwed = isOwed;
    if (isOwed) return emptyBox(canvas);
    room -= content.length;
    return content;
  }

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
      worker = startTextWorker(CANVAS_WORKER);
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
    listener.onReduced(known.size);
    clearInterval(timer);
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

  // In a frame, and after the page's own turn in it: what WebGL draws lasts no longer.
  const onTick = guard(() => {
    for (const canvas of [...known.keys()]) {
      if (listener.idOf(canvas) < 1 || !canvas.isConnected) known.delete(canvas);
    }
    if (known.size > 0 && listener.isOn() && !document.hidden) requestAnimationFrame(guard(sample));
  });

  return {
    dress(canvas, attributes, isWhole) {
      if (!known.has(canvas)) known.set(canvas, {});
      timer ??= setInterval(onTick, SAMPLE_EVERY_MS);
      const { style } = attributes;
      if (isWhole || style === null || typeof style === 'string') {
        attributes.style = `${typeof style === 'string' ? `${style};` : ''}content:${contentWithin(canvas)}`;
      } else if (('width' in attributes || 'height' in attributes) && !known.get(canvas)?.content) {
        attributes.style = { ...(style as object), content: emptyBox(canvas) };
      }
    },
    nextEvent() {
      room = LENGTH_PER_EVENT;
    },
    stop() {
      stopped = true;
      clearInterval(timer);
      if (typeof worker === 'object') worker.terminate();
      known.clear();
    },
  };
}
