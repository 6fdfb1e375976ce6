import { NotDone, WrongUsage, type Surroundings } from './job';
import { searchPatterns } from './patterns';
import { checkPrivacy } from './privacy/command';
import { submitRun, uploadRun } from './runs';
import { takeSnapshot } from './snapshot';
import { injectDebugIds, uploadSourceMaps } from './sourcemaps/command';

const HELP = `Usage: retrospec <command> [options]

  runs upload <report>…       JUnit reports of a run; patterns like 'target/**/TEST-*.xml' may be quoted
  runs submit                 a run without a report: --status, --failures <json>, --logs <file>
  snapshot <address>          how a page looks now: picture, HTML, network, console
  patterns search <words>     failures that read like it
  sourcemaps inject <folder>… a debug id for each script of a build and its map
  sourcemaps upload <folder>… the build's source maps, so that stacks tell the original code
  privacy-check <address>…    types values of every kind into pages: does one leave the browser?

Every command: --url <server>   --json <file> keeps the answer
Runs:          --run-id <uuid>  --status passed|failed  --snapshot <answer of "snapshot">
               --dir <git checkout>  --commit  --branch  --base <branch>  --author  --repository
               --pr <number>  --job  --run-url  --diff <file> | --no-diff  --quiet (nobody is notified)
               --logs <file> (upload: told when no report was written)
Snapshot:      --run-id <uuid>  --viewport 1920x1080  --wait-for-selector  --wait-for-timeout <ms>
Search:        --top-k <n>  --threshold <0 to 1>
Source maps:   --release <as the recorder is told it>  --url-prefix <~/assets/>  --dry-run  --verbose
Privacy check: --inject (the SDK on a page that has none)  --privacy-level  --read-back (what is stored)
               --all-requests  --wait-for-selector  --chromium <path>
--best-effort  RetroSpec being away never fails the job; a run is kept and told by the next one

Environment:   RETROSPEC_URL, RETROSPEC_API_KEY (a secret key of the project), RETROSPEC_JOB,
               RETROSPEC_SPOOL, RETROSPEC_RELEASE (sourcemaps upload), RETROSPEC_INGEST_KEY and RETROSPEC_CHROMIUM (privacy-check). Commit, branch, author and pull request are read from GitHub Actions,
               GitLab, Jenkins or git.
Exit status:   0 done, 1 not done, 2 wrong usage
`;

const COMMANDS: Record<string, (around: Surroundings, args: string[]) => Promise<void>> = {
  'runs upload': uploadRun,
  'runs submit': submitRun,
  'patterns search': searchPatterns,
  'sourcemaps inject': injectDebugIds,
  'sourcemaps upload': uploadSourceMaps,
  snapshot: takeSnapshot,
  'privacy-check': checkPrivacy,
};

/**
 * Runs one command.
 *
 * @returns the exit status
 */
export async function run(around: Surroundings, args: string[]): Promise<number> {
  const name = [args.slice(0, 2).join(' '), args[0] ?? ''].find((it) =>
    Object.hasOwn(COMMANDS, it),
  );
  const command = name === undefined ? undefined : COMMANDS[name];
  if (name === undefined || command === undefined) {
    const asked = args.length === 0 || /^(help|-h|--help)$/.test(args[0] ?? '');
    around.terminal.say(HELP);
    return asked ? 0 : 2;
  }
  const rest = args.slice(name.split(' ').length);
  if (rest.includes('--help') || rest.includes('-h')) {
    around.terminal.say(HELP);
    return 0;
  }
  try {
    await command(around, rest);
    return 0;
  } catch (error) {
    if (isUsage(error)) {
      around.terminal.warn(error.message);
      return 2;
    }
    if (!(error instanceof NotDone)) throw error;
    around.terminal.warn(error.message);
    return rest.includes('--best-effort') ? 0 : 1;
  }
}

function isUsage(error: unknown): error is Error {
  const { code } = (error ?? {}) as { code?: unknown };
  return (
    error instanceof WrongUsage || (typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS'))
  );
}
