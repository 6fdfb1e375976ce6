import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SendOutcome } from '../../src/transport/sender';
import { aChunk } from './fixtures';
import { aWire } from './wire';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('leaving without a network, what fits the ledger is tried and written down all the same', async () => {
  let answer: (outcome: SendOutcome) => void = () => undefined;
  const wire = aWire((chunk) =>
    chunk.seq === 0
      ? new Promise<SendOutcome>((resolve) => (answer = resolve))
      : new Promise<SendOutcome>(() => undefined),
  );
  wire.setOffline(true);
  wire.setKeepaliveFree(2_000);
  wire.uploader.enqueue(aChunk(['"small"'], 0));
  wire.uploader.enqueue(aChunk([`"${'x'.repeat(5_000)}"`], 1));
  wire.uploader.leavePage();
  await vi.advanceTimersByTimeAsync(0);
  // The second is tried the ordinary way as well: a hidden page may live on.
  expect(wire.sent).toEqual([0, 1]);
  expect(wire.leftBehind().map((chunk) => chunk.seq)).toEqual([0, 1]);
  answer({ kind: 'stored' });
  await vi.advanceTimersByTimeAsync(0);
  expect(wire.leftBehind().map((chunk) => chunk.seq)).toEqual([1]);
});

const MEGABYTE = `"${'x'.repeat(1_000_000)}"`;

test('without a disk the oldest goes when too much waits', async () => {
  const wire = aWire(() => ({ kind: 'later', afterMs: 600_000 }));
  wire.loseDisk();
  for (let seq = 0; seq < 7; seq++) wire.uploader.enqueue(aChunk([MEGABYTE], seq));
  await vi.advanceTimersByTimeAsync(0);
  expect(wire.dropped).toEqual(['1 queue_full', '2 queue_full']);
});

test('what is too much for the memory waits on disk, and all of it arrives', async () => {
  let isUp = false;
  const wire = aWire(() => (isUp ? { kind: 'stored' } : { kind: 'later', afterMs: 600_000 }));
  for (let seq = 0; seq < 9; seq++) wire.uploader.enqueue(aChunk([MEGABYTE], seq));
  await vi.advanceTimersByTimeAsync(0);
  expect(wire.leftBehind()).toHaveLength(9);
  isUp = true;
  wire.uploader.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(wire.leftBehind()).toEqual([]);
  expect(wire.dropped).toEqual([]);
  expect(new Set(wire.sent)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8]));
});

test.each(['at_once', 'later'] as const)(
  'what the disk did not take after all is counted when it was nowhere else: %s',
  async (when) => {
    const wire = aWire(() => ({ kind: 'later', afterMs: 600_000 }));
    wire.failDisk(when);
    for (let seq = 0; seq < 7; seq++) wire.uploader.enqueue(aChunk([MEGABYTE], seq));
    await vi.advanceTimersByTimeAsync(10);
    expect(wire.dropped).toEqual(['1 queue_full', '2 queue_full']);
  },
);

test('a whole picture larger than the queue drops nothing that waits beside it', async () => {
  const wire = aWire(() => ({ kind: 'later', afterMs: 600_000 }));
  wire.loseDisk();
  wire.uploader.enqueue(aChunk([`"${'x'.repeat(5_000_000)}"`], 0));
  wire.uploader.enqueue(aChunk(['1'], 1));
  wire.uploader.enqueue(aChunk(['2'], 2));
  await vi.advanceTimersByTimeAsync(0);
  expect(wire.dropped).toEqual([]);
});

test('what comes while a pause or an outage lasts is written down at once', async () => {
  const wire = aWire(() => ({ kind: 'later', afterMs: 600_000 }));
  wire.uploader.enqueue(aChunk(['1'], 0));
  await vi.advanceTimersByTimeAsync(10);
  wire.uploader.enqueue(aChunk(['2'], 1));
  expect(wire.leftBehind().map((chunk) => chunk.seq)).toEqual([0, 1]);
  const offline = aWire(() => new Promise<SendOutcome>(() => undefined));
  offline.setOffline(true);
  offline.uploader.enqueue(aChunk(['1'], 0));
  expect(offline.leftBehind()).toHaveLength(1);
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

test('what an earlier page left is sent once, beside what this page has', async () => {
  const wire = aWire(() => ({ kind: 'stored' }));
  wire.uploader.enqueue(aChunk(['1'], 3));
  [2, 3].forEach((seq) => wire.kept.set(seq, aChunk(['1'], seq)));
  await wire.uploader.sendKept();
  await wire.uploader.drained();
  expect(wire.sent).toEqual([3, 2]);
});

test('what other rules let through goes, from memory and from disk, and is counted', async () => {
  let isUp = false;
  const wire = aWire(() => (isUp ? { kind: 'stored' } : { kind: 'later', afterMs: 600_000 }));
  const under = (rulesVersion: number, seq: number) => ({ ...aChunk(['1'], seq), rulesVersion });
  wire.uploader.enqueue(under(1, 0));
  wire.uploader.enqueue(under(1, 1));
  await vi.advanceTimersByTimeAsync(10);
  wire.kept.set(7, under(1, 7));
  wire.kept.set(8, under(2, 8));
  wire.uploader.outdate(2);
  wire.uploader.enqueue(under(2, 2));
  isUp = true;
  wire.uploader.wake();
  await vi.advanceTimersByTimeAsync(10);
  expect(wire.sent).toEqual([0, 2, 8]);
  expect(wire.dropped).toEqual(['0 other_rules', '1 other_rules', '7 other_rules']);
  expect(wire.leftBehind()).toEqual([]);
});
