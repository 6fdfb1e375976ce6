// The shop's own web server: pages, their API, and the faults that are switched on.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { faultNamed } from './faults.mjs';

const HERE = new URL('.', import.meta.url);
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

const PRODUCTS = [
  { id: 'sencha', name: 'Sencha, first flush', price: 14.5, hue: 96, stock: 12 },
  { id: 'assam', name: 'Assam, broken leaf', price: 9.9, hue: 18, stock: 30 },
  { id: 'oolong', name: 'Oolong, high mountain', price: 19.0, hue: 42, stock: 4 },
  { id: 'jasmine', name: 'Jasmine pearls', price: 16.2, hue: 130, stock: 0 },
  { id: 'rooibos', name: 'Rooibos and orange', price: 7.8, hue: 8, stock: 55 },
  { id: 'kettle', name: 'Cast-iron kettle', price: 64.0, hue: 220, stock: 3 },
];

const json = (status, body) => ({ status, type: 'application/json', body: JSON.stringify(body) });

/** The API when all is well: `METHOD /path` to an answer, or to what makes one. */
const API = {
  'GET /api/products': json(200, PRODUCTS),
  'GET /api/search': (_, { searchParams }) => {
    const word = searchParams.get('word').toLowerCase();
    return json(
      200,
      PRODUCTS.filter(({ name }) => name.toLowerCase().includes(word)),
    );
  },
  'POST /api/orders': () =>
    json(201, { order: `T-${Math.floor(10_000 + Math.random() * 89_999)}` }),
  'POST /api/notices': json(202, {}),
  'POST /api/newsletter': json(202, {}),
  'GET /api/delivery': json(200, { days: 2 }),
  'POST /graphql': json(200, { data: { visitor: { points: 120 } } }),
  'POST /account.xhtml': {
    status: 200,
    type: 'text/xml',
    body:
      "<?xml version='1.0' encoding='UTF-8'?><partial-response><changes>" +
      '<update id="orders:list"><![CDATA[<li>T-10483, Sencha</li>]]></update>' +
      '</changes></partial-response>',
  },
};

/**
 * Starts the shop on a free port of this machine.
 *
 * @param {{ retrospecUrl: string, ingestKey: string, faults?: string[] }} options where recordings
 *   go, and what is broken
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function startShop(options) {
  const faults = (options.faults ?? []).map(faultNamed);
  const answers = Object.assign({}, ...faults.map((fault) => fault.answers));
  const folders = [...faults.map(({ id }) => `faults/${id}/`), 'shop/'];
  const server = createServer((request, response) => {
    answer(request, response, answers, folders, options).catch((failure) => {
      send(response, json(500, { error: String(failure) }));
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

async function answer(request, response, answers, folders, options) {
  const url = new URL(request.url, 'http://shop');
  const name = `${request.method} ${url.pathname}`;
  const body = await bodyOf(request);
  const made = (source) => (typeof source === 'function' ? source(body, url) : source);
  const given = made(answers[name]) ?? made(API[name]) ?? (await file(url.pathname, folders));
  // One that is never given: the connection stays open until the visitor leaves.
  if (!given.never) {
    send(response, { ...given, body: withRecorder(given.body, options) });
  }
}

/** The first of the folders that has the file. */
async function file(pathname, folders) {
  const name = pathname === '/' ? 'index.html' : pathname.slice(1);
  const type = TYPES[extname(name)];
  if (type && /^[a-z-]+\.[a-z]+$/.test(name)) {
    for (const folder of folders) {
      try {
        return { status: 200, type, body: await readFile(new URL(folder + name, HERE), 'utf8') };
      } catch (failure) {
        if (failure.code !== 'ENOENT') {
          throw failure;
        }
      }
    }
  }
  return json(404, { error: 'not_found' });
}

/** What a customer pastes into a page; the same as the dashboard's onboarding shows. */
function withRecorder(body, { retrospecUrl, ingestKey }) {
  return body.replace(
    '<!-- recorder -->',
    () => `<script src="${retrospecUrl}/sdk/retrospec.js"></script>
    <script>
      window.retrospec = RetroSpec.initRetrospec({
        apiBaseUrl: '${retrospecUrl}',
        apiKey: '${ingestKey}',
        site: 'tea.example',
        release: 'shop-1.4.2',
      });
    </script>`,
  );
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function send(response, { status, type, body }) {
  response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' });
  response.end(body);
}
