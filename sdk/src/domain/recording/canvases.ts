import { startTextWorker } from '../../browser/text-worker';
import type { Guard } from '../../tools/guard';
import type { Undo } from '../../tools/undo';
import type { CanvasPictures, createCanvasPictures, Known } from './canvas-pictures';
import type { Attributes, RecordedEvent } from './events';

const LOOK_EVERY_MS = 1_000;
/** Of all pictures in one event: a larger one would be refused, and a page lose its picture. */
const LENGTH_PER_EVENT = 400 * 1_024;

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
  /** What takes the pictures: few projects want any. */
  load(): Promise<{ createCanvasPictures: typeof createCanvasPictures }>;
}

export interface Canvases {
  /** Adds to recorded attributes what the canvas shows; `isWhole` when they are all it has. */
  dress(canvas: HTMLCanvasElement, attributes: Attributes, isWhole: boolean): void;
  /** What was dressed is told; what comes now belongs to another event. */
  nextEvent(): void;
  stop: Undo;
}

/** An empty picture as large as the canvas, so that it takes its place in the layout. */
export function emptyBox({ width, height }: HTMLCanvasElement): string {
  return (
    'url("data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 ' +
    `width=%22${width}%22 height=%22${height}%22/%3E")`
  );
}

/**
 * Canvases as pictures. Where no script may run, browsers take a canvas for an inline element
 * without size, but its style may give it a picture as its content; so a replay needs nothing but
 * ordinary changes of an attribute. The picture is an empty one until the project wants more.
 */
export function createCanvases(guard: Guard, listener: CanvasListener): Canvases {
  const known = new Map<HTMLCanvasElement, Known>();
  let pictures: Promise<CanvasPictures> | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;
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

  function refuse(): void {
    listener.onReduced(known.size);
    clearInterval(timer);
  }

  // The worker's policy of trusted types is this file's: a second file could not have it, too.
  const own = { known, contentOf, refuse, startWorker: startTextWorker };

  const onTick = guard(() => {
    for (const canvas of [...known.keys()]) {
      if (listener.idOf(canvas) < 1 || !canvas.isConnected) known.delete(canvas);
    }
    if (known.size === 0 || !listener.isOn() || document.hidden) return;
    pictures ??= listener
      .load()
      .then((code) => code.createCanvasPictures(guard, { ...listener, ...own }));
    pictures.then(
      // In a frame, and after the page's own turn in it: what WebGL draws lasts no longer.
      ({ sample }) => requestAnimationFrame(guard(() => stopped || sample())),
      guard(() => stopped || refuse()),
    );
  });

  return {
    dress(canvas, attributes, isWhole) {
      if (!known.has(canvas)) known.set(canvas, {});
      timer ??= setInterval(onTick, LOOK_EVERY_MS);
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
      pictures?.then(
        (it) => it.stop(),
        () => undefined,
      );
      known.clear();
    },
  };
}
