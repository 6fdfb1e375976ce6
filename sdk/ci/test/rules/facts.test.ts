import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bounded, changes } from '../../src/diff';
import { filesOf } from '../../src/files';
import { gitIn } from '../../src/git';
import { repositoryOf, runFacts } from '../../src/run-facts';
import { runIdOf } from '../../src/run-id';

let folder: string;
const run = (...args: string[]) =>
  execFileSync('git', args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
  }).trim();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'facts-'));
  run('init', '-q', '-b', 'main');
  run('config', 'user.name', 'Ada');
  run('config', 'user.email', 'ada@example.test');
  writeFileSync(join(folder, 'a.txt'), 'one\n');
  run('add', '.');
  run('commit', '-qm', 'one');
  run('remote', 'add', 'origin', 'https://user:secret@git.example.test/shop/front-end.git');
  run('checkout', '-qb', 'feature/x');
  writeFileSync(join(folder, 'a.txt'), 'two\n');
  run('commit', '-qam', 'two');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('whose run it is', () => {
  it('is asked of git when no CI tells', async () => {
    expect(await runFacts({}, gitIn(folder))).toEqual({
      commitHash: run('rev-parse', 'HEAD'),
      branch: 'feature/x',
      author: 'ada@example.test',
      repository: 'shop/front-end',
    });
  });

  it("is the pull request's own commit on GitHub, not the merge that is checked out", async () => {
    const event = join(folder, 'event.json');
    const sha = run('rev-parse', 'HEAD');
    const pull = { number: 12, head: { sha }, user: { login: 'ada' } };
    writeFileSync(event, JSON.stringify({ pull_request: pull }));
    const env = {
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_PATH: event,
      GITHUB_SHA: 'f'.repeat(40),
      GITHUB_HEAD_REF: 'feature/x',
      GITHUB_REF_NAME: '12/merge',
      GITHUB_BASE_REF: 'main',
      GITHUB_REPOSITORY: 'shop/front-end',
      GITHUB_SERVER_URL: 'https://github.example.test',
      GITHUB_RUN_ID: '77',
      GITHUB_JOB: 'tests',
      GITHUB_ACTOR: 'merge-bot',
    };
    expect(await runFacts(env, gitIn(folder))).toEqual({
      commitHash: sha,
      branch: 'feature/x',
      author: 'ada@example.test',
      repository: 'shop/front-end',
      baseBranch: 'main',
      prNumber: 12,
      job: 'tests',
      runUrl: 'https://github.example.test/shop/front-end/actions/runs/77',
    });
  });

  it("keeps the CI's own name of the job when the action tells none", async () => {
    const env = { GITHUB_ACTIONS: 'true', GITHUB_JOB: 'e2e', RETROSPEC_JOB: '' };
    expect(await runFacts(env, gitIn(folder))).toMatchObject({ job: 'e2e' });
    expect(await runFacts({ ...env, RETROSPEC_JOB: 'node 22' }, gitIn(folder))).toMatchObject({
      job: 'node 22',
    });
  });

  it('reads an author of any length at once', async () => {
    const env = { GITLAB_CI: 'true', CI_COMMIT_AUTHOR: `<${'<a'.repeat(50_000)}` };
    const before = Date.now();
    await runFacts(env, gitIn(folder));
    expect(Date.now() - before).toBeLessThan(5_000);
  });

  it('is read from GitLab', async () => {
    const env = {
      GITLAB_CI: 'true',
      CI_COMMIT_SHA: 'b'.repeat(40),
      CI_COMMIT_REF_NAME: 'feature/x',
      CI_COMMIT_AUTHOR: 'Ada <ada@gitlab.example.test>',
      CI_PROJECT_PATH: 'shop/api',
      CI_MERGE_REQUEST_IID: '9',
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
      CI_JOB_NAME: 'tests 1/2',
      CI_JOB_URL: 'https://gitlab.example.test/shop/api/-/jobs/5',
    };
    expect(await runFacts(env, gitIn(folder))).toMatchObject({
      author: 'ada@gitlab.example.test',
      prNumber: 9,
      baseBranch: 'main',
      job: 'tests 1/2',
    });
  });

  it('is read from Jenkins', async () => {
    const env = {
      JENKINS_URL: 'https://jenkins.example.test/',
      GIT_COMMIT: 'c'.repeat(40),
      GIT_URL: 'git@git.example.test:shop/api.git',
      BRANCH_NAME: 'PR-4',
      CHANGE_BRANCH: 'feature/y',
      CHANGE_TARGET: 'main',
      CHANGE_ID: '4',
      JOB_NAME: 'shop/api/PR-4',
      BUILD_URL: 'https://jenkins.example.test/job/shop/4/',
    };
    expect(await runFacts(env, gitIn(folder))).toMatchObject({
      branch: 'feature/y',
      repository: 'shop/api',
      job: 'shop/api',
      prNumber: 4,
    });
  });

  it('is asked for when nobody knows', async () => {
    await expect(runFacts({}, gitIn('/'))).rejects.toThrow('tell --commit');
  });

  it.each([
    ['https://user:secret@host/a/b.git', 'a/b'],
    ['git@host:a/b.git', 'a/b'],
    ['ssh://git@host:22/a/b', 'a/b'],
    ['/srv/git/b', undefined],
  ])('calls %s %s', (remote, name) => {
    expect(repositoryOf(remote)).toBe(name);
  });
});

describe("a run's id", () => {
  const job = { GITHUB_RUN_ID: '7', GITHUB_RUN_ATTEMPT: '1', GITHUB_JOB: 'tests' };

  it('is the same wherever the job asks', () => {
    expect(runIdOf(job)).toBe(runIdOf({ ...job }));
    expect(runIdOf(job)).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('is another for another attempt, line of a matrix, or part', () => {
    const ids = [
      runIdOf(job),
      runIdOf({ ...job, GITHUB_RUN_ATTEMPT: '2' }),
      runIdOf({ ...job, RETROSPEC_JOB: 'node 22' }),
      runIdOf(job, 'playwright'),
      runIdOf({ CI_JOB_ID: '7' }),
      runIdOf({ BUILD_URL: 'https://jenkins.example.test/7' }),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is minted outside of a CI', () => {
    expect(runIdOf({})).not.toBe(runIdOf({}));
  });
});

describe('what changed', () => {
  it('is compared with the base branch, or with the commit before', async () => {
    const against = await changes(gitIn(folder), 'main');
    expect(against).toContain('diff --git a/a.txt b/a.txt');
    expect(await changes(gitIn(folder), undefined)).toBe(against);
  });

  it('is unknown without history', async () => {
    expect(await changes(gitIn(folder), 'no-such-branch')).toBeUndefined();
  });

  it('cannot smuggle an option into git', async () => {
    const target = join(folder, 'written');
    expect(await changes(gitIn(folder), `--output=${target}`)).toBeUndefined();
    expect(await filesOf(folder, ['written*'])).toEqual([]);
  });

  it('keeps the names of files whose lines are too many', () => {
    const huge = `diff --git a/lock b/lock\n--- a/lock\n+++ b/lock\n@@ -1 +1 @@\n${'+x\n'.repeat(50_000)}`;
    const small = 'diff --git a/b b/b\n--- a/b\n+++ b/b\n@@ -1 +1 @@\n-1\n+2\n';
    const cut = bounded(huge + small);
    expect(cut).toBe(`diff --git a/lock b/lock\n--- a/lock\n+++ b/lock\n${small}`);
  });
});

describe('a pattern of files', () => {
  it('finds files at any depth, and leaves dependencies alone', async () => {
    for (const path of [
      'x/TEST-1.xml',
      'x/y/TEST-2.xml',
      'node_modules/p/TEST-3.xml',
      'x/other.xml',
    ]) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), '');
    }
    expect(await filesOf(folder, ['**/TEST-*.xml'])).toEqual([
      join(folder, 'x/TEST-1.xml'),
      join(folder, 'x/y/TEST-2.xml'),
    ]);
    expect(await filesOf(folder, [join(folder, 'x/TEST-?.xml'), 'x/TEST-1.xml'])).toEqual([
      join(folder, 'x/TEST-1.xml'),
    ]);
  });
});
