import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ADMIN_KEY, KEY, startContractServer, type ContractServer } from '../contract-server';
import { testCases } from './junit-cases';

const DEMO = fileURLToPath(new URL('../../demo/run.mjs', import.meta.url));

interface Step {
  name: string;
  outcome: string;
  conclusion: string;
  log: string;
}

interface Run {
  branch: string;
  commit: string;
  conclusion: string;
  runId: string;
  steps: Step[];
  summary: string;
}

let server: ContractServer;
let work: string;
let printed = '';
let runs: Run[];

/** The demonstration's four changes, through the steps of the example workflow. */
beforeAll(async () => {
  server = await startContractServer();
  server.findings = {
    similarPatterns: [{ patternId: 'p', similarity: 0.92, summary: 'quote refused' }],
  };
  work = mkdtempSync(join(tmpdir(), 'workflow-'));
  const json = join(work, 'runs.json');
  const child = spawn(process.execPath, [DEMO, '--keep', work, '--json', json], {
    env: {
      ...process.env,
      RETROSPEC_URL: server.url,
      RETROSPEC_SECRET_KEY: KEY,
      ADMIN_API_KEY: ADMIN_KEY,
    },
  });
  child.stdout.on('data', (part: Buffer) => (printed += part.toString()));
  child.stderr.on('data', (part: Buffer) => (printed += part.toString()));
  const status = await new Promise((resolve) => child.on('close', resolve));
  if (status !== 0) throw new Error(printed);
  runs = (JSON.parse(readFileSync(json, 'utf8')) as { runs: Run[] }).runs;
}, 300_000);

afterAll(async () => {
  await server.close();
  rmSync(work, { recursive: true, force: true });
});

function outcomes(run: Run | undefined): Record<string, string> {
  return Object.fromEntries((run?.steps ?? []).map((step) => [step.name, step.outcome]));
}

describe('the workflow', () => {
  it('is red exactly when the back end’s tests are', () => {
    expect(runs.map((run) => run.conclusion)).toEqual(['success', 'failure', 'failure', 'success']);
  });

  it('takes a snapshot of red runs only, and it belongs to its run', () => {
    const snapshots = server.received.filter((it) => it.path === '/snapshot/create');
    expect(snapshots.map((it) => it.json.testRunId)).toEqual([runs[1]?.runId, runs[2]?.runId]);
    expect(snapshots[0]?.json).toMatchObject({ waitForSelector: '#app-loaded' });
    expect(outcomes(runs[0])['Snapshot, because the tests failed']).toBe('skipped');
    expect(outcomes(runs[1])['Snapshot, because the tests failed']).toBe('success');
  });

  it('tells green and red runs, each with its commit and change', () => {
    const told = server.received.filter((it) => it.path === '/v1/ci/junit');
    expect(told.map((it) => it.fields.status)).toEqual(['passed', 'failed', 'failed', 'passed']);
    expect(told.map((it) => it.fields.commitHash)).toEqual(runs.map((run) => run.commit));
    expect(told[1]?.fields).toMatchObject({
      branch: 'feature/short-names',
      author: 'john@example.com',
      prNumber: '12',
      baseBranch: 'main',
      repository: 'shop/tea-front-end',
    });
    expect(told[1]?.fields.gitDiff).toContain(
      '+  const items = basket.map((item) => ({ sku: item.sku, qty: item.count }));',
    );
    expect(told[1]?.fields.gitDiff).not.toContain('shop.css');
    expect(told[1]?.fields.snapshotUrls).toContain('screenshot.png');
    expect(told[0]?.fields).not.toHaveProperty('snapshotUrls');
  });

  it('tells every test; two of them fail for the front end’s change', () => {
    const told = server.received.filter((it) => it.path === '/v1/ci/junit');
    const red = told.map((upload) => {
      const cases = testCases(upload.reports[0]?.content.replace(/<!--.*?-->/gs, '') ?? '');
      expect(cases.size).toBe(5);
      return [...cases].filter(([, it]) => it.verdicts.length > 0).map(([name]) => name);
    });
    const broken = ['names the price of a basket', 'takes an order'];
    expect(red).toEqual([[], broken, broken, []]);
  });

  it('shows what is known in the summary of the job', () => {
    expect(runs[1]?.summary).toContain('quote refused');
    expect(runs[0]?.summary).toBe('');
  });

  it('keeps the reports, whatever happened', () => {
    expect(readdirSync(join(work, 'job-1/artifacts/test-reports/reports'))).toEqual([
      'TEST-shop.xml',
    ]);
  });

  it('shows its key to nobody', () => {
    expect(printed + JSON.stringify(runs)).not.toContain(KEY);
  });
});

describe('the scripts of workflow and action', () => {
  interface Scripts {
    jobs?: Record<string, { steps: { run?: string; name?: string }[] }>;
    runs?: { steps: { run?: string; name?: string }[] };
  }

  it.each(['../../examples/github-actions.yml', '../../action.yml'])(
    'of %s have no foreign text in them',
    (file) => {
      const path = fileURLToPath(new URL(file, import.meta.url));
      const { jobs = {}, runs: composite } = parse(readFileSync(path, 'utf8')) as Scripts;
      const steps = [
        ...Object.values(jobs).flatMap((job) => job.steps),
        ...(composite?.steps ?? []),
      ];
      const scripts = steps.flatMap((step) => step.run ?? []);
      expect(scripts.length).toBeGreaterThan(2);
      for (const script of scripts) expect(script).not.toContain('${{');
    },
  );
});
