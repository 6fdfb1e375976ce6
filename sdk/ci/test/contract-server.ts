import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

export const KEY = 'rs_secret_of_the_test';

export const ADMIN_KEY = 'rsa_of_the_test';

const PACKAGES = new URL('../dist/', import.meta.url);

export interface Received {
  method: string;
  path: string;
  query: URLSearchParams;
  /** Of JSON bodies. */
  json: Record<string, unknown>;
  /** Of forms: fields by name, and the reports. */
  fields: Record<string, string>;
  reports: { name: string; type: string; content: string }[];
}

export interface ContractServer {
  url: string;
  received: Received[];
  /** Runs that were taken, by id. */
  runs: Map<string, Received>;
  /** The next answers, in this order, in place of the contract's. */
  next: { status: number; headers?: Record<string, string>; body?: unknown; silent?: boolean }[];
  /** What is answered to runs beside their id. */
  findings: Record<string, unknown>;
  close(): Promise<void>;
}

/** Answers as the HTTP contract (api.md, sections 1 and 4) says, and refuses what it does not allow. */
export async function startContractServer(): Promise<ContractServer> {
  const held: ServerResponse[] = [];
  const state: ContractServer = {
    url: '',
    received: [],
    runs: new Map(),
    next: [],
    findings: { similarPatterns: [], recommendedTests: [] },
    close: () =>
      new Promise((resolve) => {
        held.forEach((response) => response.destroy());
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = createServer((request, response) => {
    answer(state, held, request, response).catch((error: unknown) => {
      response.writeHead(500).end(JSON.stringify(problem(String(error))));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return state;
}

async function answer(
  state: ContractServer,
  held: ServerResponse[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const received = await receive(request);
  state.received.push(received);
  const special = state.next.shift();
  if (special?.silent) {
    held.push(response);
    return;
  }
  const { status, body, headers } =
    special ??
    (openTo(request)
      ? contract(state, received)
      : { status: 401, body: problem('Unauthorized'), headers: {} });
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(
    typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body ?? {}),
  );
}

/** The packages are for everybody, the project's settings for its operator, the rest for its key. */
function openTo({ url = '', headers }: IncomingMessage): boolean {
  if (url.startsWith('/sdk/')) return true;
  if (url.startsWith('/v1/admin/')) return headers['x-retrospec-admin'] === ADMIN_KEY;
  return headers['x-api-key'] === KEY;
}

async function receive(request: IncomingMessage): Promise<Received> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const bytes = Buffer.concat(parts);
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://server');
  const received: Received = {
    method: request.method ?? '',
    path: pathname,
    query: searchParams,
    json: {},
    fields: {},
    reports: [],
  };
  const type = request.headers['content-type'] ?? '';
  if (bytes.length > 0 && type.startsWith('application/json')) {
    const plain = request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
    received.json = JSON.parse(plain.toString('utf8')) as Record<string, unknown>;
  } else if (type.startsWith('multipart/form-data')) {
    const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
    for (const [name, value] of form) {
      if (typeof value === 'string') received.fields[name] = value;
      else {
        received.reports.push({ name: value.name, type: value.type, content: await value.text() });
      }
    }
  }
  return received;
}

interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function contract(state: ContractServer, received: Received): Answer {
  switch (`${received.method} ${received.path}`) {
    case 'POST /test-runs':
      return takeRun(state, received, received.json, ['commitHash', 'branch', 'author', 'status']);
    case 'POST /api/v1/report':
      return takeRun(state, received, received.json, ['commitHash', 'branch', 'author']);
    case 'POST /v1/ci/junit':
      if (received.reports.length === 0) return bad('no report');
      if (!received.reports.every((it) => /<testsuites?[\s>]/.test(it.content))) {
        return bad('the report is no JUnit XML');
      }
      return takeRun(state, received, received.fields, ['commitHash', 'branch', 'author']);
    case 'POST /v1/sourcemaps': {
      const { query, json } = received;
      const isFound = query.has('debugId') || (query.has('release') && query.has('url'));
      if (!isFound) return bad('without a debug id, release and url are needed');
      if (json.version !== 3) return bad('the source map must have version 3');
      return { status: 201, body: { outcome: 'created', map: {} } };
    }
    case 'POST /snapshot/create':
      return takeSnapshot(received.json);
    case 'GET /patterns/search':
      return search(received.query);
    case 'GET /v1/admin/projects/proj_default/snapshot-addresses':
      return { status: 200, body: { addresses: [] } };
    case 'PUT /v1/admin/projects/proj_default/snapshot-addresses':
      return { status: 200, body: received.json };
    case 'GET /sdk/ci/retrospec-cli-0.1.0.tgz':
      return {
        status: 200,
        body: readFileSync(new URL('retrospec-cli-0.1.0.tgz', PACKAGES)),
        headers: { 'content-type': 'application/gzip' },
      };
    default:
      return { status: 404, body: problem('Not found') };
  }
}

function takeRun(
  state: ContractServer,
  received: Received,
  run: Record<string, unknown>,
  required: string[],
): Answer {
  const missing = required.filter((name) => typeof run[name] !== 'string' || run[name] === '');
  if (missing.length > 0) return bad(`Missing required fields: ${missing.join(', ')}`);
  if (run.status !== undefined && run.status !== 'passed' && run.status !== 'failed') {
    return bad('status must be passed or failed');
  }
  const id = typeof run.id === 'string' ? run.id : randomUUID();
  if (!UUID.test(id)) return bad('id must be a UUID');
  if (run.prNumber !== undefined && !(Number(run.prNumber) > 0)) return bad('prNumber');
  const failed = (run.failedTests ?? []) as Record<string, unknown>[];
  if (failed.some((it) => !it.testName || !it.errorMessage)) return bad('failedTests');
  const before = state.runs.get(id);
  if (before && contentOf(before) !== contentOf(received)) {
    return { status: 409, body: problem('This id belongs to another run') };
  }
  state.runs.set(id, received);
  return { status: 200, body: { testRunId: id, status: 'processed', ...state.findings } };
}

function contentOf({ json, fields, reports }: Received): string {
  return JSON.stringify([json, fields, reports]);
}

function takeSnapshot(asked: Record<string, unknown>): Answer {
  if (!UUID.test(String(asked.testRunId)) || typeof asked.url !== 'string') {
    return bad('Missing required fields: testRunId, url');
  }
  if (asked.url.includes('169.254.')) return { status: 403, body: problem('address not allowed') };
  const links = 'https://objects.example.test';
  return {
    status: 200,
    body: {
      id: '0d9c1c5e-6f5e-4a0c-9a55-1f6f3c9b2a10',
      testRunId: asked.testRunId,
      timestamp: '2026-01-15T10:30:00Z',
      screenshotUrl: `${links}/screenshot.png`,
      htmlDumpUrl: `${links}/page.html`,
      harUrl: `${links}/network.har`,
      consoleLogsUrl: `${links}/console.log`,
      metadata: { viewport: asked.viewport, userAgent: 'Chromium', url: asked.url },
    },
  };
}

function search(query: URLSearchParams): Answer {
  if (!query.get('q')) return bad('Missing required parameter: q');
  const pattern = {
    id: 'p1',
    summary: 'Quote refused: 422\n::error::injected',
    testName: 'a quote names its price',
    occurrenceCount: 5,
    lastSeen: '2026-01-15T10:30:00Z',
  };
  return { status: 200, body: { results: [{ id: 'p1', similarity: 0.92, pattern }] } };
}

function bad(detail: string): Answer {
  return { status: 400, body: problem(detail) };
}

function problem(error: string): unknown {
  return { type: 'about:blank', title: error, detail: error, error };
}
