import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { KEY, startContractServer, type ContractServer } from '../contract-server';
import { testCases, type XmlCase } from './junit-cases';
import { CHROMIUM, FIXTURE, runPlaywright, type Ended } from './playwright-run';

const GREEN = 'green.pw.ts';
const RED = 'shop.pw.ts';

let server: ContractServer;
let work: string;

beforeAll(async () => {
  server = await startContractServer();
  work = mkdtempSync(join(tmpdir(), 'reporter-'));
});
afterAll(async () => {
  await server.close();
  rmSync(work, { recursive: true, force: true });
});
beforeEach(() => {
  server.received = [];
  server.next = [];
  server.findings = { similarPatterns: [], recommendedTests: [] };
  rmSync(join(work, 'spool'), { recursive: true, force: true });
});

/** A real Playwright run of one file of the fixture. */
function playwright(file: string, env: Record<string, string> = {}): Promise<Ended> {
  return runPlaywright(file, work, { RETROSPEC_URL: server.url, RETROSPEC_API_KEY: KEY, ...env });
}

function spooled(): string[] {
  const folder = join(work, 'spool');
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
}

describe.skipIf(!existsSync(CHROMIUM))('a run with every kind of end', () => {
  let ended: Ended;
  let cases: Map<string, XmlCase>;
  let fields: Record<string, string>;

  beforeAll(async () => {
    server.received = [];
    server.findings = {
      similarPatterns: [
        { patternId: 'p', similarity: 0.92, summary: 'price is free', occurrenceCount: 5 },
      ],
    };
    ended = await playwright(RED);
    const [upload] = server.received;
    if (!upload) throw new Error(ended.printed);
    fields = upload.fields;
    cases = testCases(upload.reports[0]?.content ?? '');
    // Eight tests, most of them twice.
  }, 240_000);

  const named = (title: string): XmlCase => {
    const found = cases.get(`the shop › ${title}`);
    if (!found) throw new Error(`${title} is not in ${[...cases.keys()].join(', ')}`);
    return found;
  };

  it('ends as it would without the reporter, and says what RetroSpec knows', () => {
    expect(ended.status).toBe(1);
    expect(ended.printed).toContain('92 %  price is free, 5 times');
  });

  it('names itself', () => {
    expect(fields).toMatchObject({
      status: 'failed',
      commitHash: 'abc123def456',
      branch: 'feature/new-ui',
      repository: 'shop/front-end',
      job: 'fixture',
    });
    expect(fields.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(Number(fields.durationMs)).toBeGreaterThan(0);
  });

  it('tells every test, as Playwright itself would name it', () => {
    expect(cases.size).toBe(8);
    expect(named('shows its name')).toMatchObject({
      suite: 'shop.pw.ts',
      host: 'chromium',
      verdicts: [],
    });
  });

  it('tells both tries of a red test, without colours', () => {
    const { verdicts, text } = named('names a price');
    expect(verdicts.map((it) => it.element)).toEqual(['failure', 'rerunFailure']);
    expect(verdicts[0]?.message).toContain('toHaveText');
    expect(text).toContain('free]]>');
    expect(text).not.toContain('\u001b');
  });

  it('leads to trace and screenshot, and to what was printed', () => {
    const { text } = named('names a price');
    expect(text).toMatch(/\[\[ATTACHMENT\|.*test-failed-1\.png\]\]/);
    expect(text).toMatch(/\[\[ATTACHMENT\|.*trace\.zip\]\]/);
    expect(text).toContain('the price was asked for');
  });

  it('tells a test that ran out of time', () => {
    const [verdict] = named('opens in time').verdicts;
    expect(verdict).toMatchObject({ element: 'failure', type: 'TimeoutError' });
    expect(verdict?.message).toContain('timeout of 1500ms exceeded');
  });

  it('tells a flaky test', () => {
    const { verdicts } = named('is there at the second look');
    expect(verdicts.map((it) => it.element)).toEqual(['flakyFailure']);
  });

  it('tells the cause of an error', () => {
    expect(named('throws with a cause').text).toContain('[cause]: TypeError: quantity is missing');
  });

  it('tells what was skipped, known to fail, and thought to fail', () => {
    expect(named('is not built yet').verdicts.map((it) => it.element)).toEqual(['skipped']);
    expect(named('is known to fail').verdicts).toEqual([]);
    expect(named('was thought to fail').verdicts[0]?.message).toBe('Expected to fail, but passed');
  });

  it('has no path of this machine in it', () => {
    expect([...cases.values()].map((it) => it.text).join('\n')).not.toContain(FIXTURE);
  });
});

describe('a reporter', () => {
  it('tells green runs too', async () => {
    const { status } = await playwright(GREEN);
    expect(status).toBe(0);
    expect(server.received[0]?.fields.status).toBe('passed');
  });

  it('tells a run whose files do not load', async () => {
    const { status } = await playwright('broken.pw.ts');
    expect(status).toBe(1);
    const report = server.received[0]?.reports[0]?.content;
    expect(report).toContain('outside of any test');
    expect(report).toContain('this file does not load');
  });

  it('keeps the run while the server is in trouble, and the next run tells it', async () => {
    const trouble = { status: 500, body: { error: 'database' } };
    server.next.push(trouble, trouble, trouble);
    const first = await playwright(GREEN);
    expect(first.status).toBe(0);
    expect(first.printed).toContain('RetroSpec was not told: 500 database; the next run tells it');
    expect(spooled()).toHaveLength(1);
    const before = server.received[0]?.fields.id ?? '';
    expect(server.runs.has(before)).toBe(false);

    // Whoever had little time left has asked less often.
    server.next = [];
    const second = await playwright(GREEN);
    expect(second.printed).toContain('and 1 of before');
    expect(server.runs.has(before)).toBe(true);
    expect(spooled()).toEqual([]);
  });

  it('keeps the run while the server is away', async () => {
    const { status, printed } = await playwright(GREEN, { RETROSPEC_URL: 'http://127.0.0.1:9' });
    expect(status).toBe(0);
    expect(printed).toContain('RetroSpec was not told');
    expect(spooled()).toHaveLength(1);
  });

  it('does not wait for a server that is silent', async () => {
    server.next.push(...[1, 2, 3].map(() => ({ status: 200, silent: true })));
    const { status } = await playwright(GREEN);
    expect(status).toBe(0);
    expect(spooled()).toHaveLength(1);
  });

  it('drops what will never be taken', async () => {
    server.next.push({ status: 400, body: { error: 'branch is required' } });
    const { status, printed } = await playwright(GREEN);
    expect(status).toBe(0);
    expect(printed).toContain('400 branch is required');
    expect(spooled()).toEqual([]);
  });

  it('says that it has no key, and nothing else', async () => {
    const { status, printed } = await playwright(GREEN, { RETROSPEC_API_KEY: '' });
    expect(status).toBe(0);
    expect(printed).toContain('RETROSPEC_API_KEY is not set');
    expect(server.received).toEqual([]);
  });
});
