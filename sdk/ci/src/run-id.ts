import { createHash, randomUUID } from 'node:crypto';
import type { Environment } from './settings';

/** Ours, so that nobody else's name-based ids meet these. */
const NAMESPACE = Buffer.from('5d0a6c3f2b9b4f0c9d1f0a4d6e7c8b21', 'hex');

/**
 * The same job of the same run has the same id wherever it is asked for: the snapshot finds its run,
 * and a repeated upload is recognised. Another attempt of the job is another run.
 *
 * @param part of a job that submits several runs
 */
export function runIdOf(env: Environment, part = ''): string {
  const name = jobOf(env);
  return name === undefined ? randomUUID() : nameBased(`${name}\n${part}`);
}

function jobOf(env: Environment): string | undefined {
  if (env.GITHUB_RUN_ID) {
    return join(
      env.GITHUB_SERVER_URL,
      env.GITHUB_REPOSITORY,
      env.GITHUB_RUN_ID,
      env.GITHUB_RUN_ATTEMPT,
      env.GITHUB_JOB,
      // Lines of a matrix share all of the above.
      env.RETROSPEC_JOB,
    );
  }
  if (env.CI_JOB_ID) return join(env.CI_SERVER_URL, env.CI_PROJECT_PATH, env.CI_JOB_ID);
  if (env.BUILD_URL) return join(env.BUILD_URL, env.RETROSPEC_JOB);
  return undefined;
}

function join(...parts: (string | undefined)[]): string {
  return parts.map((part) => part ?? '').join('\n');
}

/** Version 5 of RFC 9562, section 5.5. */
export function nameBased(name: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(name, 'utf8').digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
