// Serves dist/, and passes /api on to the back end.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';

const { FRONTEND_URL = 'http://localhost:3000', BACKEND_URL = 'http://localhost:4000' } =
  process.env;
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };

async function passOn(request, response) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const answer = await fetch(BACKEND_URL + request.url, {
    method: request.method,
    headers: { 'content-type': request.headers['content-type'] ?? 'application/json' },
    ...(parts.length > 0 ? { body: Buffer.concat(parts) } : {}),
  });
  const type = answer.headers.get('content-type') ?? 'application/json';
  response.writeHead(answer.status, { 'content-type': type });
  response.end(await answer.text());
}

async function serve(request, response) {
  const { pathname } = new URL(request.url, FRONTEND_URL);
  const path = normalize(pathname === '/' ? '/index.html' : pathname);
  const body = await readFile(join('dist', path));
  response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/plain' }).end(body);
}

createServer((request, response) => {
  const answering = request.url.startsWith('/api/') ? passOn : serve;
  answering(request, response).catch((error) => {
    response.writeHead(error.code === 'ENOENT' ? 404 : 502).end(String(error.message));
  });
}).listen(Number(new URL(FRONTEND_URL).port), () => console.log(`the shop is at ${FRONTEND_URL}`));
