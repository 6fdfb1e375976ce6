import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { changes } from '../../src/diff';
import { gitIn } from '../../src/git';
import { runFacts } from '../../src/run-facts';
import { runIdOf } from '../../src/run-id';
import { connect, type Patience, type Server } from '../../src/server';
import { readSettings, type Environment } from '../../src/settings';
import type { RunDetails, SnapshotUrls } from '../../src/submission';
import type { Terminal } from './terminal';

/** Where and how a command runs; given, so that tests can give another. */
export interface Surroundings {
  env: Environment;
  directory: string;
  terminal: Terminal;
}

/** The command line is wrong; nothing was done. */
export class WrongUsage extends Error {}

/** It could not be done, and saying why is all that is left. */
export class NotDone extends Error {}

/** Options that say whose run it is. */
export const RUN_OPTIONS = {
  'run-id': { type: 'string' },
  status: { type: 'string' },
  dir: { type: 'string' },
  commit: { type: 'string' },
  branch: { type: 'string' },
  base: { type: 'string' },
  author: { type: 'string' },
  repository: { type: 'string' },
  pr: { type: 'string' },
  job: { type: 'string' },
  'run-url': { type: 'string' },
  diff: { type: 'string' },
  'no-diff': { type: 'boolean' },
  snapshot: { type: 'string' },
  quiet: { type: 'boolean' },
  url: { type: 'string' },
  json: { type: 'string' },
  'best-effort': { type: 'boolean' },
} as const;

export type RunValues = {
  [name in keyof typeof RUN_OPTIONS]?: (typeof RUN_OPTIONS)[name]['type'] extends 'boolean'
    ? boolean | undefined
    : string | undefined;
};

export function serverOf(
  { env }: Surroundings,
  url: string | undefined,
  patience?: Patience,
): { server: Server; url: string; key: string } {
  const settings = readSettings(env, url);
  if ('problem' in settings) throw new NotDone(settings.problem);
  return { server: connect(settings, patience), url: settings.url, key: settings.key };
}

/** Everything about a run but its results. */
export async function detailsOf(around: Surroundings, values: RunValues): Promise<RunDetails> {
  const git = gitIn(resolve(around.directory, values.dir ?? '.'));
  const facts = await runFacts(around.env, git, {
    commitHash: values.commit,
    branch: values.branch,
    author: values.author,
    repository: values.repository,
    baseBranch: values.base,
    prNumber: values.pr === undefined ? undefined : positiveOf('--pr', values.pr),
    job: values.job,
    runUrl: values['run-url'],
  }).catch((error: unknown) => {
    throw new NotDone(error instanceof Error ? error.message : String(error));
  });
  const gitDiff = values.diff
    ? await textOf(around, values.diff)
    : values['no-diff']
      ? undefined
      : await changes(git, facts.baseBranch);
  if (gitDiff === undefined && !values['no-diff']) {
    around.terminal.warn('no diff: git has no history to compare with (fetch-depth: 0 fetches it)');
  }
  const status = statusOf(values.status);
  const snapshotUrls = values.snapshot ? await snapshotOf(around, values.snapshot) : undefined;
  return {
    id: runIdFor(around, values['run-id']),
    ...facts,
    ...(status ? { status } : {}),
    ...(gitDiff ? { gitDiff } : {}),
    ...(snapshotUrls ? { snapshotUrls } : {}),
    ...(values.quiet ? { quiet: true } : {}),
  };
}

export function runIdFor({ env }: Surroundings, told: string | undefined): string {
  if (told !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(told)) {
    throw new WrongUsage('--run-id must be a UUID');
  }
  return told ?? runIdOf(env);
}

/** As tests, GitHub's steps, and GitLab's and Jenkins' jobs call it. */
export function statusOf(told: string | undefined): 'passed' | 'failed' | undefined {
  if (told === undefined || told === '') return undefined;
  if (/^(passed|success|SUCCESS)$/.test(told)) return 'passed';
  if (/^(failed|failure|FAILURE|UNSTABLE)$/.test(told)) return 'failed';
  throw new WrongUsage(`--status must be passed or failed, not ${told}`);
}

export function positiveOf(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new WrongUsage(`${name} must be a whole number`);
  return number;
}

export async function textOf({ directory }: Surroundings, file: string): Promise<string> {
  const path = resolve(directory, file);
  return readFile(path, 'utf8').catch(() => {
    throw new NotDone(`${path} cannot be read`);
  });
}

/** @param file undefined: nobody wants it */
export async function keepJson(
  { directory }: Surroundings,
  file: string | undefined,
  body: unknown,
): Promise<void> {
  if (!file) return;
  const path = resolve(directory, file);
  await writeFile(path, `${JSON.stringify(body, null, 2)}\n`).catch(() => {
    throw new NotDone(`${path} cannot be written`);
  });
}

/** The answer of `snapshot`; missing when no snapshot was taken. */
async function snapshotOf(around: Surroundings, file: string): Promise<SnapshotUrls | undefined> {
  let answer: Record<string, unknown>;
  try {
    answer = JSON.parse(await textOf(around, file)) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  const link = (name: string) => (typeof answer[name] === 'string' ? answer[name] : undefined);
  const links = {
    screenshot: link('screenshotUrl'),
    htmlDump: link('htmlDumpUrl'),
    har: link('harUrl'),
    consoleLogs: link('consoleLogsUrl'),
  };
  return Object.fromEntries(Object.entries(links).filter(([, url]) => url));
}
