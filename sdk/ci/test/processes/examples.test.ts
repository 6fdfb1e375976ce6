import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { KEY, startContractServer, type ContractServer } from '../contract-server';

const run = promisify(execFile);

/** A red report, as the tests before these scripts would have left it. */
const REPORT =
  '<testsuite name="cart"><testcase name="adds"><failure message="3 is not 4"/></testcase></testsuite>';

const example = (name: string): string =>
  readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');

let server: ContractServer;
let folder: string;

beforeEach(async () => {
  server = await startContractServer();
  folder = mkdtempSync(join(tmpdir(), 'examples-'));
  mkdirSync(join(folder, 'reports'));
  writeFileSync(join(folder, 'reports', 'TEST-cart.xml'), REPORT);
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As both runners do: one shell for the script, which stops at the first line that fails. */
async function inShell(shell: string, script: string, env: Record<string, string>): Promise<void> {
  const { PATH = '', HOME = '' } = process.env;
  await run(shell, ['-e', '-c', script], {
    cwd: folder,
    env: {
      PATH,
      HOME,
      CI: 'true',
      RETROSPEC_URL: server.url,
      RETROSPEC_API_KEY: KEY,
      ...env,
    },
  });
}

const asked = (path: string) => server.received.filter((it) => it.path === path);

describe('the example for GitLab', () => {
  interface Job {
    variables: Record<string, string>;
    script: string[];
    after_script: string[];
    artifacts: { when: string; reports: { junit: string } };
  }

  const job = (parse(example('gitlab-ci.yml')) as Record<string, Job>)['backend-tests'];

  async function afterScript(status: 'success' | 'failed'): Promise<void> {
    if (!job) throw new Error('there is no job');
    // GitLab puts variables into variables before a job begins.
    const variables = Object.fromEntries(
      Object.entries(job.variables).map(([name, value]) => [
        name,
        value.replaceAll('$RETROSPEC_URL', server.url),
      ]),
    );
    await inShell('bash', `set -o pipefail\n${job.after_script.join('\n')}`, {
      ...variables,
      GITLAB_CI: 'true',
      CI_JOB_STATUS: status,
      CI_COMMIT_SHA: 'abc123def456',
      CI_COMMIT_REF_NAME: 'feature/$(touch hacked)',
      CI_COMMIT_AUTHOR: 'Ada <ada@example.com>',
      CI_PROJECT_PATH: 'shop/tea',
      CI_MERGE_REQUEST_IID: '7',
      CI_JOB_NAME: 'backend-tests',
      CI_JOB_ID: '42',
      CI_PIPELINE_ID: '41',
    });
  }

  it('takes a snapshot of a red job and tells both', async () => {
    await afterScript('failed');

    expect(asked('/snapshot/create')).toHaveLength(1);
    const [told] = asked('/v1/ci/junit');
    expect(told?.fields).toMatchObject({
      status: 'failed',
      commitHash: 'abc123def456',
      branch: 'feature/$(touch hacked)',
      author: 'ada@example.com',
      repository: 'shop/tea',
      prNumber: '7',
      job: 'backend-tests',
    });
    expect(told?.fields.snapshotUrls).toContain('screenshot.png');
    expect(told?.reports).toHaveLength(1);
  });

  it('takes none of a green one', async () => {
    writeFileSync(
      join(folder, 'reports', 'TEST-cart.xml'),
      '<testsuite name="cart"><testcase name="adds"/></testsuite>',
    );
    await afterScript('success');

    expect(asked('/snapshot/create')).toHaveLength(0);
    expect(asked('/v1/ci/junit')[0]?.fields.status).toBe('passed');
  });

  it('keeps its reports, red or green, as GitLab reads them', () => {
    expect(job?.artifacts).toEqual({ when: 'always', reports: { junit: 'reports/*.xml' } });
    expect(job?.script).toContain('npm test');
  });
});

describe('the example for Jenkins', () => {
  /** What stands between ''' and ''' after `failure` and after `success`; Groovy unescapes it. */
  function scriptOf(outcome: 'failure' | 'success'): string {
    const [, script] =
      new RegExp(`${outcome} \\{.*?sh '''(.*?)'''`, 's').exec(example('Jenkinsfile')) ?? [];
    if (script === undefined) throw new Error(`no script for ${outcome}`);
    return script.replace(/\\\n/g, '').replace(/\\(.)/g, '$1');
  }

  const build = {
    JENKINS_URL: 'https://jenkins.example.com/',
    BUILD_TAG: 'jenkins-tea-7',
    BUILD_URL: 'https://jenkins.example.com/job/tea/7/',
    JOB_NAME: 'tea/PR-7',
    BRANCH_NAME: 'PR-7',
    CHANGE_ID: '7',
    CHANGE_BRANCH: 'feature/short-names',
    CHANGE_TARGET: 'main',
    CHANGE_AUTHOR_EMAIL: 'ada@example.com',
    GIT_COMMIT: 'abc123def456',
    GIT_URL: 'https://git.example.com/shop/tea.git',
    FRONTEND_URL: 'http://frontend.internal.example.com:3000',
  };

  it('takes a snapshot of a red build and tells both', async () => {
    await inShell('sh', scriptOf('failure'), build);

    expect(asked('/snapshot/create')).toHaveLength(1);
    const [told] = asked('/v1/ci/junit');
    expect(told?.fields).toMatchObject({
      status: 'failed',
      commitHash: 'abc123def456',
      branch: 'feature/short-names',
      repository: 'shop/tea',
      prNumber: '7',
      job: 'tea',
    });
    expect(told?.fields.snapshotUrls).toContain('screenshot.png');
  });

  it('tells a green one', async () => {
    await inShell('sh', scriptOf('success'), build);

    expect(asked('/snapshot/create')).toHaveLength(0);
    expect(asked('/v1/ci/junit')[0]?.fields.status).toBe('passed');
  });

  it('is balanced, as far as that can be seen without Jenkins', () => {
    const code = example('Jenkinsfile')
      .replace(/'''.*?'''/gs, '')
      .replace(/'[^'\n]*'/g, '')
      .replace(/\/\/.*$/gm, '');
    for (const [open, close] of ['{}', '()', '[]'].map((it) => it.split(''))) {
      expect(code.split(open ?? '').length).toBe(code.split(close ?? '').length);
    }
  });
});
