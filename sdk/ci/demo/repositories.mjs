// The front end and the back end as git repositories, as a developer would have them.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export const WORKFLOW = '.github/workflows/backend-tests.yml';

/** The clock of the first commit; the next are a minute later each, so that ids are the same each time. */
const FIRST_COMMIT = Date.UTC(2026, 0, 15, 9);

function gitIn(folder) {
  let minutes = 0;
  return (author, ...args) => {
    const date = new Date(FIRST_COMMIT + minutes++ * 60_000).toISOString();
    const [name] = author.split('@');
    const env = {
      ...process.env,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_SYSTEM: '/dev/null',
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: author,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: name,
      GIT_COMMITTER_EMAIL: author,
      GIT_COMMITTER_DATE: date,
    };
    return execFileSync('git', args, { cwd: folder, env, encoding: 'utf8' }).trim();
  };
}

const OWNER = 'ada@example.com';

function repository(folder, source, message) {
  mkdirSync(folder, { recursive: true });
  cpSync(here(source), folder, { recursive: true });
  const git = gitIn(folder);
  git(OWNER, 'init', '--quiet', '--initial-branch', 'main');
  return {
    folder,
    git,
    first: () => {
      git(OWNER, 'add', '.');
      git(OWNER, 'commit', '--quiet', '-m', message);
    },
  };
}

/** @returns the two folders, and `apply(change)` that commits a change and gives its commit's hash */
export function makeRepositories(folder) {
  const backEnd = repository(join(folder, 'tea-back-end'), 'back-end', 'The tea counter');
  writeFileSync(join(backEnd.folder, '.gitignore'), 'reports/\nnode_modules/\n');
  backEnd.first();
  const frontEnd = repository(join(folder, 'tea-front-end'), 'front-end', 'The shop window');
  writeFileSync(join(frontEnd.folder, '.gitignore'), 'dist/\nnode_modules/\n');
  mkdirSync(join(frontEnd.folder, '.github/workflows'), { recursive: true });
  // The example that users copy is what is proved here.
  cpSync(here('../examples/github-actions.yml'), join(frontEnd.folder, WORKFLOW));
  frontEnd.first();

  const { git } = frontEnd;
  return {
    backEnd: backEnd.folder,
    frontEnd: frontEnd.folder,
    apply(change) {
      const branches = git(OWNER, 'branch', '--format=%(refname:short)').split('\n');
      if (!branches.includes(change.branch)) {
        git(OWNER, 'checkout', '--quiet', '-b', change.branch, 'main');
      } else {
        git(OWNER, 'checkout', '--quiet', change.branch);
      }
      const edited = change.edit((file) => readFileSync(join(frontEnd.folder, file), 'utf8'));
      for (const [file, text] of Object.entries(edited)) {
        writeFileSync(join(frontEnd.folder, file), text);
      }
      git(change.author, 'commit', '--quiet', '-am', change.message);
      return git(OWNER, 'rev-parse', 'HEAD');
    },
  };
}
