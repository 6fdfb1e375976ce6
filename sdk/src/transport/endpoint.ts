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

export function createEndpoint(apiBaseUrl: string, apiKey: string, site: string): Endpoint {
  const base = apiBaseUrl.replace(/\/+$/, '');
  const recordings = new URL(`${base}/v1/recordings/`, location.href).href;
  const chunkUrl = (sessionId: string, seq: number) =>
    `${recordings}${encodeURIComponent(sessionId)}/chunks/${seq}`;
  return {
    chunkUrl,
    beaconUrl: (sessionId, seq) => `${chunkUrl(sessionId, seq)}?key=${encodeURIComponent(apiKey)}`,
    assetsUrl: (sessionId) => `${recordings}${encodeURIComponent(sessionId)}/assets`,
    configUrl: () => `${recordings}config?site=${encodeURIComponent(site)}`,
    headers: () => ({ 'X-Retrospec-Key': apiKey }),
    isOwn(url) {
      try {
        return new URL(url, location.href).href.startsWith(recordings);
      } catch {
        return false;
      }
    },
  };
}
