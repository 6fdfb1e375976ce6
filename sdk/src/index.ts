import { createBrowserClient } from './boot/browser-client';
import { createInertClient, type RetrospecClient } from './boot/client';
import { readOptions, type RetrospecOptions } from './boot/options';

export type { CustomEvent, RetrospecClient, StopOptions } from './boot/client';
export type { RetrospecOptions } from './boot/options';
export type { PrivacyLevel } from './domain/recording/privacy-level';

const clients = /* @__PURE__ */ new Map<string, RetrospecClient>();

/**
 * Starts recording this page. On a server, or when an option is missing, the client does nothing.
 * A second call for the same site answers the client of the first. Never throws.
 */
export function initRetrospec(options: RetrospecOptions): RetrospecClient {
  try {
    if (typeof window === 'undefined' || typeof document === 'undefined') {
      return createInertClient();
    }
    const settings = readOptions(options);
    if ('problem' in settings) {
      // The one word that is said without being asked: nobody would find this out otherwise.
      console.warn(`[retrospec] not started: ${settings.problem}`);
      return createInertClient();
    }
    const key = `${settings.apiBaseUrl} ${settings.site}`;
    const known = clients.get(key);
    if (known) return known;
    const client = createBrowserClient(settings, () => import('./boot/recording'));
    clients.set(key, client);
    if (settings.autoStart) client.start();
    return client;
  } catch {
    return createInertClient();
  }
}
