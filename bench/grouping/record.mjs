/* Builds the sites, causes every fault in the browsers, and writes the labelled set. See README. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BROWSERS, open } from './browsers.mjs';
import { build, HERE } from './build.mjs';
import { chance, isHeldOut } from './chance.mjs';
import { originalStack } from './original.mjs';
import { serve } from './serve.mjs';
import { REQUESTS_TOO, ROUTES, SITES, TOLD_BY, VALUES } from './sites.mjs';

const DEPLOYS = 10;
/** Browsers at a time. */
const AT_ONCE = process.argv[2] === 'deploys' ? 3 : 1;
const PATIENCE_MS = 20_000;
const TARGET = join(HERE, '../src/main/resources/grouping');

const wanted = process.argv[2] === 'deploys' ? 'deploys' : 'set';
const only = process.argv.slice(3);

async function faultsOf(site) {
  const source = await readFile(join(HERE, 'sites', site.name, 'main.js'), 'utf8');
  const list = source.slice(source.search(/(globalThis|window)\.faults = /));
  return [...list.matchAll(/^ {2}'([a-z-]+)':/gm)].map((match) => match[1]);
}

function routeOf(site, fault, number, values) {
  const routes = ROUTES[fault] ?? site.routes;
  const route = routes[number % routes.length];
  return route.replace(/:(\w+)/g, (_, name) => encodeURIComponent(String(values[name]).toLowerCase()));
}

/** Four sightings of a fault, no two alike in browser, build and values. */
function sightings(site, fault) {
  const random = chance(`sightings/${site.name}/${fault}`);
  const turn = Math.floor(random() * site.recipes.length);
  const order = [...BROWSERS, BROWSERS[Math.floor(random() * BROWSERS.length)]];
  return order.map((browser, number) => ({
    browser,
    recipe: site.recipes[(turn + number) % site.recipes.length],
    number,
  }));
}

function deploys(site) {
  return Array.from({ length: DEPLOYS }, (_, number) => ({
    browser: 'chromium',
    recipe: { id: `d${number + 1}`, seed: 100 + number, minifier: site.deploys },
    number: number % VALUES.length,
  }));
}

async function plan(work) {
  const visits = [];
  const builds = new Map();
  for (const site of SITES.filter((each) => !only.length || only.includes(each.name))) {
    for (const fault of await faultsOf(site)) {
      const all = wanted === 'deploys' ? deploys(site) : sightings(site, fault);
      for (const { browser, recipe, number } of all) {
        const key = `${site.name}/${recipe.id}`;
        if (!builds.has(key)) builds.set(key, await build(site, recipe, join(work, site.name, recipe.id)));
        visits.push({
          number: visits.length, browser, site: site.name, build: recipe.id, minifier: recipe.minifier, fault,
          values: VALUES[number], route: routeOf(site, fault, number, VALUES[number]), waitMs: site.waitMs ?? 160,
        });
      }
    }
  }
  return { visits, builds };
}

/** What the fault is told by. */
function sightingOf(visit, seen) {
  const of = seen.filter((each) => each.kind === (TOLD_BY[visit.fault] ?? 'js_exception'));
  return of.find((each) => each.subkind !== 'console_error') ?? of[0];
}

const told = new Map();
const work = await mkdtemp(join(tmpdir(), 'grouping-'));
const { visits, builds } = await plan(work);
console.log(`${visits.length} visits to ${builds.size} builds`);
const server = await serve(builds, visits, (visit, what) => {
  if (!visit.again || !told.has(visit.number) || what.seen.length) told.set(visit.number, what);
  return sightingOf(visit, what.seen) !== undefined;
});

async function openSome(browser) {
  const url = `http://127.0.0.1:${server.port}/start/${browser}`;
  const closers = await Promise.all(Array.from({ length: AT_ONCE }, () => open(browser, url)));
  return () => Promise.all(closers.map((close) => close()));
}

async function run(browser) {
  let close = await openSome(browser);
  let before = -1;
  let still = 0;
  const count = () => visits.filter((visit) => visit.browser === browser && told.has(visit.number)).length;
  const total = visits.filter((visit) => visit.browser === browser).length;
  while (count() < total || server.waiting(browser)) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const now = count();
    still = now === before ? still + 500 : 0;
    before = now;
    if (now < total && still >= PATIENCE_MS) {
      await close();
      if (server.waiting(browser) === 0) return;
      console.log(`${browser} hung after ${now} of ${total}; goes on with the next`);
      close = await openSome(browser);
      still = 0;
    }
  }
  await close();
}

await Promise.all(BROWSERS.filter((browser) => server.waiting(browser)).map(run));
server.close();

const neutral = (visit) => (text) =>
  text
    .replaceAll(`http://127.0.0.1:${server.port}/b/${visit.site}/${visit.build}`, `https://${visit.site}.example`)
    .replaceAll(`http://127.0.0.1:${server.port}`, `https://${visit.site}.example`)
    .replaceAll(`127.0.0.1:${server.port}`, `${visit.site}.example`)
    .replaceAll('http://127.0.0.1:9', 'https://services.example')
    .replace(/(?<=[/=])(?:\d{3}|html|empty)-(?=[\w%])/g, '');

/** Without the calls of what pressed the button: in life it was a hand. */
function withoutDriver(stack) {
  const lines = stack.split('\n');
  const first = lines.findIndex((line) => line.includes('/drive.js'));
  if (first < 0) return stack.trimEnd();
  const kept = lines.slice(0, first);
  while (kept.length && /^(?:\s+at )?(?:HTMLButtonElement\.click|click@|\[native code\])/.test(kept.at(-1))) kept.pop();
  return kept.join('\n').trimEnd();
}

function versionOf(agent, browser) {
  const pattern = { chromium: /Chrome\/([\d.]+)/, firefox: /Firefox\/([\d.]+)/, webkit: /AppleWebKit\/([\d.]+)/ }[browser];
  return `${{ chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKitGTK' }[browser]} ${pattern.exec(agent)?.[1] ?? ''}`.trim();
}

function itemOf(visit, sighting, fault, agent) {
  const say = neutral(visit);
  const made = builds.get(`${visit.site}/${visit.build}`);
  const { error, request, element, causes } = sighting;
  const stack = error?.stack && withoutDriver(say(error.stack));
  const original = made.site.maps && stack ? originalStack(stack, error.type, say(error.message), made) : undefined;
  const cause = error?.cause ?? causes?.map((each) => `${each.type}: ${each.message}\n${withoutDriver(each.stack ?? '')}`).join('\nCaused by: ');
  return {
    project: visit.site,
    fault,
    heldOut: isHeldOut(visit.site, fault),
    kind: sighting.kind,
    subkind: sighting.subkind,
    route: sighting.route,
    label: say(sighting.label),
    ...(error && {
      error: { type: error.type, message: say(error.message), ...(stack && { stack }), ...(cause && { cause: say(cause) }), ...(original && { originalStack: original }) },
    }),
    ...(request && { request: { method: request.method, url: say(request.url), status: request.status } }),
    ...(element && { element }),
    source: `recorded: ${versionOf(agent, visit.browser)}, ${visit.minifier === 'plain' ? 'esbuild without minifying' : visit.minifier}, build ${visit.build}`,
    ...(wanted === 'deploys' && { deploy: Number(visit.build.slice(1)) }),
  };
}

const items = [];
const missing = [];
for (const visit of visits) {
  const what = told.get(visit.number);
  const seen = what?.seen ?? [];
  const sighting = sightingOf(visit, seen);
  if (sighting) items.push(itemOf(visit, sighting, visit.fault, what.agent));
  else missing.push(`${visit.site}/${visit.fault} ${visit.browser} ${visit.build}: ${seen.map((each) => each.label).join(' | ')}`);
  if (REQUESTS_TOO[visit.site]?.includes(visit.fault)) {
    const asked = seen.find((each) => each.kind === 'api_error');
    if (asked) items.push(itemOf(visit, asked, `${visit.fault}-request`, what.agent));
    else missing.push(`${visit.site}/${visit.fault}-request ${visit.browser}`);
  }
}
missing.forEach((line) => console.log(`nothing told: ${line}`));
const name = wanted === 'deploys' ? 'deploys.jsonl' : 'recorded.jsonl';
execFileSync('mkdir', ['-p', TARGET]);
await writeFile(join(only.length ? work : TARGET, name), items.map((item) => JSON.stringify(item)).join('\n') + '\n');
console.log(`${items.length} items of ${new Set(items.map((item) => `${item.project}/${item.fault}`)).size} faults in ${only.length ? work : TARGET}/${name}`);
if (!only.length) await rm(work, { recursive: true, force: true });
process.exit(0);
