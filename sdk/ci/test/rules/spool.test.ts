import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSpool } from '../../src/spool';
import type { Submission } from '../../src/submission';

const A = 'https://a.test';
const KEY = 'rsk_one';
let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'spool-')), 'deep', 'spool');
});
afterEach(() => rmSync(join(folder, '..', '..'), { recursive: true }));

function aRun(id: string, bytes = 0): Submission {
  return {
    kind: 'junit',
    run: { id, commitHash: 'a', branch: 'b', author: 'c' },
    reports: [{ name: 'r.xml', content: 'x'.repeat(bytes) }],
  };
}

async function idsFor(url: string): Promise<string[]> {
  return (await openSpool(folder, KEY).waiting(url)).map((it) => it.submission.run.id);
}

describe('runs that wait', () => {
  it('come back for the server they were meant for', async () => {
    const spool = openSpool(folder, KEY);
    await spool.keep(A, aRun('1'));
    await spool.keep('https://b.test', aRun('2'));
    expect(await idsFor(A)).toEqual(['1']);
  });

  it('come back for the project they were meant for', async () => {
    await openSpool(folder, KEY).keep(A, aRun('1'));
    await openSpool(folder, 'rsk_other').keep(A, aRun('2'));
    expect(await idsFor(A)).toEqual(['1']);
    const [entry] = readdirSync(folder).filter((it) => it.endsWith('.json'));
    expect(readFileSync(join(folder, entry ?? ''), 'utf8')).not.toContain(KEY);
  });

  it('are gone once they are told', async () => {
    const spool = openSpool(folder, KEY);
    await spool.keep(A, aRun('1'));
    for (const waiting of await spool.waiting(A)) await waiting.forget();
    expect(await idsFor(A)).toEqual([]);
  });

  it('are nobody else’s business', async () => {
    await openSpool(folder, KEY).keep(A, aRun('1'));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder)).toContain('.gitignore');
  });

  it('make room for newer ones', async () => {
    const spool = openSpool(folder, KEY);
    for (let n = 1; n <= 4; n++) await spool.keep(A, aRun(String(n), 20 * 1024 * 1024));
    expect(await idsFor(A)).toHaveLength(2);
  });

  it('are forgotten after a week, and when they are broken', async () => {
    const spool = openSpool(folder, KEY);
    await spool.keep(A, aRun('1'));
    const weekAgo = Date.now() - 8 * 24 * 3_600_000;
    writeFileSync(join(folder, `run-${weekAgo}-0a.json`), '{}');
    writeFileSync(join(folder, `run-${Date.now()}-0b.json`), '{"version":2');
    expect(await idsFor(A)).toEqual(['1']);
    expect(readdirSync(folder).filter((name) => name.endsWith('.json'))).toHaveLength(1);
  });

  it('are none where nothing was ever kept', async () => {
    expect(await idsFor(A)).toEqual([]);
  });
});
