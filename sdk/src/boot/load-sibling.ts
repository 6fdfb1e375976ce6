import { createUrlSeal } from '../browser/trusted-url';
import { SDK_VERSION } from '../version';
import type { LoadRecorder, RecorderModule } from './lazy-recording';

declare const __RECORDER_INTEGRITY__: string;

/** After so long a page is told of without a replay rather than not at all. */
const LOAD_TIMEOUT_MS = 20_000;

const seal = createUrlSeal('retrospec');

/** Where the recorder's file leaves its functions: a name that no page has by chance. */
export const RECORDER_SLOT = Symbol.for('retrospec.recorder');
export type RecorderSlot = { [RECORDER_SLOT]?: RecorderModule & { version: string } };

/** `/sdk/retrospec.js` → `/sdk/retrospec-recorder.js`, whatever the file is called where it lies. */
function siblingOf(src: string): string {
  const mark = encodeURIComponent(__RECORDER_INTEGRITY__.slice(-12));
  return src.replace(/(\.js)?([?#].*)?$/, `-recorder.js?v=${mark}`);
}

/**
 * The recorder from the file beside the core's own. What a policy of the page or the author of the
 * tag demands of the core holds for it as well: nonce, integrity, CORS.
 */
export function siblingLoader(script: HTMLScriptElement | undefined): LoadRecorder {
  const { src, nonce, integrity, crossOrigin } = script ?? {};
  const recorderSrc = script?.dataset.recorderSrc;

  return () =>
    new Promise((resolve, reject) => {
      const address = recorderSrc ?? (src && siblingOf(src));
      if (!address) throw new Error('the core was not loaded by a script tag');
      const tag = document.createElement('script');
      const settle = () => {
        clearTimeout(timer);
        // It has done its work, and a recording of the page need not show it.
        tag.remove();
        const loaded = (globalThis as RecorderSlot)[RECORDER_SLOT];
        if (loaded?.version === SDK_VERSION) resolve(loaded);
        else reject(new Error(`no recorder of version ${SDK_VERSION} at ${address}`));
      };
      const timer = setTimeout(settle, LOAD_TIMEOUT_MS);
      tag.onload = tag.onerror = settle;
      tag.async = true;
      if (nonce) tag.nonce = nonce;
      if (crossOrigin !== null && crossOrigin !== undefined) tag.crossOrigin = crossOrigin;
      if (integrity) tag.integrity = __RECORDER_INTEGRITY__;
      tag.src = seal(address);
      (document.head ?? document.documentElement).append(tag);
    });
}
