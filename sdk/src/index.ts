import type { RetrospecClient } from './boot/client';
import { createInit } from './boot/init';
import type { RetrospecOptions } from './boot/options';

export type { CustomEvent, RetrospecClient, StopOptions } from './boot/client';
export type { RetrospecOptions } from './boot/options';
export type { PrivacyLevel } from './domain/recording/privacy-level';

const init = /* @__PURE__ */ createInit(() => import('./boot/recording'));

/**
 * Starts recording this page. On a server, or when an option is missing, the client does nothing.
 * A second call for the same site answers the client of the first. Never throws.
 */
export function initRetrospec(options: RetrospecOptions): RetrospecClient {
  return init(options);
}
