import { describe, expect, it } from 'vitest';
import { build as esbuild } from 'esbuild';
import { rollup } from 'rollup';
import { minify } from 'terser';
import { originalPositionFor } from '@jridgewell/trace-mapping';
import { debugIdOf, inject } from '../../cli/src/sourcemaps/injection';
import { withFunctions } from '../../cli/src/sourcemaps/functions';
import { readMap, traced, type MapFile } from '../../cli/src/sourcemaps/map-file';

const SOURCE = `"use strict";
// the cart
class Cart {
  constructor(private items: number[]) { if (!items) throw new Error('in constructor'); }
  totalOf(factor: number): number {
    const scaled = (item: number): number => {
      if (item < 0) throw new Error('in scaled');
      return item * factor;
    };
    return this.items.map((it) => scaled(it)).reduce((a, b) => a + b, 0);
  }
}
export function checkout(items: number[]): number {
  const cart = new Cart(items);
  return cart.totalOf(3);
}
export const handlers = { onPay: () => { throw new Error('in onPay'); } };
(globalThis as any).run = (what: string) => what === 'pay' ? handlers.onPay() : what === 'none' ? checkout(undefined as any) : checkout([1, -1]);
`;

interface Built {
  code: string;
  map: MapFile;
}

async function withEsbuild(options: object = {}): Promise<Built> {
  const { outputFiles } = await esbuild({
    stdin: { contents: SOURCE, loader: 'ts', sourcefile: 'src/cart.ts', resolveDir: '/shop' },
    bundle: true,
    minify: true,
    format: 'iife',
    sourcemap: 'external',
    outfile: 'out/app.js',
    write: false,
    ...options,
  });
  const text = (end: string) => outputFiles.find((file) => file.path.endsWith(end))?.text ?? '';
  return { code: text('.js'), map: readMap(text('.map')) };
}

async function withRollup(): Promise<Built> {
  const { code: source, map: first } = await withEsbuild({ minify: false, format: 'esm' });
  const bundle = await rollup({
    input: 'app',
    plugins: [
      {
        name: 'given',
        resolveId: (id) => id,
        load: () => ({ code: source, map: first as unknown as string }),
      },
    ],
  });
  const [chunk] = (await bundle.generate({ format: 'iife', name: 'app', sourcemap: true })).output;
  return { code: chunk.code, map: readMap(chunk.map?.toString() ?? '') };
}

async function withTerser(): Promise<Built> {
  const first = await withEsbuild({ minify: false });
  const { code = '', map } = await minify(first.code, {
    sourceMap: { content: JSON.stringify(first.map), filename: 'app.js', includeSources: true },
    mangle: { toplevel: true },
  });
  return { code, map: readMap(map as string) };
}

/** The frames of what the script throws, each with its original place and function. */
function thrown({ code, map }: Built, what: string): string[] {
  const named = withFunctions(code, map);
  let stack = '';
  try {
    (0, eval)(`${code}\n//# sourceURL=app-under-test.js`);
    (globalThis as unknown as { run: (what: string) => void }).run(what);
  } catch (error) {
    stack = (error as Error).stack ?? '';
  }
  const trace = traced(map);
  return [...stack.matchAll(/app-under-test\.js:(\d+):(\d+)/g)].map(([, line, column]) => {
    const at = { line: Number(line), column: Number(column) - 1 };
    const place = originalPositionFor(trace, at);
    return `${functionAt(named, at.line, at.column) ?? '?'} ${place.source?.replace(/^.*src/, 'src') ?? '-'}:${place.line ?? 0}`;
  });
}

/** As the server reads it: the innermost range around a place. */
function functionAt(map: MapFile, line: number, column: number): string | undefined {
  const numbers = (group: string) => {
    const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const found: number[] = [];
    let value = 0;
    let shift = 0;
    for (const digit of group) {
      const bits = digits.indexOf(digit);
      value |= (bits & 31) << shift;
      shift += 5;
      if (bits & 32) continue;
      found.push(value >> 1);
      [value, shift] = [0, 0];
    }
    return found;
  };
  let start = 1;
  let found: string | undefined;
  for (const group of String(map.x_retrospec_functions).split(',')) {
    const [step = 0, from = 0, lines = 0, to = 0, name = 0] = numbers(group);
    start += step;
    const begun = line > start || (line === start && column >= from);
    const ended = line > start + lines || (line === start + lines && column >= to);
    if (begun && !ended) found = map.names[name - 1];
  }
  return found;
}

it('a run that was killed when it had written the map is finished by the next one', async () => {
  const before = await withEsbuild();
  const { code, map, debugId } = inject(before.code, before.map);

  const after = inject(before.code, map);

  expect(after).toEqual({ code, map, debugId, changed: true });
});

describe.each([
  ['esbuild', withEsbuild],
  ['esbuild, with lines', () => withEsbuild({ minifyWhitespace: false })],
  ['rollup', withRollup],
  ['terser', withTerser],
])('a script of %s', (_name, built) => {
  it('has the same places and functions after the injection as before', async () => {
    const before = await built();
    const after = inject(before.code, before.map);

    for (const what of ['pay', 'items', 'none']) {
      const frames = thrown(before, what);
      expect(frames.length).toBeGreaterThan(1);
      expect(thrown(after, what)).toEqual(frames);
    }
    // Terser makes a variable of an object's only property.
    expect(thrown(after, 'pay')[0]).toMatch(/^(?:onPay|handlers) src\/cart\.ts:17$/);
    // and puts a function in its only place, where it has no name.
    expect(thrown(after, 'items')[0]).toMatch(/^(?:scaled|\?) src\/cart\.ts:7$/);
    expect(thrown(after, 'items')).toEqual(
      expect.arrayContaining([expect.stringMatching(/^Cart\.totalOf src\/cart\.ts:10$/)]),
    );
    expect(thrown(after, 'none')[0]).toBe('new Cart src/cart.ts:4');
  });

  it('gets an id from its content, once, and registers it when it runs', async () => {
    const first = await built();
    const one = inject(first.code, first.map);
    const same = await built();

    expect(inject(same.code, same.map)).toEqual(one);
    expect(one.map.debugId).toBe(one.debugId);
    expect(debugIdOf(one.code)).toBe(one.debugId);
    expect(one.code.match(/\/\/# debugId=/g)).toHaveLength(1);
    expect(inject(one.code, one.map)).toEqual({ ...one, changed: false });
    expect(inject(first.code.replaceAll('scaled', 'scales'), first.map).debugId).not.toBe(
      first.code.includes('scaled') ? one.debugId : '',
    );

    Object.assign(globalThis, { _retrospecDebugIds: undefined });
    (0, eval)(`${one.code}\n//# sourceURL=registered.js`);
    const ids = (globalThis as unknown as { _retrospecDebugIds: Record<string, string> })
      ._retrospecDebugIds;
    const place = Object.keys(ids).find((stack) => stack.includes('registered.js'));
    expect(ids[place ?? '']).toBe(one.debugId);
  });
});

describe('the beginning of a script stays what it is', () => {
  const map = (): MapFile => ({ version: 3, sources: ['a'], names: [], mappings: 'AAAA' });
  const put = (code: string) => inject(code, map()).code.replace(/!function.*?}\(\);/, 'X;');
  const id = (code: string) => `//# debugId=${inject(code, map()).debugId}\n`;

  it.each([
    ['f()', 'X;f()\n'],
    ['#!/usr/bin/env node\nf()', '#!/usr/bin/env node\nX;f()\n'],
    ['"use strict";f()', '"use strict";X;f()\n'],
    ["/* a */ 'use strict'\nf()", "/* a */ 'use strict';X;\nf()\n"],
    ['"use strict";"use client";f()', '"use strict";"use client";X;f()\n'],
    ['"a".length', 'X;"a".length\n'],
    ['"a"\n+f()', 'X;"a"\n+f()\n'],
    ['"a"\n(f)', 'X;"a"\n(f)\n'],
    ['/*! licence */\nf()', 'X;/*! licence */\nf()\n'],
    ['import "b";f()', 'X;import "b";f()\n'],
  ])('%s', (code, expected) => {
    expect(put(code)).toBe(expected + id(code));
  });

  it('leaves the comment that names the map last', () => {
    expect(put('f()\n//# sourceMappingURL=a.js.map')).toMatch(
      /f\(\)\n\/\/# debugId=.*\n\/\/# sourceMappingURL=a\.js\.map$/,
    );
  });

  it("keeps a bundler's own id", () => {
    const own = '85314830-023f-4cf1-a267-535f4e37bb17';
    const done = inject(`f()\n//# debugId=${own}\n`, map());
    expect(done.debugId).toBe(own);
    expect(done.code).toContain(`[e]="${own}"`);
    expect(inject('f()', { ...map(), debugId: own }).debugId).toBe(own);
  });
});

it('an index map becomes a plain one', () => {
  const part = { version: 3, sources: ['a.ts'], names: [], mappings: 'AAAA' };
  const map = readMap(
    JSON.stringify({ version: 3, sections: [{ offset: { line: 2, column: 4 }, map: part }] }),
  );
  expect(originalPositionFor(traced(map), { line: 3, column: 9 })).toMatchObject({ line: 1 });
});

it('what is no map is refused in words', () => {
  expect(() => readMap('<html>')).toThrow('is no JSON');
  expect(() => readMap('{"version":2}')).toThrow('version 3');
  expect(() => readMap('{"version":3}')).toThrow('no mappings');
});
