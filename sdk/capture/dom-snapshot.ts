// Bundled by scripts/capture.mjs for the browser that takes snapshots of pages: what the
// recorder would send if it began now, without a recorder in the page.
import { createMirror, snapshot } from 'rrweb-snapshot';

const META = 4;
const FULL_SNAPSHOT = 2;

/** The document as rrweb's two first events; no input tells its value. */
export function take(): string {
  const node = snapshot(document, {
    mirror: createMirror(),
    blockClass: 'rs-block',
    blockSelector: '[data-block]',
    // By tag name: only that reaches hidden inputs.
    maskAllInputs: { input: true, textarea: true, select: true } as Record<string, boolean>,
    maskInputFn: (text) => text.replace(/\S/g, '*'),
    slimDOM: 'all',
    inlineStylesheet: true,
    recordCanvas: false,
  });
  const timestamp = Date.now();
  return JSON.stringify([
    {
      type: META,
      data: { href: location.href, width: innerWidth, height: innerHeight },
      timestamp,
    },
    {
      type: FULL_SNAPSHOT,
      data: { node, initialOffset: { left: scrollX, top: scrollY } },
      timestamp,
    },
  ]);
}
