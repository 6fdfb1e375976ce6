import { execFile } from 'node:child_process';

/** Far more than is sent; a diff beyond it is not worth the memory. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

export type Git = (...args: string[]) => Promise<string | undefined>;

/** Asks git in one folder; undefined when git cannot answer. No shell is involved. */
export function gitIn(directory: string): Git {
  return (...args) =>
    new Promise((resolve) => {
      execFile(
        'git',
        args,
        { cwd: directory, maxBuffer: MAX_OUTPUT_BYTES, env: { ...process.env, LC_ALL: 'C' } },
        (error, stdout) => resolve(error ? undefined : stdout.trim()),
      );
    });
}
