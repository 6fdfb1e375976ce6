import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { oneLine } from '../../../src/findings';
import type { Server } from '../../../src/server';
import { keepJson, NotDone, serverOf, WrongUsage, type Surroundings } from '../job';
import { withFunctions } from './functions';
import { debugIdOf, inject } from './injection';
import { readScript, scriptPaths, withInlineMap, type Script, type Unmapped } from './scripts';

const AT_ONCE = 4;
const packed = promisify(gzip);

/** `sourcemaps inject`: every script and its map get the same debug id. */
export async function injectDebugIds(around: Surroundings, args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean' }, verbose: { type: 'boolean' } },
  });
  const { scripts, unmapped } = await scriptsIn(around, positionals, 'inject');
  let changed = 0;
  for (const script of scripts) {
    const done = inject(script.code, script.map);
    if (values.verbose) around.terminal.say(`${done.debugId}  ${script.name}`);
    if (!done.changed) continue;
    changed += 1;
    if (values['dry-run']) continue;
    if (script.mapPath === undefined) {
      await writeFile(script.path, withInlineMap(done.code, done.map));
    } else {
      await writeFile(script.mapPath, JSON.stringify(done.map));
      await writeFile(script.path, done.code);
    }
  }
  const would = values['dry-run'] ? 'would get' : 'got';
  around.terminal.say(
    `${changed} of ${scripts.length} scripts ${would} a debug id${without(unmapped)}`,
  );
}

/** What became of a script. */
interface Fate {
  script: string;
  debugId?: string;
  outcome: string;
}

/** `sourcemaps upload`: the maps of a build, without the contents of their sources. */
export async function uploadSourceMaps(around: Surroundings, args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      release: { type: 'string' },
      'url-prefix': { type: 'string' },
      'dry-run': { type: 'boolean' },
      verbose: { type: 'boolean' },
      url: { type: 'string' },
      json: { type: 'string' },
      'best-effort': { type: 'boolean' },
    },
  });
  const { scripts, unmapped } = await scriptsIn(around, positionals, 'upload');
  const release = values.release ?? around.env.RETROSPEC_RELEASE?.trim() ?? '';
  const prefix = values['url-prefix'] ?? '~/';
  const nameless = scripts.find((script) => release === '' && idOf(script) === undefined);
  if (nameless) {
    throw new NotDone(
      `${nameless.name} has no debug id: run "sourcemaps inject" before, or give --release`,
    );
  }
  const server = values['dry-run'] ? undefined : serverOf(around, values.url).server;
  const fates: Fate[] = [];
  const waiting = [...scripts];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let script = waiting.shift(); script; script = waiting.shift()) {
        fates.push(await upload(server, script, release, prefix + script.name));
      }
    }),
  );
  fates.sort((a, b) => (a.script < b.script ? -1 : 1));
  const failed = fates.filter(({ outcome }) => outcome.startsWith('failed'));
  for (const { script, debugId = '-', outcome } of values.verbose ? fates : failed) {
    around.terminal.say(`${outcome}  ${debugId}  ${oneLine(script)}`);
  }
  await keepJson(around, values.json, { release: release || undefined, maps: fates });
  const done = fates.length - failed.length;
  const would = server ? '' : ' would be';
  around.terminal.say(
    `${done} of ${fates.length} source maps${would} uploaded${without(unmapped)}`,
  );
  if (failed[0])
    throw new NotDone(`${failed.length} source maps were not taken: ${failed[0].outcome}`);
}

async function upload(
  server: Server | undefined,
  script: Script,
  release: string,
  url: string,
): Promise<Fate> {
  const debugId = idOf(script);
  const known = { script: script.name, ...(debugId === undefined ? {} : { debugId }) };
  if (!server) return { ...known, outcome: 'would be uploaded' };
  // named while the sources are at hand, which then stay here
  const map = { ...withFunctions(script.code, script.map), sourcesContent: undefined };
  const query = new URLSearchParams({
    ...(debugId === undefined ? {} : { debugId }),
    ...(release ? { release } : {}),
    url,
  });
  const reply = await server({
    method: 'POST',
    path: `/v1/sourcemaps?${query.toString()}`,
    body: { gzip: await packed(JSON.stringify(map)) },
  });
  return {
    ...known,
    outcome:
      reply.kind === 'ok'
        ? String((reply.body as { outcome?: unknown }).outcome)
        : `failed: ${reply.message}`,
  };
}

function idOf(script: Script): string | undefined {
  return debugIdOf(script.code) ?? script.map.debugId;
}

async function scriptsIn(
  around: Surroundings,
  places: string[],
  command: string,
): Promise<{ scripts: Script[]; unmapped: Unmapped[] }> {
  if (places.length === 0) throw new WrongUsage(`of which folder? sourcemaps ${command} <folder>…`);
  const paths = await scriptPaths(places.map((place) => resolve(around.directory, place))).catch(
    (error: unknown) => {
      throw new NotDone(error instanceof Error ? error.message : String(error));
    },
  );
  const scripts: Script[] = [];
  const unmapped: Unmapped[] = [];
  for (const { path, name } of paths) {
    const read = await readScript(path, name);
    if ('reason' in read) unmapped.push(read);
    else scripts.push(read);
  }
  for (const { path, reason } of unmapped.filter((it) => it.reason !== 'it has no map')) {
    around.terminal.warn(`${path}: ${reason}`);
  }
  if (scripts.length === 0) {
    throw new NotDone(`no script with a source map in ${places.join(', ')}${without(unmapped)}`);
  }
  return { scripts, unmapped };
}

function without(unmapped: Unmapped[]): string {
  return unmapped.length === 0 ? '' : ` (${unmapped.length} without a map)`;
}
