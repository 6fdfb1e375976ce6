import { appendFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import type { Environment } from '../../src/settings';
import { oneLine } from '../../src/findings';

/** Where a command says what it did. */
export interface Terminal {
  say(line: string): void;
  /** Something is not as it should be; the job goes on. */
  warn(line: string): void;
  /** Values for the next steps of the job, where the CI has such a thing. */
  output(name: string, value: string): void;
  summary(markdown: string): void;
}

export function terminalOf(env: Environment): Terminal {
  const onGitHub = env.GITHUB_ACTIONS === 'true';
  return {
    say: (line) => process.stdout.write(`${line}\n`),
    warn(line) {
      if (onGitHub) process.stdout.write(`::warning title=RetroSpec::${oneLine(line)}\n`);
      else process.stderr.write(`retrospec: ${oneLine(line)}\n`);
    },
    output(name, value) {
      if (!env.GITHUB_OUTPUT) return;
      // A delimiter nobody can guess, so that no value can end it and set other outputs.
      const end = `end-${randomUUID()}`;
      appendFileSync(env.GITHUB_OUTPUT, `${name}<<${end}\n${value}\n${end}\n`);
    },
    summary(markdown) {
      if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, markdown);
    },
  };
}
