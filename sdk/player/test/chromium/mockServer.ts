import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Recording } from './recording';
import { DASHBOARD_HTML, SHOP_HTML } from './shop';

/** The policy that the server sends with the player's document, to the letter. */
const PLAYER_CSP =
  "default-src 'none'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; " +
  "font-src 'self' data:; connect-src 'self'; script-src 'self'; frame-src 'self' blob:; " +
  "base-uri 'none'; form-action 'none'";

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

/** Answers like the real server; what it answers can be changed at any time. */
export class MockServer {
  recording: Recording | null = null;
  /** Status to answer with, by path after the session id; else the recording's answer. */
  readonly failures = new Map<string, number>();
  private readonly held = new Map<string, Promise<void>>();
  /** Paths asked for, in order. */
  readonly asked: string[] = [];
  /** Further documents to record, by path. */
  readonly pages = new Map([
    ['/shop', SHOP_HTML],
    ['/dashboard', DASHBOARD_HTML],
  ]);
  private readonly server: Server;
  private recorder = '';

  private constructor() {
    this.server = createServer((request, response) => {
      this.answer(new URL(request.url ?? '/', 'http://localhost'), response).catch(() => {
        response.writeHead(500).end();
      });
    });
  }

  static async start(): Promise<MockServer> {
    const mock = new MockServer();
    const bundle = await build({
      stdin: {
        contents: `export { record } from '@rrweb/record'`,
        resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      },
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'recorder',
    });
    mock.recorder = bundle.outputFiles[0]?.text ?? '';
    await new Promise<void>((ready) => mock.server.listen(0, '127.0.0.1', ready));
    return mock;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  reset(recording: Recording): void {
    this.recording = recording;
    this.failures.clear();
    this.held.clear();
    this.asked.length = 0;
  }

  /** Keeps this answer back until the returned function is called. */
  hold(path: string): () => void {
    let release = (): void => undefined;
    this.held.set(path, new Promise((resolve) => (release = resolve)));
    return () => {
      this.held.delete(path);
      release();
    };
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((stopped) => this.server.close(() => stopped()));
  }

  private async answer(url: URL, response: ServerResponse): Promise<void> {
    const { pathname } = url;
    const send = (type: string, body: string | Buffer, headers = {}): void => {
      response.writeHead(200, { 'Content-Type': TYPES[type] ?? type, ...headers }).end(body);
    };
    const document = this.pages.get(pathname);
    if (document) {
      send('html', document);
      return;
    }
    if (pathname === '/recorder.js') {
      send('js', this.recorder);
      return;
    }
    const file = /^\/player\/(index\.html|player\.js|player\.css)$/.exec(pathname)?.[1];
    if (file) {
      const body = await readFile(new URL(`../../dist/${file}`, import.meta.url));
      const type = file.split('.').at(-1) ?? '';
      send(type, body, { 'Content-Security-Policy': PLAYER_CSP });
      return;
    }
    const path = /^\/v1\/sessions\/s-1\/(.+)$/.exec(pathname)?.[1];
    if (path && url.searchParams.get('project') === 'p-1') {
      const { from, to } = Object.fromEntries(url.searchParams);
      return this.read(path === 'chunks' ? `chunks/${from}-${to}` : path, response);
    }
    response.writeHead(404).end('{}');
  }

  private async read(path: string, response: ServerResponse): Promise<void> {
    this.asked.push(path);
    const [, from, to] = /^chunks\/(\d+)-(\d+)$/.exec(path) ?? [];
    await this.held.get(path);
    for (let seq = Number(from); seq <= Number(to); seq++) await this.held.get(`chunks/${seq}`);
    const status = this.failures.get(path);
    const packed = this.recording?.packed?.get(numberIn(path));
    if (packed && status === undefined) {
      const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
      response.writeHead(200, headers).end(packed);
      return;
    }
    if (from && to && status === undefined) {
      const numbered = this.numbered(Number(from), Number(to));
      const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
      response.writeHead(200, headers).end(gzipSync(numbered, { level: 1 }));
      return;
    }
    const body = status === undefined ? this.bodyOf(path) : undefined;
    response
      .writeHead(body === undefined ? (status ?? 404) : 200, { 'Content-Type': 'application/json' })
      .end(JSON.stringify(body ?? {}));
  }

  /** What the server answers for several numbers: those that it has, and does not fail to give. */
  private numbered(from: number, to: number): string {
    const parts: string[] = [];
    for (let seq = from; seq <= to; seq++) {
      if (this.failures.has(`chunks/${seq}`)) continue;
      const packed = this.recording?.packed?.get(seq);
      const events = this.recording?.chunks.get(seq);
      const json = packed ? gunzipSync(packed).toString() : events && JSON.stringify(events);
      if (json) parts.push(`{"seq":${seq},"events":${json}}`);
    }
    return `[${parts.join(',')}]`;
  }

  private bodyOf(path: string): unknown {
    if (path === 'manifest') return this.recording?.manifest;
    if (path === 'timeline') return { events: this.recording?.timeline ?? [] };
    return this.recording?.chunks.get(numberIn(path));
  }
}

/** The chunk that a path asks for; NaN when it asks for something else. */
function numberIn(path: string): number {
  return Number(/^chunks\/(\d+)$/.exec(path)?.[1]);
}
