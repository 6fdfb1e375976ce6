import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { run } from '../../cli/src/cli';
import { terminalOf } from '../../cli/src/terminal';

const SDK = fileURLToPath(new URL('../../../dist/web/sdk/', import.meta.url));
const CHROMIUM = process.env.RETROSPEC_CHROMIUM ?? '/usr/bin/chromium';

const FORM = `
  <label>E-mail <input name="email" type="email"></label>
  <label>Password <input name="password" type="password"></label>
  <input name="cc-number" autocomplete="cc-number"><input name="iban">
  <input name="phone" type="tel"><input name="age" type="number"><input name="born" type="date">
  <input name="website" type="url"><input name="otp" inputmode="numeric" maxlength="9">
  <textarea name="remarks"></textarea><div id="note" contenteditable="true"></div>
  <input type="hidden" name="jakarta.faces.ViewState" value="hiddenstate1234">
  <label>Kept <input name="kept" style="display:none"></label>
  <b-field></b-field>
  <script>document.querySelector('b-field').attachShadow({ mode: 'open' }).innerHTML = '<input name="inside">';</script>`;

let server: Server;
let url: string;
let work: string;
let said: string[];
let warned: string[];
/** What the server says it keeps of any session. */
let kept: unknown;

const PAGES: Record<string, string> = {
  '/form': FORM,
  '/leaking': `${FORM}<input id="quantity"><script>retrospec.setPrivacyLevel('minimal')</script>`,
  '/own-path': `${FORM}<input id="quantity"><script>retrospec.setPrivacyLevel('minimal')</script>`,
  '/echo': `<input id="name"><output data-retrospec-unmask></output><script>
    const name = document.querySelector('#name');
    name.addEventListener('input', () => { document.querySelector('output').textContent = name.value; });
  </script>`,
  '/plain': '<input name="anything">',
  '/telling': `<input name="query"><script>
    document.querySelector('input').addEventListener('change', (event) => {
      void fetch('/search?q=' + event.target.value);
    });
    document.querySelector('input').addEventListener('input', (event) => {
      navigator.sendBeacon('/typed', new Blob([event.target.value]));
    });
  </script>`,
};

beforeAll(async () => {
  if (!existsSync(join(SDK, 'retrospec.js'))) throw new Error('build the SDK first: npm run build');
  work = mkdtempSync(join(tmpdir(), 'privacy-'));
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    request.resume();
    const page = PAGES[pathname];
    if (page !== undefined) {
      const path = pathname === '/own-path' ? 'data-path="/telemetry"' : '';
      const tag =
        pathname === '/plain'
          ? ''
          : `<script src="/sdk/retrospec.js" data-api-key="rs_ingest_test" ${path}></script>`;
      response.setHeader('Content-Type', 'text/html');
      response.end(`<!doctype html><html><head>${tag}</head><body>${page}</body></html>`);
    } else if (pathname.startsWith('/sdk/')) {
      response.setHeader('Content-Type', 'text/javascript');
      response.end(readFileSync(join(SDK, pathname.slice('/sdk/'.length))));
    } else {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(pathname.startsWith('/v1/sessions/') ? kept : {}));
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(work, { recursive: true, force: true });
});
beforeEach(() => {
  said = [];
  warned = [];
  kept = { events: [] };
});

function check(...args: string[]): Promise<number> {
  const terminal = {
    ...terminalOf({}),
    say: (line: string) => void said.push(line),
    warn: (line: string) => void warned.push(line),
  };
  const env = {
    RETROSPEC_CHROMIUM: CHROMIUM,
    RETROSPEC_URL: url,
    RETROSPEC_API_KEY: 'rs_secret_test',
    RETROSPEC_INGEST_KEY: 'rs_ingest_test',
  };
  return run({ env, directory: work, terminal }, ['privacy-check', ...args]);
}

function leaks(): string {
  return said.filter((line) => line.includes('LEAK')).join('\n');
}

test('a form that the recorder masks passes, field by field', async () => {
  const status = await check(`${url}/form`);

  expect(leaks()).toBe('');
  expect(status).toBe(0);
  expect(said[0]).toMatch(/: 14 fields, [1-9]\d* messages of the recorder/);
});

test('a recorder with a path of the site’s own is watched, too', async () => {
  expect(await check(`${url}/own-path`)).toBe(1);
  expect(leaks()).toContain('input#quantity');
  expect(leaks()).toContain('/telemetry/');
});

test('a field that the level shows is named, and what no level shows is not', async () => {
  const status = await check(`${url}/leaking`);

  expect(status).toBe(1);
  expect(leaks()).toContain('input#quantity');
  expect(leaks()).toMatch(/chunks\/\d+/);
  for (const secret of ['password', 'cc-number', 'otp', 'ViewState', 'email']) {
    expect(leaks()).not.toContain(`=${secret}`);
  }
});

test('what a page shows of a typed value is found, too', async () => {
  expect(await check(`${url}/echo`)).toBe(1);
  expect(leaks()).toContain('input#name');
});

test('what the server keeps is asked for', async () => {
  expect(await check(`${url}/form`, '--read-back')).toBe(0);
  kept = { events: [{ data: { text: 'hiddenstate1234' } }] };
  expect(await check(`${url}/form`, '--read-back')).toBe(1);
  expect(leaks()).toMatch(/ViewState.*stored: \/v1\/sessions\//);
});

test('the SDK is put on a page that has none', async () => {
  expect(await check(`${url}/plain`)).toBe(1);
  expect(warned.join()).toContain('nothing is recorded');
  expect(await check(`${url}/plain`, '--inject')).toBe(0);
  expect(await check(`${url}/plain`, '--inject', '--privacy-level', 'minimal')).toBe(1);
});

test('what the page itself sends elsewhere counts only when asked for', async () => {
  expect(await check(`${url}/telling`)).toBe(0);
  expect(await check(`${url}/telling`, '--all-requests')).toBe(1);
  expect(leaks()).toContain('/search?q=');
  expect(leaks()).toContain('/typed');
});

test('without a browser it says where it looked', async () => {
  expect(await check(`${url}/form`, '--chromium', '/nowhere/chromium')).toBe(1);
  expect(warned.join()).toContain('/nowhere/chromium');
});
