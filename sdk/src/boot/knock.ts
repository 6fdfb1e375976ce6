import { listen } from '../browser/listen';
import { FRAME_PROTOCOL, type FrameWord } from '../domain/recording/joined-frames';
import type { Guard } from '../tools/guard';
import { undoAll, type Undo } from '../tools/undo';
import type { PageAround } from './relay';

const AGAIN_MS = [250, 500, 1_000, 2_000, 5_000];

/** Knocks at the page around until it opens (`joined-frames.ts`), and again when it has closed. */
export function knockAt(around: PageAround, guard: Guard, takePicture: () => void): Undo {
  /** One for each knock: only the last one is answered, and only once. */
  let last = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function leave(): void {
    clearTimeout(timer);
    around.port?.close();
    around.port = undefined;
  }

  function knock(round = 0): void {
    leave();
    // Only a page of that origin gets it, and it tells nothing but that somebody knocks.
    const word: FrameWord = { retrospec: 'join', version: FRAME_PROTOCOL, knock: ++last };
    window.parent.postMessage(word, around.origin);
    timer = setTimeout(() => knock(round + 1), AGAIN_MS[round] ?? 5_000);
  }

  function onAnswer(event: MessageEvent<FrameWord | null>): void {
    const [port] = event.ports;
    if (event.source !== window.parent || event.origin !== around.origin) return;
    if (event.data?.retrospec !== 'joined' || !port || around.port) return;
    if (event.data.version !== FRAME_PROTOCOL || event.data.knock !== last) return;
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
