import { listen } from '../browser/listen';
import type { Guard } from '../tools/guard';
import { undoAll, type Undo } from '../tools/undo';
import type { PageAround } from './relay';

const AGAIN_MS = [250, 500, 1_000, 2_000, 5_000];

/** Knocks at the page around until it opens (`joined-frames.ts`), and again when it has closed. */
export function knockAt(around: PageAround, guard: Guard, takePicture: () => void): Undo {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function leave(): void {
    clearTimeout(timer);
    around.port?.close();
    around.port = undefined;
  }

  function knock(round = 0): void {
    leave();
    // Only a page of that origin gets it, and it tells nothing but that somebody knocks.
    window.parent.postMessage({ retrospec: 'join' }, around.origin);
    timer = setTimeout(() => knock(round + 1), AGAIN_MS[round] ?? 5_000);
  }

  function onAnswer(event: MessageEvent<{ retrospec?: unknown } | null>): void {
    const [port] = event.ports;
    if (event.source !== window.parent || event.origin !== around.origin) return;
    if (event.data?.retrospec !== 'joined' || !port) return;
    leave();
    around.port = port;
    port.onmessage = guard(({ data }: MessageEvent) =>
      data === 'picture' ? takePicture() : knock(),
    );
    takePicture();
  }

  knock();
  return undoAll([leave, listen(window, 'message', guard(onAnswer))]);
}
