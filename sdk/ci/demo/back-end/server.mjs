import { createServer } from 'node:http';
import { answer } from './shop.mjs';

const { BACKEND_URL = 'http://localhost:4000' } = process.env;

createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const { status, body } = answer(request.method, request.url, Buffer.concat(parts).toString());
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}).listen(Number(new URL(BACKEND_URL).port), () =>
  console.log(`the back end is at ${BACKEND_URL}`),
);
