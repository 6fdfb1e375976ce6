import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import esbuild from 'esbuild';
import { HERE } from './build.mjs';

const SCRIPT = { 'content-type': 'text/javascript; charset=utf-8' };

async function reporter() {
  const made = await esbuild.build({
    entryPoints: [join(HERE, 'reporter.ts')], bundle: true, write: false, minify: true, format: 'iife', logLevel: 'error', target: 'es2022',
    define: { RETROSPEC_VERSION: '"0"' },
  });
  return made.outputFiles[0].text;
}

/** Answers as the fault wants it: `/api/orders/404-17` is not found. */
function answerApi(url, response) {
  const path = decodeURIComponent(url);
  if (path.startsWith('/api/slow')) return;
  const status = Number(/[/=](\d{3})[- ]/.exec(path)?.[1] ?? (path.startsWith('/api/down') ? 503 : 200));
  const body = path.includes('html-') ? '<!doctype html><title>Sign in</title>' : '{}';
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}

/**
 * Serves the builds and hands out the visits, one after the other for each browser.
 *
 * @param builds site/build → what build.mjs made
 * @param visits {number, browser, site, build, fault, values, route, waitMs}
 * @param onTold (visit, told) => whether it was what the visit was for
 */
export async function serve(builds, visits, onTold) {
  const sdk = await reporter();
  const drive = readFileSync(join(HERE, 'drive.js'), 'utf8');
  const queues = new Map();
  for (const visit of visits) {
    if (!queues.has(visit.browser)) queues.set(visit.browser, []);
    queues.get(visit.browser).push(visit);
  }
  const addressOf = (visit) => `/b/${visit.site}/${visit.build}/visit/${visit.number}`;
  const next = (browser) => {
    const visit = queues.get(browser)?.shift();
    return visit ? addressOf(visit) : null;
  };

  const server = createServer((request, response) => {
    const { url } = request;
    if (url === '/told') {
      let text = '';
      request.on('data', (part) => (text += part));
      request.on('end', () => {
        const told = JSON.parse(text);
        const visit = visits[told.visit];
        // A busy machine may be late: once more, with more time.
        if (!onTold(visit, told) && !visit.again) {
          queues.get(visit.browser).push(Object.assign(visit, { again: true, waitMs: visit.waitMs * 3 }));
        }
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ next: next(visit.browser) }));
      });
      return;
    }
    const started = /^\/start\/(\w+)/.exec(url);
    if (started) {
      response.writeHead(302, { location: next(started[1]) ?? '/done' }).end();
      return;
    }
    if (url.startsWith('/api/')) {
      answerApi(url, response);
      return;
    }
    const [, site, id, rest] = /^\/b\/(\w+)\/(\w+)\/(.*)$/.exec(url) ?? [];
    const made = builds.get(`${site}/${id}`);
    const visit = /^visit\/(\d+)/.exec(rest ?? '');
    if (!made) response.writeHead(404).end();
    else if (visit) response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page(visits[visit[1]], made, server.address().port));
    else if (rest === 'sdk/retrospec.js') response.writeHead(200, SCRIPT).end(sdk);
    else if (rest === 'drive.js') response.writeHead(200, SCRIPT).end(drive);
    else if (made.assets.has(rest) && !rest.includes('reviews-')) response.writeHead(200, SCRIPT).end(made.assets.get(rest));
    else response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: server.address().port, close: () => server.close(), waiting: (browser) => queues.get(browser)?.length ?? 0 };
}

function page(visit, made, port) {
  const base = `http://127.0.0.1:${port}`;
  const at = `${base}/b/${visit.site}/${visit.build}`;
  const told = JSON.stringify({ ...visit, base }).replaceAll('<', '\\u003c');
  const type = made.site.classic ? 'defer' : 'type="module"';
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>.</title><div id="root"></div>
<script>window.visit=${told};window.faults={};window.fault=(name,action)=>{faults[name]=action}</script>
<script src="${at}/sdk/retrospec.js"></script>
<script ${type} src="${at}/${made.entry}"></script>
<script src="${at}/drive.js" defer></script>`;
}
