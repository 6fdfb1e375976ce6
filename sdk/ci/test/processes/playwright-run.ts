import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const FIXTURE = fileURLToPath(new URL('fixture', import.meta.url));
export const CHROMIUM = process.env.RETROSPEC_CHROMIUM ?? '/usr/bin/chromium';

const PLAYWRIGHT = fileURLToPath(import.meta.resolve('@playwright/test/cli'));

export interface Ended {
  status: number | null;
  printed: string;
}

/** A real Playwright run of one file of the fixture, as in a job of GitHub Actions. */
export function runPlaywright(
  file: string,
  work: string,
  env: Record<string, string>,
): Promise<Ended> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|NODE_OPTIONS|GITHUB_|CI_|CI$|BUILD_URL|RETROSPEC_)/.test(name),
  );
  const child = spawn(process.execPath, [PLAYWRIGHT, 'test', file], {
    cwd: FIXTURE,
    env: {
      ...Object.fromEntries(inherited),
      RETROSPEC_CHROMIUM: CHROMIUM,
      FIXTURE_OUTPUT: join(work, 'results'),
      FIXTURE_SPOOL: join(work, 'spool'),
      GITHUB_ACTIONS: 'true',
      GITHUB_SHA: 'abc123def456',
      GITHUB_REF_NAME: 'feature/new-ui',
      GITHUB_ACTOR: 'ada',
      GITHUB_REPOSITORY: 'shop/front-end',
      ...env,
    },
  });
  return new Promise((resolve) => {
    let printed = '';
    child.stdout.on('data', (part: Buffer) => (printed += part.toString()));
    child.stderr.on('data', (part: Buffer) => (printed += part.toString()));
    child.on('close', (status) => {
      resolve({ status, printed });
    });
  });
}
