import { existsSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { closeServer, listenAnywhere, readBody, startSink, type Sink } from './sink';

const BUNDLES = new URL('../../dist/', import.meta.url);

export interface ServedPage {
  body: string;
  head?: string;
  headers?: Record<string, string>;
  /** Attributes of the script tag beside key and site; null leaves the tag out. */
  tag?: string | null;
}

export interface ServedFile {
  body: string | Buffer;
  headers: Record<string, string>;
}

export interface SiteAnswer {
  body: string | Buffer;
  type?: string;
  status?: number;
  headers?: Record<string, string>;
}

/** A site that embeds the SDK by its script tag, a sink on another origin, and a real browser. */
export interface Stage {
  sink: Sink;
  siteUrl: string;
  pages: Record<string, ServedPage>;
  /** By path; the site serves them under a second origin, too: with `localhost` as its host. */
  files: Record<string, ServedFile>;
  /** What the site answers to `/path`, or to `POST /path` alone; gets what was sent. */
  answers: Record<string, (sent: string) => SiteAnswer>;
  open(path: string): Promise<Page>;
  /** Errors that any page showed since the stage was cleared. */
  pageErrors: string[];
  clear(): Promise<void>;
  close(): Promise<void>;
}

function html(page: ServedPage, sinkUrl: string): string {
  const tag =
    page.tag === null
      ? ''
      : `<script src="/sdk/retrospec.js" data-api-base-url="${sinkUrl}" data-api-key="rs_ingest_test"
           data-site="shop" ${page.tag ?? ''}></script>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
    ${page.head ?? ''}${tag}</head><body>${page.body}</body></html>`;
}

/** As a server that has the bundles under its own names, too. */
function serveScript(name: string, response: ServerResponse): void {
  const file = new URL(name.replace(/^[a-z]+/, 'retrospec'), BUNDLES);
  response.writeHead(existsSync(file) ? 200 : 404, { 'Content-Type': 'text/javascript' });
  response.end(existsSync(file) ? readFileSync(file) : '');
}

export async function openStage(): Promise<Stage> {
  const pages: Record<string, ServedPage> = {};
  const files: Record<string, ServedFile> = {};
  const answers: Stage['answers'] = {};
  const site = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    const page = pages[pathname];
    const file = files[pathname];
    const answer = answers[`${request.method} ${pathname}`] ?? answers[pathname];
    if (answer) {
      void readBody(request).then((sent) => {
        const { status = 200, type = 'application/json', headers, body } = answer(sent.toString());
        response.writeHead(status, { 'Content-Type': type, ...headers }).end(body);
      });
    } else if (page) {
      response.writeHead(200, { 'Content-Type': 'text/html', ...page.headers });
      response.end(html(page, stage.sink.url));
    } else if (file) {
      response.writeHead(200, file.headers).end(file.body);
    } else if (/^\/sdk\/[\w-]+\.js$/.test(pathname)) {
      serveScript(pathname.replace('/sdk/', ''), response);
    } else if (pathname === '/favicon.ico') {
      // Chromium asks for it when it likes, and its complaint would stand in the page's console.
      response.writeHead(204).end();
    } else if (pathname.startsWith('/slow/')) {
      const ms = Number(pathname.split('/')[2]);
      setTimeout(() => response.writeHead(200).end('{"ok":true}'), ms);
    } else {
      const status = Number(/^\/status\/(\d+)/.exec(pathname)?.[1] ?? 404);
      response.writeHead(status, { 'Content-Type': 'application/json' }).end('{"ok":true}');
    }
  });
  const siteUrl = await listenAnywhere(site);
  const browser = await launch();
  let context: BrowserContext = await browser.newContext();

  const stage: Stage = {
    sink: await startSink(),
    siteUrl,
    pages,
    files,
    answers,
    pageErrors: [],
    async open(path) {
      const page = await context.newPage();
      page.on('pageerror', (error) => stage.pageErrors.push(error.message));
      await page.goto(path.startsWith('/') ? siteUrl + path : path);
      return page;
    },
    async clear() {
      await context.close();
      context = await browser.newContext();
      stage.pageErrors = [];
      for (const owner of [pages, files, answers]) {
        for (const path of Object.keys(owner)) Reflect.deleteProperty(owner, path);
      }
      // What a page sends when it goes may come late: it finds nobody, and not the next test.
      await stage.sink.close();
      stage.sink = await startSink();
    },
    async close() {
      await browser.close();
      await Promise.all([closeServer(site), stage.sink.close()]);
    },
  };
  return stage;
}

function launch(): Promise<Browser> {
  const executablePath = process.env.RETROSPEC_CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    throw new Error(`no Chromium at ${executablePath}; install it or set RETROSPEC_CHROMIUM`);
  }
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
  });
}
