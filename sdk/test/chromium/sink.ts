import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { unfold } from './unfold';

export interface ReceivedEvent {
  type: number;
  timestamp: number;
  data: { tag?: string; payload?: Record<string, unknown>; source?: number; href?: string };
}

export interface ReceivedChunk {
  sessionId: string;
  seq: number;
  headers: IncomingMessage['headers'];
  query: URLSearchParams;
  wireBytes: number;
  /** The JSON text, inflated. */
  text: string;
  body: {
    session: Record<string, unknown> & { startedAt: string };
    windowId: string;
    reason: string;
    events: ReceivedEvent[];
    markers: (Record<string, unknown> & { kind: string; subkind: string; label: string })[];
    counters: {
      dropped: Record<string, number>;
      reduced: Record<string, number>;
      throttled: number;
      masked: number;
      maskable: number;
      clockJumps: number;
      assetsMissing: number;
    };
    rulesVersion: number;
  };
  atMs: number;
}

export interface ReceivedAssets {
  told: { url: string; sha256: string }[];
  /** Hashes that are here already. */
  known: Set<string>;
  /** It has no room for more. */
  isFull: boolean;
  brought: { sha256: string; type: string; content: Buffer }[];
}

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface Sink {
  url: string;
  chunks: ReceivedChunk[];
  /** Decides the answer to a chunk; a chunk answered with 2xx counts as stored. */
  answer: (chunk: ReceivedChunk) => Answer;
  rules: Record<string, unknown>;
  assets: ReceivedAssets;
  /** Waits for a stored chunk that fits; fails loudly when none comes. */
  until(fits: (chunk: ReceivedChunk) => boolean, timeoutMs?: number): Promise<ReceivedChunk>;
  close(): Promise<void>;
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

export function listenAnywhere(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}

export function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

const STORED: Answer = { status: 202, body: { accepted: true } };

/** A RetroSpec server as far as the SDK sees it, on another origin than the page. */
export async function startSink(): Promise<Sink> {
  const waiters: (() => void)[] = [];

  async function onChunk(request: IncomingMessage, response: ServerResponse, url: URL) {
    const wire = await readBody(request);
    const [, sessionId = '', seq = ''] = /\/([^/]+)\/chunks\/(\d+)$/.exec(url.pathname) ?? [];
    const text = (
      request.headers['content-encoding'] === 'gzip' ? gunzipSync(wire) : wire
    ).toString('utf8');
    const body = JSON.parse(text) as ReceivedChunk['body'];
    unfold(body.events);
    const chunk: ReceivedChunk = {
      sessionId,
      seq: Number(seq),
      headers: request.headers,
      query: url.searchParams,
      wireBytes: wire.length,
      text,
      body,
      atMs: Date.now(),
    };
    const answer = sink.answer(chunk);
    if (answer.status < 300) {
      sink.chunks.push(chunk);
      waiters.splice(0).forEach((wake) => wake());
    }
    response.writeHead(answer.status, { 'Content-Type': 'application/json', ...answer.headers });
    response.end(JSON.stringify(answer.body ?? {}));
  }

  async function onAsset(request: IncomingMessage, response: ServerResponse, path: string) {
    const content = await readBody(request);
    const { told, known, brought } = sink.assets;
    const sha256 = /assets\/([0-9a-f]{64})$/.exec(path)?.[1];
    const status = sha256 && sink.assets.isFull ? 507 : 202;
    response.writeHead(status, { 'Content-Type': 'application/json' });
    if (sha256) {
      brought.push({ sha256, type: request.headers['content-type'] ?? '', content });
      response.end('{}');
      return;
    }
    const { assets } = JSON.parse(content.toString('utf8')) as { assets: typeof told };
    told.push(...assets);
    const missing = assets.map((use) => use.sha256).filter((hash) => !known.has(hash));
    response.end(JSON.stringify({ missing }));
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://sink');
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', 'X-Api-Key, Content-Type, Content-Encoding');
    response.setHeader('Access-Control-Expose-Headers', 'Retry-After');
    if (request.method === 'OPTIONS') response.writeHead(204).end();
    else if (/^\/(v1\/recordings|telemetry)\/config$/.test(url.pathname))
      response.end(JSON.stringify(sink.rules));
    else if (url.pathname.includes('/chunks/')) void onChunk(request, response, url);
    else if (url.pathname.includes('/assets')) void onAsset(request, response, url.pathname);
    else response.writeHead(404).end();
  });
  const url = await listenAnywhere(server);

  const sink: Sink = {
    url,
    chunks: [],
    answer: () => STORED,
    rules: { enabled: true, sampleRate: 1 },
    assets: { told: [], known: new Set(), isFull: false, brought: [] },
    async until(fits, timeoutMs = 15_000) {
      const deadline = Date.now() + timeoutMs;
      for (;;) {
        const found = sink.chunks.find(fits);
        if (found) return found;
        const left = deadline - Date.now();
        if (left <= 0) {
          const seen = sink.chunks.map((chunk) => `${chunk.seq}:${chunk.body.reason}`).join(' ');
          throw new Error(`no such chunk within ${timeoutMs} ms; stored: ${seen || 'none'}`);
        }
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          waiters.push(() => {
            clearTimeout(timer);
            resolve();
          });
        });
      }
    },
    close: () => closeServer(server),
  };
  return sink;
}
