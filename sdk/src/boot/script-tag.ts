import type { RetrospecClient } from './client';
import { createInit } from './init';
import { siblingLoader } from './load-sibling';
import type { RetrospecOptions } from './options';
import { isPrivacyLevel } from '../domain/recording/privacy-level';

type Init = (options: RetrospecOptions) => RetrospecClient;

interface RetrospecGlobals {
  /** The functions, for pages that start by script. */
  Retrospec?: { initRetrospec: Init };
  /** The same under the product's own spelling. */
  RetroSpec?: { initRetrospec: Init };
  /** The client of this page, when the tag carried `data-api-key`. */
  retrospec?: RetrospecClient;
}

/** The SDK lies at `<server>/sdk/…`; so the server is what stands before it. */
function serverOf(src: string): string {
  return src.replace(/\/sdk\/.*$/, '');
}

function optionsOf(script: HTMLScriptElement): RetrospecOptions | undefined {
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
    ...(data.assets === 'false' && { capture: { assets: false } }),
    respectDoNotTrack: data.respectDoNotTrack === 'true',
    respectGlobalPrivacyControl: data.respectGlobalPrivacyControl === 'true',
    ...(data.frames && { frames: data.frames.split(',').map((part) => part.trim()) }),
    ...(data.path && { path: data.path }),
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
  const current = document.currentScript;
  const script = current instanceof HTMLScriptElement ? current : undefined;
  const initRetrospec = createInit(siblingLoader(script));
  globals.Retrospec = globals.RetroSpec = { initRetrospec };
  const options = script && optionsOf(script);
  if (options) globals.retrospec = initRetrospec(options);
}

boot();
