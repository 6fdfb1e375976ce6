import { createUrlSeal } from '../browser/trusted-url';
import { SDK_VERSION } from '../version';
import type { LaterParts } from './lazy-recording';

declare const __RECORDER_INTEGRITY__: string;
declare const __EXTRAS_INTEGRITY__: string;

/** After so long a page is told of without a replay rather than not at all. */
const LOAD_TIMEOUT_MS = 20_000;

const seal = createUrlSeal('retrospec');

type Part = keyof LaterParts;
type Slots = Record<symbol, { version: string } | undefined>;

/** Where a file leaves its functions: a name that no page has by chance. */
const slotOf = (part: Part) => Symbol.for(`retrospec.${part}`);

/** For the core that has asked for this file, and nobody else. */
export function leaveInSlot<P extends Part>(part: P, code: Awaited<ReturnType<LaterParts[P]>>) {
  (globalThis as unknown as Slots)[slotOf(part)] = { version: SDK_VERSION, ...code };
}

/** `/sdk/retrospec.js` → `/sdk/retrospec-recorder.js`, whatever the file is called where it lies. */
function siblingOf(src: string, part: Part, integrity: string): string {
  const mark = encodeURIComponent(integrity.slice(-12));
  return src.replace(/(\.js)?([?#].*)?$/, `-${part}.js?v=${mark}`);
}

/**
 * What is loaded later, from files beside the core's own. What a policy of the page or the author of
 * the tag demands of the core holds for them as well: nonce, integrity, CORS.
 */
export function siblingLoader(script: HTMLScriptElement | undefined): LaterParts {
  const { src, nonce, integrity, crossOrigin } = script ?? {};
  const own = { ...script?.dataset };

  const load = <T>(part: Part, itsIntegrity: string): Promise<T> =>
    new Promise((resolve, reject) => {
      const address = own[`${part}Src`] ?? (src && siblingOf(src, part, itsIntegrity));
      if (!address) throw new Error('the core was not loaded by a script tag');
      const tag = document.createElement('script');
      const settle = () => {
        clearTimeout(timer);
        // It has done its work, and a recording of the page need not show it.
        tag.remove();
        const loaded = (globalThis as unknown as Slots)[slotOf(part)];
        if (loaded?.version === SDK_VERSION) resolve(loaded as T);
        else reject(new Error(`no ${part} of version ${SDK_VERSION} at ${address}`));
      };
      const timer = setTimeout(settle, LOAD_TIMEOUT_MS);
      tag.onload = tag.onerror = settle;
      tag.async = true;
      if (nonce) tag.nonce = nonce;
      if (crossOrigin !== null && crossOrigin !== undefined) tag.crossOrigin = crossOrigin;
      if (integrity) tag.integrity = itsIntegrity;
      tag.src = seal(address);
      (document.head ?? document.documentElement).append(tag);
    });

  return {
    recorder: () => load('recorder', __RECORDER_INTEGRITY__),
    extras: () => load('extras', __EXTRAS_INTEGRITY__),
  };
}
