import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../cli/src/cli';
import { terminalOf } from '../../cli/src/terminal';
import { KEY, startContractServer, type ContractServer } from '../contract-server';

const JUNIT = '<testsuites><testsuite name="s"><testcase name="t"/></testsuite></testsuites>';
const ID = '550e8400-e29b-41d4-a716-446655440000';
const WHOSE = [
  '--commit',
  'a1b2c3',
  '--branch',
  'feature/x',
  '--author',
  'ada@example.test',
  '--no-diff',
];

let server: ContractServer;
let directory: string;
let said: string[];
let warned: string[];
let env: Record<string, string>;

beforeEach(async () => {
  server = await startContractServer();
  directory = mkdtempSync(join(tmpdir(), 'cli-'));
  writeFileSync(join(directory, 'junit.xml'), JUNIT);
  said = [];
  warned = [];
  env = { RETROSPEC_URL: server.url, RETROSPEC_API_KEY: KEY };
});
afterEach(async () => {
  await server.close();
  rmSync(directory, { recursive: true });
});

function retrospec(...args: string[]): Promise<number> {
  const terminal = {
    ...terminalOf(env),
    say: (line: string) => said.push(line),
    warn: (line: string) => warned.push(line),
  };
  return run({ env, directory, terminal }, args);
}

describe('runs upload', () => {
  it('sends the reports and whose run it is', async () => {
    expect(await retrospec('runs', 'upload', '*.xml', '--run-id', ID, ...WHOSE, '--pr', '12')).toBe(
      0,
    );
    const [upload] = server.received;
    expect(upload?.path).toBe('/v1/ci/junit');
    expect(upload?.fields).toEqual({
      id: ID,
      commitHash: 'a1b2c3',
      branch: 'feature/x',
      author: 'ada@example.test',
      prNumber: '12',
    });
    expect(upload?.reports).toEqual([
      { name: 'junit.xml', type: 'application/xml', content: JUNIT },
    ]);
  });

  it('says what RetroSpec knows, and gives it to the next steps', async () => {
    env.GITHUB_OUTPUT = join(directory, 'output');
    env.GITHUB_STEP_SUMMARY = join(directory, 'summary');
    server.findings = {
      similarPatterns: [
        {
          patternId: 'p',
          similarity: 0.92,
          summary: 'Quote <b>422</b> | @all',
          occurrenceCount: 5,
        },
      ],
      recommendedTests: [{ testName: 'orders', reason: '::set-output::x', confidenceScore: 0.8 }],
    };
    expect(await retrospec('runs', 'upload', 'junit.xml', ...WHOSE, '--status', 'failure')).toBe(0);
    expect(said).toContain('  92 %  Quote <b>422</b> | @all, 5 times');
    expect(said).toContain('  80 %  orders: : :set-output: :x');
    expect(readFileSync(env.GITHUB_OUTPUT, 'utf8')).toMatch(/similar-patterns<<(end-\S+)\n1\n\1\n/);
    const summary = readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8');
    expect(summary).toContain('Quote &lt;b&gt;422&lt;/b&gt; \\| @\u200ball');
  });

  it('carries the links of the snapshot', async () => {
    const shot = [
      'snapshot',
      'https://shop.test/',
      '--run-id',
      ID,
      '--json',
      join(directory, 'snapshot.json'),
    ];
    expect(await retrospec(...shot)).toBe(0);
    expect(
      await retrospec('runs', 'upload', 'junit.xml', ...WHOSE, '--snapshot', 'snapshot.json'),
    ).toBe(0);
    expect(JSON.parse(server.received[1]?.fields.snapshotUrls ?? '')).toEqual({
      screenshot: 'https://objects.example.test/screenshot.png',
      htmlDump: 'https://objects.example.test/page.html',
      har: 'https://objects.example.test/network.har',
      consoleLogs: 'https://objects.example.test/console.log',
    });
  });

  it('tells a red run whose tests died before their report', async () => {
    writeFileSync(join(directory, 'log'), 'Test: boot\nError: port in use');
    const args = ['runs', 'upload', 'none/*.xml', ...WHOSE, '--status', 'failed', '--logs', 'log'];
    expect(await retrospec(...args)).toBe(0);
    expect(server.received[0]?.path).toBe('/api/v1/report');
    expect(server.received[0]?.json).toMatchObject({
      status: 'failed',
      failureLogs: 'Test: boot\nError: port in use',
    });
  });

  it('is not done when nothing fits and nobody says how it ended', async () => {
    expect(await retrospec('runs', 'upload', 'none/*.xml', ...WHOSE)).toBe(1);
    expect(warned).toEqual(['no report fits none/*.xml']);
  });

  it('keeps a run while the server is away, and tells it with the next', async () => {
    env.RETROSPEC_SPOOL = join(directory, 'spool');
    const args = ['runs', 'upload', 'junit.xml', ...WHOSE, '--best-effort'];
    server.next.push({ status: 500 }, { status: 500 }, { status: 500 });
    expect(await retrospec(...args, '--run-id', ID)).toBe(0);
    expect(warned.join()).toContain('kept in');
    expect(await retrospec(...args)).toBe(0);
    expect(said.join()).toContain('1 run(s) of before');
    expect([...server.runs.keys()]).toContain(ID);
    expect(readdirSync(env.RETROSPEC_SPOOL)).toEqual(['.gitignore']);
  });

  it('keeps nothing that will never be taken', async () => {
    env.RETROSPEC_SPOOL = join(directory, 'spool');
    writeFileSync(join(directory, 'junit.xml'), '<html/>');
    expect(await retrospec('runs', 'upload', 'junit.xml', ...WHOSE, '--best-effort')).toBe(0);
    expect(warned.join()).toContain('no JUnit XML');
    expect(readdirSync(directory)).not.toContain('spool');
  });

  it('may be repeated', async () => {
    for (let time = 0; time < 2; time++) {
      expect(await retrospec('runs', 'upload', 'junit.xml', ...WHOSE, '--run-id', ID)).toBe(0);
    }
    expect(server.runs.size).toBe(1);
  });
});

describe('runs submit', () => {
  it('tells failures that are in no report', async () => {
    const failures = [{ testName: 'a', errorMessage: 'Connection refused', stackTrace: 'at x' }];
    writeFileSync(join(directory, 'failures.json'), JSON.stringify(failures));
    expect(await retrospec('runs', 'submit', ...WHOSE, '--failures', 'failures.json')).toBe(0);
    expect(server.received[0]).toMatchObject({
      path: '/test-runs',
      json: { status: 'failed', failedTests: failures },
    });
  });

  it('tells a green run', async () => {
    expect(await retrospec('runs', 'submit', ...WHOSE, '--status', 'success')).toBe(0);
    expect(server.received[0]?.json.status).toBe('passed');
  });

  it.each([
    ['[{"testName":"a"}]', 'must be a list'],
    ['not json', 'no JSON'],
  ])('says what is wrong with %s', async (text, problem) => {
    writeFileSync(join(directory, 'failures.json'), text);
    expect(await retrospec('runs', 'submit', ...WHOSE, '--failures', 'failures.json')).toBe(1);
    expect(warned.join()).toContain(problem);
    expect(server.received).toEqual([]);
  });
});

describe('snapshot', () => {
  it('asks for what the contract has', async () => {
    const options = [
      '--viewport',
      '1920x1080',
      '--wait-for-selector',
      '#app',
      '--wait-for-timeout',
      '500',
    ];
    expect(await retrospec('snapshot', 'http://localhost:3000', '--run-id', ID, ...options)).toBe(
      0,
    );
    expect(server.received[0]?.json).toEqual({
      testRunId: ID,
      url: 'http://localhost:3000',
      viewport: { width: 1920, height: 1080 },
      waitForSelector: '#app',
      waitForTimeout: 500,
    });
  });

  it('says when the address is not allowed', async () => {
    expect(await retrospec('snapshot', 'http://169.254.169.254/', '--run-id', ID)).toBe(1);
    expect(warned).toEqual(['no snapshot: 403 address not allowed']);
  });

  it('lives elsewhere where the documents say so', async () => {
    env = {
      SNAPSHOT_SERVICE_URL: server.url,
      API_SERVICE_URL: 'http://127.0.0.1:1',
      API_SECRET_KEY: KEY,
    };
    expect(await retrospec('snapshot', 'https://shop.test')).toBe(0);
  });
});

describe('patterns search', () => {
  it('lists what was seen before, and no commands to the runner', async () => {
    expect(
      await retrospec(
        'patterns',
        'search',
        'quote',
        'refused',
        '--top-k',
        '3',
        '--threshold',
        '0.5',
      ),
    ).toBe(0);
    const [search] = server.received;
    expect(Object.fromEntries(search?.query ?? [])).toEqual({
      q: 'quote refused',
      topK: '3',
      threshold: '0.5',
    });
    expect(said[0]).toBe('92 %  Quote refused: 422 : :error: :injected');
  });
});

describe('wrong usage', () => {
  it.each([
    [['runs', 'upload']],
    [['runs', 'upload', 'junit.xml', '--status', 'maybe', ...WHOSE]],
    [['runs', 'upload', 'junit.xml', '--run-id', 'seven', ...WHOSE]],
    [['runs', 'upload', '--key', 'secret']],
    [['snapshot', 'https://shop.test', '--viewport', 'big']],
    [['patterns', 'search', 'x', '--threshold', '85']],
    [['patterns', 'forget']],
  ])('is said of %j, and nothing is sent', async (args) => {
    expect(await retrospec(...args)).toBe(2);
    expect(server.received).toEqual([]);
  });

  it('of the server is said too', async () => {
    env.RETROSPEC_API_KEY = 'another';
    expect(await retrospec('runs', 'submit', ...WHOSE, '--status', 'passed')).toBe(1);
    expect(warned).toEqual(['RetroSpec was not told: 401 Unauthorized']);
  });
});
