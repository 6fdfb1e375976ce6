import type { AssetShelf } from '../domain/assets/asset-shelf';
import type { Endpoint } from './endpoint';

/** Insufficient Storage: the project has no room for more. */
const FULL = 507;

/** The server's shelf. */
export function createAssetShelf(endpoint: Endpoint, originalFetch: typeof fetch): AssetShelf {
  const leaving = new AbortController();
  let isFull = false;

  function post(url: string, type: string, body: BodyInit): Promise<Response> {
    return originalFetch(url, {
      method: 'POST',
      headers: { ...endpoint.headers(), 'Content-Type': type },
      body,
      credentials: 'omit',
      signal: leaving.signal,
    });
  }

  return {
    async tell(sessionId, assets) {
      const url = endpoint.assetsUrl(sessionId);
      const response = await post(url, 'application/json', JSON.stringify({ assets }));
      if (!response.ok) throw new Error(`assets: ${response.status}`);
      const { missing } = (await response.json()) as { missing: string[] };
      return new Set(missing);
    },
    async bring(sessionId, sha256, content) {
      if (isFull) return false;
      const type = content.type || 'application/octet-stream';
      const url = `${endpoint.assetsUrl(sessionId)}/${sha256}`;
      const response = await post(url, type, content).catch(() => undefined);
      isFull = response?.status === FULL;
      return response?.ok === true;
    },
    close: () => leaving.abort(),
  };
}
