// Builds what a site would embed of each recorder into target/<name>, and says how a page starts it.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const require = createRequire(import.meta.url);
export const TARGET = `${here}target`;

const PLAIN = `
  import { record } from '@rrweb/record';
  let events = [];
  record({ emit: (event) => events.push(event) });
  async function send() {
    if (events.length === 0) return;
    const body = JSON.stringify(events);
    events = [];
    const zipped = new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'));
    await fetch('/plain', { method: 'POST', body: await new Response(zipped).arrayBuffer() });
  }
  setInterval(send, 5000);
  addEventListener('pagehide', () => events.length && navigator.sendBeacon('/plain', JSON.stringify(events)));`;

const SENTRY = `
  import { init, replayIntegration } from '@sentry/browser';
  init({
    dsn: location.origin.replace('://', '://key@') + '/1',
    integrations: [replayIntegration()],
    replaysSessionSampleRate: 1,
    replaysOnErrorSampleRate: 1,
  });`;

const POSTHOG = `
  import posthog from 'posthog-js/dist/module.full.no-external';
  posthog.init('phc_bench', { api_host: location.origin, autocapture: true, capture_pageview: true, opt_out_useragent_filter: true,
    enable_recording_console_log: true, session_recording: { compress_events: true } });`;

const VERSION_OF = {
  'rrweb + gzip': '@rrweb/record',
  Sentry: '@sentry/browser',
  PostHog: 'posthog-js',
};

/** Name → the tags of the page's head that start it. */
export const RECORDERS = {
  none: '',
  'rrweb + gzip': '<script src="/r/rrweb/boot.js" defer></script>',
  RetroSpec:
    '<script src="/sdk/retrospec.js" data-api-key="rs_ingest_bench" data-site="bench"></script>',
  Sentry: '<script src="/r/sentry/boot.js" defer></script>',
  PostHog: '<script src="/r/posthog/boot.js" defer></script>',
};

async function bundle(name, contents) {
  await build({
    stdin: { contents, resolveDir: here },
    bundle: true,
    minify: true,
    format: 'iife',
    target: ['es2020'],
    define: { __SENTRY_DEBUG__: 'false', 'process.env.NODE_ENV': '"production"' },
    outfile: `${TARGET}/${name}/boot.js`,
    logLevel: 'error',
  });
}

/** Ours as the server serves it; the SDK must have been built (npm run build in sdk/). */
export async function buildRecorders() {
  mkdirSync(TARGET, { recursive: true });
  await Promise.all([bundle('rrweb', PLAIN), bundle('sentry', SENTRY), bundle('posthog', POSTHOG)]);
  cpSync(`${here}../../sdk/dist/web/sdk`, `${TARGET}/retrospec/sdk`, { recursive: true });
  writeFileSync(`${TARGET}/.built`, '');
}

export function versions() {
  return Object.entries(VERSION_OF).map(
    ([name, module]) => `${name}: ${module} ${packageOf(module).version}`,
  );
}

function packageOf(module) {
  const main = require.resolve(module);
  const root = main.slice(0, main.lastIndexOf(`node_modules/${module}/`));
  return require(`${root}node_modules/${module}/package.json`);
}
