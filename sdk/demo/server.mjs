// The shop's own web server: pages, products, and a payment that fails when a voucher is used.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';

const PAGES = new URL('shop/', import.meta.url);
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

/**
 * Starts the shop on a free port of this machine.
 *
 * @param {{ retrospecUrl: string, ingestKey: string }} options where recordings go
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function startShop(options) {
  const server = createServer((request, response) => {
    answer(request, response, options).catch((failure) => {
      send(response, 500, { error: String(failure) });
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

async function answer(request, response, options) {
  const { pathname } = new URL(request.url, 'http://shop');
  if (request.method === 'GET' && pathname === '/api/products') {
    return send(response, 200, PRODUCTS);
  }
  if (request.method === 'POST' && pathname === '/api/orders') {
    return placeOrder(JSON.parse(await bodyOf(request)), response);
  }
  return sendPage(pathname, response, options);
}

/** The first fault: a voucher makes the amount a string, and the payment provider refuses it. */
function placeOrder(order, response) {
  if (order.voucher) {
    return send(response, 502, {
      error: 'payment_failed',
      message: 'The payment provider refused the amount "NaN"',
    });
  }
  return send(response, 201, { order: `T-${Math.floor(10_000 + Math.random() * 89_999)}` });
}

async function sendPage(pathname, response, options) {
  const name = pathname === '/' ? 'index.html' : pathname.slice(1);
  const type = TYPES[extname(name)];
  if (!type || !/^[a-z-]+\.[a-z]+$/.test(name)) {
    return send(response, 404, { error: 'not_found' });
  }
  let text;
  try {
    text = await readFile(new URL(name, PAGES), 'utf8');
  } catch {
    return send(response, 404, { error: 'not_found' });
  }
  response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' });
  response.end(text.replace('<!-- recorder -->', snippet(options)));
}

/** What a customer pastes into a page; the same as the dashboard's onboarding shows. */
function snippet({ retrospecUrl, ingestKey }) {
  return `<script src="${retrospecUrl}/sdk/retrospec.js"></script>
    <script>
      window.retrospec = RetroSpec.initRetrospec({
        apiBaseUrl: '${retrospecUrl}',
        apiKey: '${ingestKey}',
        site: 'tea.example',
        release: 'shop-1.4.2',
      });
    </script>`;
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function send(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}
