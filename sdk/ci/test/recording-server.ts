import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

const SDK = new URL('../../dist/web/sdk/', import.meta.url);

const SHOP = `<!doctype html><html><head><title>Shop</title></head><body>
  <button onclick="document.querySelector('#told').textContent = 'Thank you'">Pay</button>
  <p id="told"></p></body></html>`;

/** One chunk of a recording, as far as these tests read it. */
export interface RecordedChunk {
  sessionId: string;
  key: string;
  session: { site: string; environment?: string; tags?: string[]; url: string };
  events: { type: number }[];
}

export interface RecordingServer {
  url: string;
  chunks: RecordedChunk[];
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** A shop, and a RetroSpec that offers the SDK and takes recordings; both under one address. */
export async function startRecordingServer(): Promise<RecordingServer> {
  const chunks: RecordedChunk[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://server');
      const session = /^\/v1\/recordings\/([^/]+)\/chunks\/\d+$/.exec(pathname)?.[1];
      if (session !== undefined) {
        const sent = await bodyOf(request);
        const zipped = request.headers['content-encoding'] === 'gzip';
        const body = JSON.parse(String(zipped ? gunzipSync(sent) : sent)) as RecordedChunk;
        // A beacon at a page's end cannot send headers.
        const key = request.headers['x-api-key'] ?? searchParams.get('key');
        chunks.push({ ...body, sessionId: session, key: String(key) });
        response.writeHead(202).end('{"accepted":true}');
      } else if (pathname === '/v1/recordings/config') {
        response.end('{"enabled":true,"sampleRate":1}');
      } else if (pathname === '/shop') {
        response.setHeader('Content-Type', 'text/html').end(SHOP);
      } else if (pathname.startsWith('/sdk/')) {
        const file = await readFile(new URL(pathname.slice('/sdk/'.length), SDK));
        response.setHeader('Content-Type', 'text/javascript').end(file);
      } else response.writeHead(404).end();
    })().catch(() => response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    chunks,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
