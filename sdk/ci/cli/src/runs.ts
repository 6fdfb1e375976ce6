import { readFile } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { deliver } from '../../src/delivery';
import { filesOf } from '../../src/files';
import { asLines, asMarkdown, similarOf, type Findings } from '../../src/findings';
import { openSpool } from '../../src/spool';
import type { FailedTest, Submission } from '../../src/submission';
import {
  detailsOf,
  keepJson,
  NotDone,
  RUN_OPTIONS,
  serverOf,
  textOf,
  WrongUsage,
  type RunValues,
  type Surroundings,
} from './job';

/** As much as the server takes in one upload. */
const MAX_REPORT_BYTES = 100 * 1024 * 1024;

/** `runs upload`: JUnit reports. */
export async function uploadRun(around: Surroundings, args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { ...RUN_OPTIONS, logs: { type: 'string' } },
  });
  if (positionals.length === 0)
    throw new WrongUsage('which reports? runs upload <file or pattern>…');
  const directory = resolve(around.directory, values.dir ?? '.');
  const patterns = positionals.flatMap((it) => it.split('\n')).filter((it) => it.trim());
  const reports = await readReports(around, directory, patterns);
  const run = await detailsOf(around, values);
  if (reports.length > 0) {
    await tell(around, values, { kind: 'junit', run, reports });
  } else if (run.status === undefined) {
    throw new NotDone(`no report fits ${patterns.join(' ')}`);
  } else {
    // Because a suite that dies before its first test writes no report, and is red all the same.
    around.terminal.warn(`no report fits ${patterns.join(' ')}; the run is told without its tests`);
    await tell(
      around,
      values,
      values.logs
        ? { kind: 'logs', run, failureLogs: await textOf(around, values.logs) }
        : { kind: 'run', run },
    );
  }
}

/** `runs submit`: what is known about a run without a JUnit report. */
export async function submitRun(around: Surroundings, args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { ...RUN_OPTIONS, failures: { type: 'string' }, logs: { type: 'string' } },
  });
  const details = await detailsOf(around, values);
  const failedTests = values.failures
    ? failuresIn(await textOf(around, values.failures), values.failures)
    : undefined;
  if (details.status === undefined && !failedTests?.length && !values.logs) {
    throw new WrongUsage('how did it end? --status passed|failed');
  }
  const run = {
    ...details,
    status: details.status ?? ('failed' as const),
    ...(failedTests ? { failedTests } : {}),
  };
  await tell(
    around,
    values,
    values.logs
      ? { kind: 'logs', run, failureLogs: await textOf(around, values.logs) }
      : { kind: 'run', run },
  );
}

async function readReports({ directory: home }: Surroundings, base: string, patterns: string[]) {
  const reports = [];
  let bytes = 0;
  // Patterns are the caller's, so they are read from where the caller is; --dir is for git.
  for (const path of await filesOf(home, patterns)) {
    const content = await readFile(path, 'utf8').catch(() => undefined);
    if (content === undefined || content.trim() === '') continue;
    bytes += Buffer.byteLength(content);
    if (bytes > MAX_REPORT_BYTES) throw new NotDone('the reports are larger than 100 MB together');
    const name = relative(base, path);
    reports.push({
      name: isAbsolute(name) || name.startsWith('..') ? relative(home, path) : name,
      content,
    });
  }
  return reports;
}

function failuresIn(text: string, file: string): FailedTest[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw new NotDone(`${file} is no JSON`);
  }
  const fits = (it: unknown): it is FailedTest => {
    const { testName, errorMessage } = (it ?? {}) as Partial<FailedTest>;
    return typeof testName === 'string' && typeof errorMessage === 'string';
  };
  if (!Array.isArray(list) || !list.every(fits)) {
    throw new NotDone(`${file} must be a list of {"testName", "errorMessage", "stackTrace"?}`);
  }
  return list;
}

async function tell(
  around: Surroundings,
  values: RunValues,
  submission: Submission,
): Promise<void> {
  const { env, terminal, directory } = around;
  const { server, url, key } = serverOf(around, values.url);
  const spool = values['best-effort']
    ? openSpool(env.RETROSPEC_SPOOL || join(directory, '.retrospec', 'spool'), key)
    : undefined;
  const { reply, spooled, caughtUp } = await deliver(server, url, submission, spool);
  if (caughtUp > 0) terminal.say(`RetroSpec was told ${caughtUp} run(s) of before.`);
  terminal.output('run-id', submission.run.id);
  if (reply.kind !== 'ok') {
    throw new NotDone(
      `RetroSpec was not told: ${reply.message}${spooled ? `; kept in ${spool?.folder ?? ''}` : ''}`,
    );
  }
  const findings = reply.body as Findings;
  const isRed = (findings.failures ?? []).some((it) => !it.isFlaky);
  if (submission.kind === 'junit' && submission.run.status === 'failed' && !isRed) {
    terminal.warn('the tests failed, but no report has a red test: is one missing?');
  }
  terminal.say(`RetroSpec knows run ${findings.testRunId ?? submission.run.id}.`);
  for (const line of asLines(findings)) terminal.say(line);
  terminal.output('similar-patterns', String(similarOf(findings).length));
  terminal.output('report-url', findings.reportUrl ?? '');
  if (submission.run.status === 'failed' || (findings.failures ?? []).length > 0) {
    terminal.summary(asMarkdown(findings));
  }
  await keepJson(around, values.json, reply.body);
}
