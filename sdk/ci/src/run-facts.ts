import { readFileSync } from 'node:fs';
import type { Git } from './git';
import type { Environment } from './settings';

/** Whose run it is; the names are those of the contract. */
export interface RunFacts {
  commitHash: string;
  branch: string;
  author: string;
  /** `owner/name` */
  repository?: string;
  baseBranch?: string;
  prNumber?: number;
  /** Which of the CI's jobs; only runs of the same one are compared. */
  job?: string;
  /** Where the CI shows the run. */
  runUrl?: string;
}

type Found = { [name in keyof RunFacts]?: RunFacts[name] | undefined };

/**
 * Asks what is known for sure first: the caller, the CI's variables, git.
 *
 * @throws Error when nobody knows commit or branch
 */
export async function runFacts(env: Environment, git: Git, told: Found = {}): Promise<RunFacts> {
  const ci = env.GITHUB_ACTIONS
    ? fromGitHub(env)
    : env.GITLAB_CI
      ? fromGitLab(env)
      : env.JENKINS_URL
        ? fromJenkins(env)
        : {};
  const facts: Found = {
    ...defined({ ...ci, job: env.RETROSPEC_JOB || ci.job }),
    ...defined(told),
  };
  facts.commitHash ??= await git('rev-parse', 'HEAD');
  facts.branch ??= (await git('branch', '--show-current')) || undefined;
  // Because the person is who wrote the commit, not who started the job.
  const wrote = await git(
    'log',
    '-1',
    '--format=%ae',
    '--end-of-options',
    facts.commitHash ?? 'HEAD',
  );
  facts.author = told.author ?? (wrote || facts.author || 'unknown');
  facts.repository ??= repositoryOf(await git('remote', 'get-url', 'origin'));
  const { commitHash, branch, author } = facts;
  if (!commitHash)
    throw new Error('the commit is not known: run in a git checkout or tell --commit');
  if (!branch) throw new Error('the branch is not known (a detached checkout?): tell --branch');
  return { ...defined(facts), commitHash, branch, author };
}

interface GitHubEvent {
  pull_request?: { number?: number; head?: { sha?: string }; user?: { login?: string } };
}

function fromGitHub(env: Environment): Found {
  const pull = eventOf(env.GITHUB_EVENT_PATH).pull_request;
  return {
    // GITHUB_SHA of a pull request is a merge that nobody has in their history.
    commitHash: pull?.head?.sha ?? env.GITHUB_SHA,
    branch: env.GITHUB_HEAD_REF || env.GITHUB_REF_NAME,
    author: pull?.user?.login ?? env.GITHUB_ACTOR,
    repository: env.GITHUB_REPOSITORY,
    baseBranch: env.GITHUB_BASE_REF || undefined,
    prNumber: pull?.number,
    job: env.GITHUB_JOB,
    runUrl: env.GITHUB_RUN_ID
      ? `${env.GITHUB_SERVER_URL ?? ''}/${env.GITHUB_REPOSITORY ?? ''}/actions/runs/${env.GITHUB_RUN_ID}`
      : undefined,
  };
}

function eventOf(path: string | undefined): GitHubEvent {
  if (!path) return {};
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as GitHubEvent;
  } catch {
    return {};
  }
}

function fromGitLab(env: Environment): Found {
  return {
    // In merge trains CI_COMMIT_SHA is GitLab's own merge.
    commitHash: env.CI_MERGE_REQUEST_SOURCE_BRANCH_SHA || env.CI_COMMIT_SHA,
    branch: env.CI_MERGE_REQUEST_SOURCE_BRANCH_NAME || env.CI_COMMIT_REF_NAME,
    author: /<([^<>]+)>/.exec(env.CI_COMMIT_AUTHOR ?? '')?.[1] ?? env.GITLAB_USER_EMAIL,
    repository: env.CI_PROJECT_PATH,
    baseBranch: env.CI_MERGE_REQUEST_TARGET_BRANCH_NAME,
    prNumber: positive(env.CI_MERGE_REQUEST_IID),
    job: env.CI_JOB_NAME,
    runUrl: env.CI_JOB_URL,
  };
}

function fromJenkins(env: Environment): Found {
  return {
    commitHash: env.GIT_COMMIT,
    branch: (env.CHANGE_BRANCH ?? env.BRANCH_NAME ?? env.GIT_BRANCH)?.replace(/^origin\//, ''),
    author: env.CHANGE_AUTHOR_EMAIL ?? env.GIT_AUTHOR_EMAIL,
    repository: repositoryOf(env.GIT_URL),
    baseBranch: env.CHANGE_TARGET,
    prNumber: positive(env.CHANGE_ID),
    // Of a multibranch project the last part is the branch.
    job: env.BRANCH_NAME ? env.JOB_NAME?.replace(/\/[^/]*$/, '') : env.JOB_NAME,
    runUrl: env.BUILD_URL,
  };
}

function positive(text: string | undefined): number | undefined {
  const number = Number(text);
  return text && Number.isInteger(number) && number > 0 ? number : undefined;
}

/** `owner/name` of a remote's address, without the user and password it may carry. */
export function repositoryOf(remote: string | undefined): string | undefined {
  return /^(?:\w+:\/\/[^/]+\/|[^/:]+@[^/:]+:)(.+?)(?:\.git)?\/?$/.exec(remote ?? '')?.[1];
}

/** Without what is undefined or empty. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(value).filter(([, it]) => it !== undefined && it !== ''),
  ) as { [K in keyof T]: Exclude<T[K], undefined> };
}
