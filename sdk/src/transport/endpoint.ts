/** Where things go; `apiBaseUrl` without a slash at its end. */
export interface Endpoint {
  chunkUrl(sessionId: string, seq: number): string;
  /** For sendBeacon, which cannot send headers: the write key, public by nature, goes in the query. */
  beaconUrl(sessionId: string, seq: number): string;
  assetsUrl(sessionId: string): string;
  configUrl(): string;
  headers(): Record<string, string>;
  isOwn(url: string): boolean;
}

/** @param path where the recordings are under the base; a site's own proxy may call it anything */
export function createEndpoint(
  apiBaseUrl: string,
  path: string,
  apiKey: string,
  site: string,
): Endpoint {
  const base = apiBaseUrl.replace(/\/+$/, '');
  const recordings = new URL(`${base}/${path.replace(/^\/+|\/+$/g, '')}/`, location.href).href;
  const chunkUrl = (sessionId: string, seq: number) =>
    `${recordings}${encodeURIComponent(sessionId)}/chunks/${seq}`;
  return {
    chunkUrl,
    beaconUrl: (sessionId, seq) => `${chunkUrl(sessionId, seq)}?key=${encodeURIComponent(apiKey)}`,
    assetsUrl: (sessionId) => `${recordings}${encodeURIComponent(sessionId)}/assets`,
    configUrl: () => `${recordings}config?site=${encodeURIComponent(site)}`,
    // A name that no list of blocked words knows.
    headers: () => ({ 'X-Api-Key': apiKey }),
    isOwn(url) {
      try {
        return new URL(url, location.href).href.startsWith(recordings);
      } catch {
        return false;
      }
    },
  };
}
