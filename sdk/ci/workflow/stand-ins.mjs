// What stands for GitHub's own actions: the same effect on the workspace, without GitHub.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';

export const STAND_INS = {
  /** The commit of the event; of another repository its default branch. */
  'actions/checkout'(given, { job, machine }) {
    const name = given.repository || job.github.repository;
    const source = job.repositories[name];
    if (!source) throw new Error(`no repository stands for ${name}`);
    const target = join(machine.workspace, given.path ?? '');
    const git = (...args) => execFileSync('git', args, { cwd: machine.workspace, stdio: 'pipe' });
    git('clone', '--quiet', '--no-hardlinks', source, target);
    if (name === job.github.repository) {
      git('-C', target, 'checkout', '--quiet', '--detach', job.github.sha);
    }
    return { status: 0 };
  },

  /** Node is what runs this. */
  'actions/setup-node'() {
    return { status: 0 };
  },

  'actions/upload-artifact'(given, { machine }) {
    const target = join(machine.artifacts, given.name);
    mkdirSync(target, { recursive: true });
    for (const line of given.path.split('\n').filter((it) => it.trim())) {
      const path = isAbsolute(line) ? line : join(machine.workspace, line);
      // Patterns are not needed here; what is none is copied.
      if (existsSync(path)) cpSync(path, join(target, basename(path)), { recursive: true });
    }
    return { status: 0 };
  },
};
