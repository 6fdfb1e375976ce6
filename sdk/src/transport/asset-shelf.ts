import type { AssetShelf } from '../domain/assets/asset-shelf';
import type { Endpoint } from './endpoint';

/** The server's shelf. */
export function createAssetShelf(endpoint: Endpoint, originalFetch: typeof fetch): AssetShelf {
  async function post(url: string, type: string, body: BodyInit): Promise<Response> {
    const response = await originalFetch(url, {
      method: 'POST',
      headers: { ...endpoint.headers(), 'Content-Type': type },
      body,
      credentials: 'omit',
    });
    if (!response.ok) throw new Error(`assets: ${response.status}`);
    return response;
  }

  return {
    async tell(sessionId, assets) {
      const url = endpoint.assetsUrl(sessionId);
      const response = await post(url, 'application/json', JSON.stringify({ assets }));
      const { missing } = (await response.json()) as { missing: string[] };
      return new Set(missing);
    },
    async bring(sessionId, sha256, content) {
      const type = content.type || 'application/octet-stream';
      await post(`${endpoint.assetsUrl(sessionId)}/${sha256}`, type, content);
    },
  };
}
