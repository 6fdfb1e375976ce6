import { parseArgs } from 'node:util';
import {
  keepJson,
  NotDone,
  positiveOf,
  runIdFor,
  serverOf,
  WrongUsage,
  type Surroundings,
} from './job';
import type { Patience } from '../../src/server';

/** A capture waits for pages, selectors and three tries of its own. */
const PATIENCE: Patience = { tryMs: 180_000, totalMs: 240_000, tries: 3 };

/** `snapshot`: how a page looks at this moment, and what it loaded and printed. */
export async function takeSnapshot(around: Surroundings, args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      'run-id': { type: 'string' },
      viewport: { type: 'string' },
      'wait-for-selector': { type: 'string' },
      'wait-for-timeout': { type: 'string' },
      url: { type: 'string' },
      json: { type: 'string' },
      'best-effort': { type: 'boolean' },
    },
  });
  const [page, ...more] = positionals;
  if (page === undefined || more.length > 0)
    throw new WrongUsage('of which page? snapshot <address>');
  const testRunId = runIdFor(around, values['run-id']);
  const selector = values['wait-for-selector'];
  const body = {
    testRunId,
    url: page,
    ...(values.viewport ? { viewport: viewportOf(values.viewport) } : {}),
    ...(selector ? { waitForSelector: selector } : {}),
    ...(values['wait-for-timeout']
      ? { waitForTimeout: positiveOf('--wait-for-timeout', values['wait-for-timeout']) }
      : {}),
  };
  const env = {
    ...around.env,
    // The documents let the snapshot service live elsewhere.
    RETROSPEC_URL: around.env.RETROSPEC_URL ?? around.env.SNAPSHOT_SERVICE_URL,
  };
  const { server } = serverOf({ ...around, env }, values.url, PATIENCE);
  const reply = await server({
    method: 'POST',
    path: '/snapshot/create',
    body: { json: body },
    onceOnly: true,
  });
  if (reply.kind !== 'ok') throw new NotDone(`no snapshot: ${reply.message}`);
  const taken = reply.body as { id?: string; screenshotUrl?: string };
  around.terminal.say(
    `Snapshot ${taken.id ?? ''} of run ${testRunId}: ${taken.screenshotUrl ?? ''}`,
  );
  around.terminal.output('run-id', testRunId);
  around.terminal.output('screenshot-url', taken.screenshotUrl ?? '');
  await keepJson(around, values.json, reply.body);
}

function viewportOf(text: string): { width: number; height: number } {
  const [, width, height] = /^(\d{1,5})x(\d{1,5})$/.exec(text) ?? [];
  if (!width || !height) throw new WrongUsage('--viewport must be like 1920x1080');
  return { width: Number(width), height: Number(height) };
}
