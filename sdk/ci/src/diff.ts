import type { Git } from './git';

/** The server reads the names of the changed files and a part of the text; this is ample for both. */
const MAX_DIFF_CHARS = 1_000_000;

/** Lock files and generated code: their names matter, their lines do not. */
const MAX_FILE_CHARS = 100_000;

/**
 * What this run changed: against the base branch where there is one, else the last commit.
 *
 * @returns undefined when git has no history to compare with, as in a shallow clone
 */
export async function changes(
  git: Git,
  baseBranch: string | undefined,
): Promise<string | undefined> {
  const ranges = baseBranch
    ? [`origin/${baseBranch}...HEAD`, `${baseBranch}...HEAD`]
    : ['HEAD~1..HEAD'];
  for (const range of ranges) {
    const diff = await git(
      'diff',
      '--no-color',
      '--no-ext-diff',
      '--no-textconv',
      '--src-prefix=a/',
      '--dst-prefix=b/',
      '--end-of-options',
      range,
      '--',
    );
    if (diff !== undefined) return bounded(diff);
  }
  return undefined;
}

/** Cuts at files, so that what is left is a diff still. */
export function bounded(diff: string): string {
  const kept: string[] = [];
  let left = MAX_DIFF_CHARS;
  for (const file of diff.split(/^(?=diff --git )/m)) {
    const whole = file.length <= MAX_FILE_CHARS && file.length <= left;
    const text = whole ? file : headOf(file);
    if (text.length > left) break;
    kept.push(text);
    left -= text.length;
  }
  return kept.join('');
}

function headOf(file: string): string {
  const hunks = file.search(/^@@ /m);
  return hunks < 0 ? file.slice(0, 1_000) : file.slice(0, hunks);
}
