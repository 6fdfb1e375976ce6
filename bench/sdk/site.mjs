// Serves the pages and the recorders, and is every recorder's server: it counts what arrives.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { bigCss, PAGES } from './pages.mjs';
import { RECORDERS, TARGET } from './recorders.mjs';

const POSTHOG_CONFIG = {
  sessionRecording: {
    endpoint: '/s/',
    recorderVersion: 'v2',
    consoleLogRecordingEnabled: true,
    sampleRate: null,
    networkPayloadCapture: { capturePerformance: true },
  },
  supportedCompression: ['gzip', 'gzip-js'],
  capturePerformance: { network_timing: true, web_vitals: false },
  heatmaps: false,
  hasFeatureFlags: false,
  isAuthenticated: false,
  siteApps: [],
};

/** Sizes of one file as it stands, gzipped and with brotli, in bytes. */
export function sizesOf(file) {
  const bytes = readFileSync(file);
  return {
    min: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes).length,
  };
}

export async function startSite() {
  const css = bigCss();
  const site = { recorder: 'none', late: false, wireBytes: 0, requests: 0, loaded: new Set() };

  async function received(request) {
    let bytes = 0;
    for await (const part of request) bytes += part.length;
    return bytes;
  }

  const server = createServer((request, response) => {
    void answer(request, response);
  });

  async function answer(request, response) {
    const { pathname } = new URL(request.url, 'http://site');
    if (process.env.BENCH_LOG) process.stderr.write(`${request.method} ${request.url}\n`);
    const send = (type, body, status = 200) => {
      response.writeHead(status, { 'Content-Type': type, 'Access-Control-Allow-Origin': '*' });
      response.end(body);
    };
    const json = (body) => send('application/json', JSON.stringify(body));
    if (request.method === 'POST') {
      const bytes = await received(request);
      if (pathname.startsWith('/shop/')) return json({ ok: true });
      site.wireBytes += bytes;
      site.requests++;
      return pathname.startsWith('/v1/')
        ? send('application/json', '{"accepted":true}', 202)
        : json({ status: 1, ...(pathname.startsWith('/flags') && POSTHOG_CONFIG) });
    }
    if (pathname === '/big.css') return send('text/css', css);
    if (pathname.startsWith('/shop/')) return json({ pieces: 17 });
    if (pathname === '/v1/recordings/config') return json({ enabled: true, sampleRate: 1 });
    if (pathname.startsWith('/array/') && pathname.endsWith('/config')) return json(POSTHOG_CONFIG);
    const file = /^\/r(\/[a-z0-9/.-]+\.m?js)$/.exec(
      pathname.replace(/^\/sdk\//, '/r/retrospec/sdk/'),
    )?.[1];
    if (file && existsSync(TARGET + file)) {
      site.loaded.add(TARGET + file);
      return send('text/javascript', readFileSync(TARGET + file));
    }
    const page = PAGES[/^\/(\w+)/.exec(pathname)?.[1]];
    if (page) return send('text/html', page(site.late ? '' : RECORDERS[site.recorder]));
    return send('text/plain', '', 404);
  }

  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  site.url = `http://127.0.0.1:${server.address().port}`;
  site.reset = (recorder, late) =>
    Object.assign(site, { recorder, late, wireBytes: 0, requests: 0, loaded: new Set() });
  site.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return site;
}
