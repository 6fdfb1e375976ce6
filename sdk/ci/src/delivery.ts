import type { Reply, Server } from './server';
import type { Spool } from './spool';
import { requestFor, type Submission } from './submission';

export interface Delivery {
  reply: Reply;
  /** It waits on disk for the next run. */
  spooled: boolean;
  /** Runs of before that were told now. */
  caughtUp: number;
}

/** Of a bad key or a limit somebody may still repair; the rest is wrong with the run itself. */
const WORTH_KEEPING = new Set([401, 403, 404]);

/**
 * Tells one run, and when the server is there also those that waited.
 *
 * @param spool undefined: nothing is kept
 */
export async function deliver(
  server: Server,
  url: string,
  submission: Submission,
  spool: Spool | undefined,
): Promise<Delivery> {
  const reply = await server(requestFor(submission));
  if (reply.kind === 'ok') {
    return { reply, spooled: false, caughtUp: spool ? await catchUp(server, url, spool) : 0 };
  }
  const keep = spool && (reply.kind === 'away' || WORTH_KEEPING.has(reply.status));
  if (keep) await spool.keep(url, submission);
  return { reply, spooled: Boolean(keep), caughtUp: 0 };
}

async function catchUp(server: Server, url: string, spool: Spool): Promise<number> {
  let told = 0;
  for (const { submission, forget } of await spool.waiting(url)) {
    const reply = await server(requestFor(submission));
    if (reply.kind === 'away') break;
    if (reply.kind === 'ok') told += 1;
    await forget();
  }
  return told;
}
