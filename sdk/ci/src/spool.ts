import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Submission } from './submission';

/** Runs that could not be told yet, as files of one folder. */
export interface Spool {
  /** Where it is, for messages. */
  folder: string;
  keep(url: string, submission: Submission): Promise<void>;
  /** Runs that wait for this server and project, the oldest first. */
  waiting(url: string): Promise<Spooled[]>;
}

export interface Spooled {
  submission: Submission;
  /** It was told, or will never be taken. */
  forget: () => Promise<void>;
}

interface Entry {
  version: number;
  /** The server it was meant for. */
  url: string;
  /** Tells the projects of a server apart: one folder may serve several keys. */
  project: string;
  submission: Submission;
}

const FORMAT = 2;

const MAX_ENTRIES = 50;
const MAX_BYTES = 50 * 1024 * 1024;

/** Past this nobody looks for the reason of a red run any more. */
const MAX_AGE_MS = 7 * 24 * 60 * 60 * 1000;

const ENTRY = /^run-\d+-[0-9a-f-]+\.json$/;

/**
 * @param key whose project the runs are; only a hash of it is written
 */
export function openSpool(folder: string, key: string): Spool {
  const project = createHash('sha256').update(`retrospec spool ${key}`).digest('hex').slice(0, 32);
  return {
    folder,
    async keep(url, submission) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // Because it holds messages and diffs that belong in no repository.
      await writeFile(join(folder, '.gitignore'), '*\n');
      const entry: Entry = { version: FORMAT, url, project, submission };
      const name = `run-${Date.now()}-${randomUUID()}.json`;
      // Because another process may look into the folder at any moment.
      await writeFile(join(folder, `${name}.part`), JSON.stringify(entry), { mode: 0o600 });
      await rename(join(folder, `${name}.part`), join(folder, name));
      await makeRoom(folder);
    },
    async waiting(url) {
      await makeRoom(folder);
      const found: Spooled[] = [];
      for (const name of await entries(folder)) {
        const path = join(folder, name);
        const forget = () => rm(path, { force: true });
        const entry = await readEntry(path);
        if (entry === 'broken') await forget();
        else if (entry !== 'gone' && entry.url === url && entry.project === project) {
          found.push({ submission: entry.submission, forget });
        }
      }
      return found;
    },
  };
}

/** Names begin with the time, so their order is that of the runs. */
async function entries(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => ENTRY.test(name)).sort();
  } catch {
    return [];
  }
}

async function readEntry(path: string): Promise<Entry | 'broken' | 'gone'> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return 'gone';
  }
  try {
    const entry = JSON.parse(text) as Entry;
    return entry.version === FORMAT && typeof entry.submission.kind === 'string' ? entry : 'broken';
  } catch {
    return 'broken';
  }
}

/** The newest are kept: they are the ones somebody waits for. */
async function makeRoom(folder: string): Promise<void> {
  let count = 0;
  let bytes = 0;
  for (const name of (await entries(folder)).reverse()) {
    const path = join(folder, name);
    const { size } = await stat(path).catch(() => ({ size: 0 }));
    count += 1;
    bytes += size;
    const age = Date.now() - Number(/\d+/.exec(name)?.[0]);
    if (count > MAX_ENTRIES || bytes > MAX_BYTES || age > MAX_AGE_MS) {
      await rm(path, { force: true });
    }
  }
}
