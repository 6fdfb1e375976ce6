import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The tests drive what is shipped: the built document, not its sources. */
export default async function setup(): Promise<void> {
  const script = fileURLToPath(new URL('../../build.mjs', import.meta.url));
  await promisify(execFile)(process.execPath, [script]);
}
