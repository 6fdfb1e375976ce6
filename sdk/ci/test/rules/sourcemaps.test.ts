import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { build } from 'esbuild';
import { run } from '../../cli/src/cli';
import { terminalOf } from '../../cli/src/terminal';
import { KEY, startContractServer, type ContractServer } from '../contract-server';

let server: ContractServer;
let directory: string;
let said: string[];
let warned: string[];
let env: Record<string, string>;

beforeEach(async () => {
  server = await startContractServer();
  directory = mkdtempSync(join(tmpdir(), 'maps-'));
  said = [];
  warned = [];
  env = { RETROSPEC_URL: server.url, RETROSPEC_API_KEY: KEY };
  writeFileSync(join(directory, 'cart.ts'), 'export const total = (a: number) => a * 3;\n');
  writeFileSync(
    join(directory, 'app.ts'),
    "import { total } from './cart'; console.log(total(1));\n",
  );
  await built({ sourcemap: 'linked' });
  writeFileSync(join(directory, 'dist/plain.js'), 'noMap()\n');
});
afterEach(async () => {
  await server.close();
  rmSync(directory, { recursive: true });
});

function built(options: object) {
  return build({
    entryPoints: { 'js/app': join(directory, 'app.ts'), cart: join(directory, 'cart.ts') },
    bundle: true,
    minify: true,
    outdir: join(directory, 'dist'),
    ...options,
  });
}

function retrospec(...args: string[]): Promise<number> {
  const terminal = {
    ...terminalOf(env),
    say: (line: string) => said.push(line),
    warn: (line: string) => warned.push(line),
  };
  return run({ env, directory, terminal }, args);
}

const text = (file: string) => readFileSync(join(directory, file), 'utf8');
const uploaded = () =>
  server.received
    .map(({ query, json }) => ({
      url: query.get('url'),
      release: query.get('release'),
      debugId: query.get('debugId'),
      json,
    }))
    .sort((a, b) => JSON.stringify(a).length - JSON.stringify(b).length);

describe('sourcemaps inject', () => {
  it('gives each script and its map one id, and does it once', async () => {
    expect(await retrospec('sourcemaps', 'inject', 'dist')).toBe(0);
    expect(said).toEqual(['2 of 2 scripts got a debug id (1 without a map)']);
    const once = text('dist/js/app.js');
    const map = JSON.parse(text('dist/js/app.js.map')) as { debugId: string };
    expect(once).toContain(`//# debugId=${map.debugId}\n//# sourceMappingURL=app.js.map`);

    expect(await retrospec('sourcemaps', 'inject', 'dist')).toBe(0);
    expect(said[1]).toBe('0 of 2 scripts got a debug id (1 without a map)');
    expect(text('dist/js/app.js')).toBe(once);
  });

  it('of a dry run leaves every file as it is', async () => {
    const before = text('dist/js/app.js');
    expect(await retrospec('sourcemaps', 'inject', 'dist', '--dry-run', '--verbose')).toBe(0);
    expect(text('dist/js/app.js')).toBe(before);
    expect(said.join('\n')).toMatch(/[0-9a-f-]{36} {2}js\/app\.js/);
  });

  it('knows maps within their scripts', async () => {
    await built({ sourcemap: 'inline' });
    rmSync(join(directory, 'dist/js/app.js.map'));
    expect(await retrospec('sourcemaps', 'inject', 'dist/js/app.js')).toBe(0);
    const url = /sourceMappingURL=data:application\/json;base64,(\S+)/.exec(text('dist/js/app.js'));
    expect(Buffer.from(url?.[1] ?? '', 'base64').toString()).toContain('"debugId"');
    expect(await retrospec('sourcemaps', 'upload', 'dist/js/app.js')).toBe(0);
  });
});

describe('sourcemaps upload', () => {
  it('sends the maps with their names and without their sources', async () => {
    await retrospec('sourcemaps', 'inject', 'dist');
    expect(
      await retrospec('sourcemaps', 'upload', 'dist', '--release', '1.4', '--url-prefix', '~/a/'),
    ).toBe(0);
    const maps = uploaded();
    expect(maps.map(({ url }) => url).sort()).toEqual(['~/a/cart.js', '~/a/js/app.js']);
    for (const { release, debugId, json } of maps) {
      expect(release).toBe('1.4');
      expect(debugId).toBe(json.debugId);
      expect(json.sourcesContent).toBeUndefined();
      expect(json.x_retrospec_functions).toBeTypeOf('string');
      expect(json.names).toContain('total');
    }
    expect(said.at(-1)).toBe('2 of 2 source maps uploaded (1 without a map)');
  });

  it('goes by release and address where no id was put in', async () => {
    expect(await retrospec('sourcemaps', 'upload', 'dist')).toBe(1);
    expect(warned[0]).toMatch(/has no debug id: run "sourcemaps inject" before, or give --release/);
    env.RETROSPEC_RELEASE = '7';
    expect(await retrospec('sourcemaps', 'upload', 'dist')).toBe(0);
    expect(uploaded()[0]).toMatchObject({ release: '7', url: '~/cart.js' });
  });

  it('of a dry run sends nothing and needs no key', async () => {
    env = {};
    expect(await retrospec('sourcemaps', 'upload', 'dist', '--dry-run', '--release', '1')).toBe(0);
    expect(server.received).toEqual([]);
    expect(said).toEqual(['2 of 2 source maps would be uploaded (1 without a map)']);
  });

  it('tries again while the server is in trouble, and fails when a map is refused', async () => {
    server.next.push(
      { status: 503, headers: { 'retry-after': '0' } },
      { status: 400, body: { error: 'the source map has no sources' } },
    );
    expect(await retrospec('sourcemaps', 'upload', 'dist', '--release', '1')).toBe(1);
    expect(server.received).toHaveLength(3);
    expect(said[0]).toMatch(/^failed: 400 the source map has no sources/);
    expect(await retrospec('sourcemaps', 'upload', 'dist', '--release', '1', '--best-effort')).toBe(
      0,
    );
  });

  it('says when there is nothing to upload', async () => {
    expect(await retrospec('sourcemaps', 'upload', 'nowhere')).toBe(1);
    expect(await retrospec('sourcemaps', 'upload', 'dist/plain.js')).toBe(1);
    expect(await retrospec('sourcemaps', 'upload')).toBe(2);
    expect(warned.map((line) => line.replace(directory, ''))).toEqual([
      '/nowhere is not there',
      'no script with a source map in dist/plain.js (1 without a map)',
      'of which folder? sourcemaps upload <folder>…',
    ]);
  });

  it('passes over a map that is none, with a word', async () => {
    writeFileSync(join(directory, 'dist/cart.js.map'), '<html>');
    expect(await retrospec('sourcemaps', 'upload', 'dist', '--release', '1')).toBe(0);
    expect(warned[0]).toMatch(/cart\.js: its map is no JSON$/);
    expect(server.received).toHaveLength(1);
  });
});
