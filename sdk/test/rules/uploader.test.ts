import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Chunk } from '../../src/domain/chunks/chunk';
import { MAX_TRIES } from '../../src/transport/backoff';
import type { SendOutcome } from '../../src/transport/sender';
import { createUploader } from '../../src/transport/uploader';
import { utf8Bytes } from '../../src/tools/json-bytes';
import { aChunk } from './fixtures';

/** A wire that answers what the test says and writes down what it was given. */
function aWire(answers: (chunk: Chunk, attempt: number) => SendOutcome | Promise<SendOutcome>) {
  const sent: number[] = [];
  const dropped: string[] = [];
  const refused: string[] = [];
  let nextSeq = 100;
  let ownsSlot = false;
  let keepaliveFree = 60_000;
  const kept = new Map<number, Chunk>();
  let offline = false;
  const encode = (text: string) => ({ bytes: utf8Bytes(text) });
  const uploader = createUploader(
    {
      encode: (text) => Promise.resolve(encode(text)),
      encodeNow: encode,
      send: (chunk) => {
        sent.push(chunk.seq);
        return Promise.resolve(answers(chunk, sent.length));
      },
      sendBeacon: () => false,
      canKeepAlive: true,
      keepaliveFree: () => keepaliveFree,
      keep: (chunks) => chunks.forEach((chunk) => kept.set(chunk.seq, chunk)),
      unkeep: (chunk) => kept.delete(chunk.seq),
      isOffline: () => offline,
      nextSeq: () => nextSeq++,
      leaveSlot: () => ownsSlot,
    },
    {
      onDropped: (reason, chunk) => dropped.push(`${chunk.seq} ${reason}`),
      onRules: () => undefined,
      onRefused: (why) => refused.push(why),
    },
  );
  const leftBehind = () => [...kept.values()];
  return {
    uploader,
    sent,
    dropped,
    refused,
    leftBehind,
    setOffline: (is: boolean) => (offline = is),
    ownSlot: () => (ownsSlot = true),
    setKeepaliveFree: (bytes: number) => (keepaliveFree = bytes),
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('sends in order, one after the other', async () => {
  const wire = aWire(() => ({ kind: 'stored' }));
  [0, 1, 2].forEach((seq) => wire.uploader.enqueue(aChunk(['1'], seq)));
  await wire.uploader.drained();
  expect(wire.sent).toEqual([0, 1, 2]);
});

test('tries again with growing pauses and gives up after ten, with a count', async () => {
  const wire = aWire(() => ({ kind: 'later' }));
  wire.uploader.enqueue(aChunk(['1'], 0));
  await vi.advanceTimersByTimeAsync(60 * 60_000);
  expect(wire.sent).toHaveLength(MAX_TRIES);
  expect(wire.dropped).toEqual(['0 retries_exhausted']);
});

test('waits as long as the server asks', async () => {
  const wire = aWire((_chunk, attempt) =>
    attempt === 1 ? { kind: 'later', afterMs: 30_000 } : { kind: 'stored' },
  );
  wire.uploader.enqueue(aChunk(['1'], 0));
  await vi.advanceTimersByTimeAsync(29_000);
  expect(wire.sent).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1_500);
  expect(wire.sent).toHaveLength(2);
});

test('back online it does not wait for the pause to end', async () => {
  const wire = aWire((_chunk, attempt) =>
    attempt === 1 ? { kind: 'later', afterMs: 600_000 } : { kind: 'stored' },
  );
  wire.uploader.enqueue(aChunk(['1'], 0));
  await vi.advanceTimersByTimeAsync(10);
  wire.uploader.wake();
  await wire.uploader.drained();
  expect(wire.sent).toEqual([0, 0]);
});

test('a conflict and a refusal are counted and do not hold up the rest', async () => {
  const outcomes: SendOutcome[] = [
    { kind: 'conflict' },
    { kind: 'refused', status: 422 },
    { kind: 'stored' },
  ];
  const wire = aWire((chunk) => outcomes[chunk.seq] ?? { kind: 'stored' });
  [0, 1, 2].forEach((seq) => wire.uploader.enqueue(aChunk(['1'], seq)));
  await wire.uploader.drained();
  expect(wire.dropped).toEqual(['0 conflict', '1 refused']);
  expect(wire.sent).toEqual([0, 1, 2]);
});

test('a conflict on the second attempt is the echo of the first, not a loss', async () => {
  const wire = aWire((_chunk, attempt) =>
    attempt === 1 ? { kind: 'later' } : { kind: 'conflict' },
  );
  wire.uploader.enqueue(aChunk(['1'], 0));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(wire.dropped).toEqual([]);
  expect(wire.sent).toEqual([0, 0]);
});

test('a conflict on the first send of a window is another tab on its numbers: all move on', async () => {
  const wire = aWire((chunk) => ({ kind: chunk.seq < 100 ? 'conflict' : 'stored' }));
  wire.ownSlot();
  [0, 1, 2].forEach((seq) => wire.uploader.enqueue(aChunk(['1'], seq)));
  await wire.uploader.drained();
  expect(wire.sent).toEqual([0, 100, 101, 102]);
  expect(wire.dropped).toEqual([]);
});

test('a number that is new and still taken is given up, so that nothing turns in circles', async () => {
  const wire = aWire(() => ({ kind: 'conflict' }));
  wire.ownSlot();
  wire.uploader.enqueue(aChunk(['1'], 0));
  await wire.uploader.drained();
  expect(wire.sent).toEqual([0, 100]);
  expect(wire.dropped).toEqual(['100 conflict']);
});

test('410 forgets all that waits and says so', async () => {
  const wire = aWire(() => ({ kind: 'gone' }));
  [0, 1, 2].forEach((seq) => wire.uploader.enqueue(aChunk(['1'], seq)));
  await wire.uploader.drained();
  expect(wire.sent).toEqual([0]);
  expect(wire.refused).toEqual(['gone']);
});

test('413 gives the second half a new number, and all halves arrive', async () => {
  const wire = aWire((chunk) =>
    chunk.events.length > 1 ? { kind: 'too_large' } : { kind: 'stored' },
  );
  wire.uploader.enqueue(aChunk(['1', '2', '3'], 0));
  await wire.uploader.drained();
  expect(wire.dropped).toEqual([]);
  expect(new Set(wire.sent)).toEqual(new Set([0, 100, 101]));
});

test('leaving, what fits the ledger goes at once, the rest stays for the next page', async () => {
  const wire = aWire(() => new Promise<SendOutcome>(() => undefined));
  wire.setKeepaliveFree(2_000);
  wire.uploader.enqueue(aChunk(['"small"'], 0));
  wire.uploader.enqueue(aChunk([`"${'x'.repeat(5_000)}"`], 1));
  wire.uploader.leavePage();
  await vi.advanceTimersByTimeAsync(0);
  // The second is tried the ordinary way as well: a hidden page may live on.
  expect(wire.sent).toEqual([0, 1]);
  expect(wire.leftBehind().map((chunk) => chunk.seq)).toEqual([1]);
});

test('the oldest goes when too much waits', async () => {
  const wire = aWire(() => ({ kind: 'later', afterMs: 600_000 }));
  for (let seq = 0; seq < 6; seq++)
    wire.uploader.enqueue(aChunk([`"${'x'.repeat(1_000_000)}"`], seq));
  await vi.advanceTimersByTimeAsync(0);
  expect(wire.dropped).toEqual(['1 queue_full', '2 queue_full']);
});

test('what the server does not take now is written down until it does', async () => {
  const wire = aWire((_chunk, attempt) => ({ kind: attempt === 1 ? 'later' : 'stored' }));
  [0, 1].forEach((seq) => wire.uploader.enqueue(aChunk(['1'], seq)));
  await vi.advanceTimersByTimeAsync(10);
  expect(wire.leftBehind().map((chunk) => chunk.seq)).toEqual([0, 1]);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(wire.sent).toEqual([0, 0, 1]);
  expect(wire.leftBehind()).toEqual([]);
});

test('a quick answer costs no writing, a slow one does', async () => {
  const answers: ((outcome: SendOutcome) => void)[] = [];
  const wire = aWire(() => new Promise<SendOutcome>((resolve) => answers.push(resolve)));
  wire.uploader.enqueue(aChunk(['1'], 0));
  await vi.advanceTimersByTimeAsync(900);
  expect(wire.leftBehind()).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect(wire.leftBehind()).toHaveLength(1);
  answers[0]?.({ kind: 'stored' });
  await vi.advanceTimersByTimeAsync(0);
  expect(wire.leftBehind()).toEqual([]);
});

test('without a network no try is used up', async () => {
  const wire = aWire((_chunk, attempt) => ({ kind: attempt <= 30 ? 'later' : 'stored' }));
  wire.setOffline(true);
  wire.uploader.enqueue(aChunk(['1'], 0));
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(wire.sent.length).toBeGreaterThan(30);
  expect(wire.dropped).toEqual([]);
});

test('what an earlier page left is sent once, beside what this page has', async () => {
  const wire = aWire(() => ({ kind: 'stored' }));
  wire.uploader.enqueue(aChunk(['1'], 3));
  wire.uploader.enqueueKept([aChunk(['1'], 2), aChunk(['1'], 3)]);
  await wire.uploader.drained();
  expect(wire.sent).toEqual([3, 2]);
});
