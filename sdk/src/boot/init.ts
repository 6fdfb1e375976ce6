import { createBrowserClient } from './browser-client';
import { createInertClient, type RetrospecClient } from './client';
import type { LoadRecorder } from './lazy-recording';
import { readOptions, type RetrospecOptions } from './options';

/** `initRetrospec`, with the way in which this bundle comes by its recorder. */
export function createInit(load: LoadRecorder): (options: RetrospecOptions) => RetrospecClient {
  const clients = new Map<string, RetrospecClient>();

  return (options) => {
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
      const client = createBrowserClient(settings, load);
      clients.set(key, client);
      if (settings.autoStart) client.start();
      return client;
    } catch {
      return createInertClient();
    }
  };
}
