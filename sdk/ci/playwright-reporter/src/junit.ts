import { relative } from 'node:path';
import type { FullConfig, Suite, TestCase, TestError, TestResult } from '@playwright/test/reporter';

/** Longer ones say nothing more, and the server cuts there too. */
const MAX_STACK = 32_000;

const MAX_OUTPUT = 4_000;

/**
 * The run in Playwright's own JUnit dialect, with what that leaves out: every try of a test, and what
 * it attached.
 *
 * @param errors what happened outside of any test
 */
export function junitOf(config: FullConfig, suite: Suite, errors: readonly TestError[]): string {
  const groups = new Map<string, TestCase[]>();
  for (const test of suite.allTests()) {
    const [, project = '', file = ''] = test.titlePath();
    const group = `${project}\0${file}`;
    groups.set(group, [...(groups.get(group) ?? []), test]);
  }
  const suites = [...groups].map(([group, tests]) => {
    const [project = '', file = ''] = group.split('\0');
    const cases = tests.map((test) => caseOf(config, file, test)).join('');
    return `<testsuite${attributes({ name: file, hostname: project })}>${cases}</testsuite>`;
  });
  if (errors.length > 0) {
    const told = errors.map((error) => redOf('error', config, undefined, [error])).join('');
    const outside = { name: 'outside of any test', classname: 'playwright' };
    suites.push(
      `<testsuite name="playwright"><testcase${attributes(outside)}>${told}</testcase></testsuite>`,
    );
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>${suites.join('\n')}</testsuites>\n`;
}

function caseOf(config: FullConfig, file: string, test: TestCase): string {
  const name = test.titlePath().slice(3).join(' › ');
  const last = test.results.at(-1);
  const open = `<testcase${attributes({
    name,
    classname: file,
    time: String((last?.duration ?? 0) / 1_000),
    file: relative(config.rootDir, test.location.file),
    line: String(test.location.line),
  })}>`;
  return `${open}${verdictOf(config, test)}${outputOf(config, test)}</testcase>\n`;
}

function verdictOf(config: FullConfig, test: TestCase): string {
  const red = test.results.filter(
    (it) => it.status !== test.expectedStatus && it.status !== 'skipped',
  );
  switch (test.outcome()) {
    case 'skipped':
      return '<skipped/>';
    case 'expected':
      return '';
    case 'flaky':
      return red.map((it) => redOf('flakyFailure', config, it, it.errors)).join('');
    case 'unexpected':
      return red
        .map((it, index) => redOf(index === 0 ? 'failure' : 'rerunFailure', config, it, it.errors))
        .join('');
  }
}

function redOf(
  element: 'failure' | 'rerunFailure' | 'flakyFailure' | 'error',
  config: FullConfig,
  result: TestResult | undefined,
  errors: readonly TestError[],
): string {
  const told = errors.length > 0 ? errors : [{ message: withoutError(result) }];
  const message = plain(told[0]?.message ?? told[0]?.value ?? 'no message');
  const stack = told.map((error) => stackOf(error)).join('\n\n');
  const type = result?.status === 'timedOut' ? 'TimeoutError' : typeOf(message);
  return `<${element}${attributes({ message: firstParagraph(message), type })}>${text(
    withoutRoot(config, stack).slice(0, MAX_STACK),
  )}</${element}>`;
}

function withoutError(result: TestResult | undefined): string {
  if (result?.status === 'passed') return 'Expected to fail, but passed';
  return `The test ended as ${result?.status ?? 'failed'}, without an error`;
}

function stackOf(error: TestError): string {
  const own = error.stack ?? error.message ?? error.value ?? '';
  return error.cause ? `${own}\n[cause]: ${stackOf(error.cause)}` : own;
}

function typeOf(message: string): string {
  return /^(?:[\w.]+: )?((?:[A-Z]\w*)?(?:Error|Exception))\b/.exec(message)?.[1] ?? 'Error';
}

/** What an `expect` found and expected stands in the paragraphs after it. */
function firstParagraph(message: string): string {
  return (message.split(/\n\s*\n/)[0] ?? '').slice(0, 2_000);
}

function outputOf(config: FullConfig, test: TestCase): string {
  const attached = test.results
    .flatMap((result) => result.attachments)
    .flatMap((attachment) => attachment.path ?? [])
    .map((path) => `[[ATTACHMENT|${relative(config.rootDir, path)}]]`);
  const printed = test.results
    .filter((result) => result.status !== test.expectedStatus)
    .flatMap((result) => [...result.stdout, ...result.stderr])
    .map((part) => part.toString())
    .join('');
  // Older versions of Playwright keep what a try has noted with the test.
  const tries: Partial<TestResult>[] = test.results;
  const replays = [...test.annotations, ...tries.flatMap((it) => it.annotations ?? [])]
    .filter((annotation) => annotation.type === 'retrospec')
    .map((annotation) => `Replay: ${annotation.description ?? ''}`);
  const lines = [
    ...new Set(attached),
    ...new Set(replays),
    withoutRoot(config, printed).slice(-MAX_OUTPUT),
  ];
  const all = lines.filter((it) => it).join('\n');
  return all ? `<system-out>${text(all)}</system-out>` : '';
}

/** Paths of this machine are of no use to anybody else. */
function withoutRoot(config: FullConfig, from: string): string {
  return from.replaceAll(`${config.rootDir}/`, '').replaceAll(`${config.rootDir}\\`, '');
}

function attributes(values: Record<string, string>): string {
  return Object.entries(values)
    .map(
      ([name, value]) =>
        ` ${name}="${text(value).replace(/"/g, '&quot;').replace(/\n/g, '&#10;')}"`,
    )
    .join('');
}

function text(value: string): string {
  return plain(value).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Without colours, and without what XML cannot hold. */
function plain(value: string): string {
  return (
    value
      // eslint-disable-next-line no-control-regex -- escape sequences are what is looked for
      .replace(/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g, '')
      // eslint-disable-next-line no-control-regex -- these are what XML 1.0 forbids
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '')
  );
}
