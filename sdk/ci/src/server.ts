import type { Settings } from './settings';

/** What became of a request. Only `away` is worth trying again later. */
export type Reply =
  | { kind: 'ok'; body: unknown }
  | { kind: 'refused'; status: number; message: string }
  | { kind: 'away'; message: string };

export interface Request {
  method: 'GET' | 'POST';
  path: string;
  body?: { json: unknown } | { form: () => FormData } | { gzip: Uint8Array<ArrayBuffer> };
  /** Repeating it after silence would do it twice. */
  onceOnly?: boolean;
}

export interface Patience {
  /** Of one try. */
  tryMs: number;
  /** Of all tries together, pauses included. */
  totalMs: number;
  tries: number;
}

export const FOR_UPLOADS: Patience = { tryMs: 60_000, totalMs: 120_000, tries: 3 };

const FIRST_PAUSE_MS = 500;

export type Server = (request: Request) => Promise<Reply>;

/** Speaks with RetroSpec; tries again while the server is away or asks to wait. Never throws. */
export function connect(settings: Settings, patience: Patience = FOR_UPLOADS): Server {
  return async (request) => {
    const deadline = Date.now() + patience.totalMs;
    for (let tried = 1; ; tried++) {
      const left = deadline - Date.now();
      const answer = await once(settings, request, Math.min(patience.tryMs, Math.max(left, 1)));
      const pause = answer.pauseMs ?? FIRST_PAUSE_MS * 2 ** (tried - 1) * (0.5 + Math.random());
      const again =
        answer.reply.kind === 'away' &&
        tried < patience.tries &&
        Date.now() + pause < deadline &&
        !(answer.silent && request.onceOnly);
      if (!again) return answer.reply;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  };
}

interface Answer {
  reply: Reply;
  /** As the server asked for. */
  pauseMs?: number;
  /** Nobody knows whether the server has done it. */
  silent?: boolean;
}

async function once(settings: Settings, request: Request, timeoutMs: number): Promise<Answer> {
  const headers: Record<string, string> = {
    'x-api-key': settings.key,
    accept: 'application/json',
  };
  let body: string | FormData | Uint8Array<ArrayBuffer> | undefined;
  if (request.body && 'json' in request.body) {
    headers['content-type'] = 'application/json';
    body = JSON.stringify(request.body.json);
  } else if (request.body && 'gzip' in request.body) {
    headers['content-type'] = 'application/json';
    headers['content-encoding'] = 'gzip';
    body = request.body.gzip;
  } else if (request.body) {
    body = request.body.form();
  }
  try {
    const response = await fetch(settings.url + request.path, {
      method: request.method,
      headers,
      ...(body === undefined ? {} : { body }),
      // Because a redirect would carry the key to whoever it names.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return understand(response, await response.text());
  } catch (error) {
    const silent = error instanceof Error && error.name === 'TimeoutError';
    const reason = silent ? `no answer within ${timeoutMs} ms` : reasonOf(error);
    return { reply: { kind: 'away', message: `${settings.url}: ${reason}` }, silent };
  }
}

function understand(response: Response, text: string): Answer {
  const { status } = response;
  if (status >= 300 && status < 400) {
    const message = `redirects to ${response.headers.get('location') ?? '?'}; set RETROSPEC_URL to that`;
    return { reply: { kind: 'refused', status, message } };
  }
  const body = parsed(text);
  if (response.ok) {
    return body === undefined
      ? { reply: { kind: 'refused', status, message: 'the answer is no JSON: is it RetroSpec?' } }
      : { reply: { kind: 'ok', body } };
  }
  const message = `${status} ${errorOf(body) ?? response.statusText}`;
  if (status < 500 && status !== 429 && status !== 408) {
    return { reply: { kind: 'refused', status, message } };
  }
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
  return {
    reply: { kind: 'away', message },
    ...(Number.isFinite(wait) ? { pauseMs: wait * 1_000 } : {}),
  };
}

/** The contract's errors carry the short message as `error`. */
function errorOf(body: unknown): string | undefined {
  const { error, message } = (body ?? {}) as { error?: unknown; message?: unknown };
  if (typeof error !== 'string') return undefined;
  return typeof message === 'string' && message !== error ? `${error}: ${message}` : error;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error) {
    return (cause as NodeJS.ErrnoException).code ?? cause.message;
  }
  return error instanceof Error ? error.message : String(error);
}
