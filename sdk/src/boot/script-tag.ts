import { initRetrospec, type RetrospecClient } from '../index';
import { isPrivacyLevel } from '../domain/recording/privacy-level';

interface RetrospecGlobals {
  /** The functions, for pages that start by script. */
  Retrospec?: { initRetrospec: typeof initRetrospec };
  /** The same under the product's own spelling. */
  RetroSpec?: { initRetrospec: typeof initRetrospec };
  /** The client of this page, when the tag carried `data-api-key`. */
  retrospec?: RetrospecClient;
}

/** The SDK lies at `<server>/sdk/…`; so the server is what stands before it. */
function serverOf(src: string): string {
  return src.replace(/\/sdk\/.*$/, '');
}

function optionsOf(script: HTMLScriptElement): Parameters<typeof initRetrospec>[0] | undefined {
  const data = script.dataset;
  if (!data.apiKey) return undefined;
  const selectors = ['private', 'blocked', 'ignored', 'unmasked'].flatMap((kind) => {
    const text = data[`${kind}Selectors`];
    return text ? [[`${kind}Selectors`, text.split(',').map((part) => part.trim())]] : [];
  });
  return {
    apiBaseUrl: data.apiBaseUrl ?? serverOf(script.src),
    apiKey: data.apiKey,
    site: data.site ?? location.hostname,
    autoStart: data.autoStart !== 'false',
    debug: data.debug === 'true',
    ...(isPrivacyLevel(data.privacyLevel) && { privacyLevel: data.privacyLevel }),
    ...(data.release && { release: data.release }),
    ...(data.environment && { environment: data.environment }),
    ...(data.userId && { userId: data.userId }),
    ...(Object.fromEntries(selectors) as object),
  };
}

function boot(): void {
  if (typeof document === 'undefined') return;
  const globals = globalThis as RetrospecGlobals;
  globals.Retrospec = globals.RetroSpec = { initRetrospec };
  const script = document.currentScript;
  const options = script instanceof HTMLScriptElement ? optionsOf(script) : undefined;
  if (options) globals.retrospec = initRetrospec(options);
}

boot();
