import { gunzipSync } from 'node:zlib';
import type { BrowserContext, Request } from 'playwright-core';

/** Something that a page sent, as text. */
export interface Sent {
  /** Method, address and what kind of message it was. */
  what: string;
  url: string;
  text: string;
  /** Whether it went to the recorder's server. */
  isRecording: boolean;
}

export interface Traffic {
  sent: Sent[];
  /** The sessions that were recorded. */
  sessions(): string[];
  /** Waits until all that was seen has been read. */
  settled(): Promise<void>;
}

const BINDING = '__privacyCheckSent';

/** The recordings' path is the site's own to choose. */
const CHUNK = /\/([^/?#]+)\/chunks\/\d+(?:[?#]|$)/;

function textOf(body: Buffer): string {
  const isGzip = body[0] === 0x1f && body[1] === 0x8b;
  try {
    return (isGzip ? gunzipSync(body) : body).toString('utf8');
  } catch {
    return body.toString('latin1');
  }
}

function isRecording(url: string, headers: Record<string, string>): boolean {
  return (
    (headers['x-api-key'] ?? '').startsWith('rs_') || /[?&]key=rs_/.test(url) || CHUNK.test(url)
  );
}

/** In the page, before any script: the debugging protocol does not tell the bodies of blobs. */
function tellBodies(binding: string): void {
  const told = globalThis as unknown as Record<string, (url: string, body: string) => void>;
  const tell = (url: string, body: unknown) => {
    if (body === null || body === undefined || body instanceof ReadableStream) return;
    void new Response(body as BodyInit).arrayBuffer().then((bytes) => {
      let binary = '';
      for (const byte of new Uint8Array(bytes)) binary += String.fromCharCode(byte);
      told[binding]?.(new URL(url, location.href).href, btoa(binary));
    });
  };
  const { fetch } = globalThis;
  globalThis.fetch = function (input: RequestInfo | URL, init?: RequestInit) {
    if (input instanceof Request && input.body && !init?.body) {
      const copy = input.clone();
      void copy.arrayBuffer().then((bytes) => tell(copy.url, bytes));
    } else tell(input instanceof Request ? input.url : String(input), init?.body);
    return fetch.call(this, input, init);
  };
  const beacon = navigator.sendBeacon.bind(navigator);
  navigator.sendBeacon = (url, data) => {
    tell(String(url), data);
    return beacon(url, data);
  };
}

/** Hears everything that pages of this context send from now on. */
export async function hearTraffic(context: BrowserContext): Promise<Traffic> {
  const sent: Sent[] = [];
  const ids = new Set<string>();
  let open: Promise<unknown>[] = [];

  function note(what: string, url: string, text: string, ofRecorder: boolean): void {
    const id = CHUNK.exec(url)?.[1];
    if (id) ids.add(id);
    // Its headers may be known later than its body.
    if (ofRecorder) for (const it of sent) it.isRecording ||= it.url === url;
    sent.push({ what, url, text, isRecording: ofRecorder });
  }

  async function onRequest(request: Request): Promise<void> {
    const headers = await request.allHeaders().catch(() => request.headers());
    const url = request.url();
    const body = request.postDataBuffer();
    const text = `${url}\n${JSON.stringify(headers)}\n${body ? textOf(body) : ''}`;
    note(`${request.method()} ${url}`, url, text, isRecording(url, headers));
  }

  await context.exposeBinding(BINDING, (_source, url: string, body: string) => {
    const known = sent.some((it) => it.url === url && it.isRecording);
    note(`body to ${url}`, url, textOf(Buffer.from(body, 'base64')), known || isRecording(url, {}));
  });
  await context.addInitScript(tellBodies, BINDING);
  context.on('request', (request) => open.push(onRequest(request).catch(() => undefined)));
  context.on('page', (page) => {
    page.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => {
        note(`WebSocket ${socket.url()}`, socket.url(), payload.toString('utf8'), false);
      });
    });
  });
  return {
    sent,
    sessions: () => [...ids],
    async settled() {
      const waiting = open;
      open = [];
      await Promise.all(waiting);
    },
  };
}
