import { dirname, join, resolve } from 'node:path';
import type { FullConfig, Suite, TestError } from '@playwright/test/reporter';
import { deliver } from '../../src/delivery';
import { changes } from '../../src/diff';
import { asLines, oneLine, type Findings } from '../../src/findings';
import { gitIn } from '../../src/git';
import { runFacts } from '../../src/run-facts';
import { runIdOf } from '../../src/run-id';
import { connect } from '../../src/server';
import { readSettings, type Environment } from '../../src/settings';
import { openSpool } from '../../src/spool';
import type { Submission } from '../../src/submission';
import { junitOf } from './junit';
import type { RetroSpecOptions } from './options';

export interface FinishedRun {
  config: FullConfig;
  suite: Suite;
  errors: readonly TestError[];
  durationMs: number;
  status: 'passed' | 'failed';
}

const TIMEOUT_MS = 30_000;

/**
 * Tells RetroSpec about a run.
 *
 * @returns lines for the one who ran the tests
 */
export async function tell(
  run: FinishedRun,
  options: RetroSpecOptions,
  env: Environment,
): Promise<string[]> {
  const settings = readSettings(env, options.url);
  if ('problem' in settings) return [`RetroSpec was not told: ${settings.problem}`];
  const home = run.config.configFile ? dirname(run.config.configFile) : run.config.rootDir;
  const submission = await submissionOf(run, options, env);
  const spool = openSpool(
    options.spoolDir
      ? resolve(home, options.spoolDir)
      : env.RETROSPEC_SPOOL || join(home, '.retrospec', 'spool'),
    settings.key,
  );
  const totalMs = options.timeoutMs ?? TIMEOUT_MS;
  const server = connect(settings, { tryMs: totalMs, totalMs, tries: 3 });
  const { reply, spooled, caughtUp } = await deliver(server, settings.url, submission, spool);
  if (reply.kind !== 'ok') {
    const then = spooled ? '; the next run tells it' : '';
    return [`RetroSpec was not told: ${oneLine(reply.message)}${then}`];
  }
  const findings = reply.body as Findings;
  const lines = [`RetroSpec knows run ${oneLine(findings.testRunId ?? submission.run.id)}.`];
  if (caughtUp > 0) lines.push(`  and ${caughtUp} of before`);
  return [...lines, ...asLines(findings)];
}

async function submissionOf(
  run: FinishedRun,
  options: RetroSpecOptions,
  env: Environment,
): Promise<Submission> {
  const git = gitIn(run.config.rootDir);
  const shard = run.config.shard ? `shard ${run.config.shard.current}` : '';
  const job = [options.job || env.RETROSPEC_JOB || env.GITHUB_JOB || 'playwright', shard];
  const facts = await runFacts(env, git, {
    baseBranch: options.baseBranch,
    job: job.filter((it) => it).join(', '),
  });
  const gitDiff = options.diff === false ? undefined : await changes(git, facts.baseBranch);
  return {
    kind: 'junit',
    run: {
      // Because a job may submit its back-end tests under the bare id.
      id: runIdOf(env, `playwright ${options.job ?? ''} ${shard}`),
      ...facts,
      status: run.status,
      durationMs: Math.round(run.durationMs),
      ...(gitDiff ? { gitDiff } : {}),
    },
    reports: [{ name: 'playwright.xml', content: junitOf(run.config, run.suite, run.errors) }],
  };
}
