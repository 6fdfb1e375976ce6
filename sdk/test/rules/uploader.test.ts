import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CHUNK_HARD_BYTES } from '../../src/domain/chunks/limits';
import { MAX_TRIES } from '../../src/transport/backoff';
import type { SendOutcome } from '../../src/transport/sender';
import { aChunk } from './fixtures';
import { aWire } from './wire';

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

test('a conflict after an attempt that failed is another tab, too: the same bytes would be taken', async () => {
  const wire = aWire((chunk, attempt) => {
    if (attempt === 1) return { kind: 'later' };
    return { kind: chunk.seq < 100 ? 'conflict' : 'stored' };
  });
  wire.ownSlot();
  wire.uploader.enqueue(aChunk(['1'], 0));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(wire.dropped).toEqual([]);
  expect(wire.sent).toEqual([0, 0, 100]);
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

test('410 to what was left of an erased session forgets that session, and nothing else', async () => {
  const wire = aWire((chunk) => ({ kind: chunk.sessionId === 'ses_1' ? 'stored' : 'gone' }));
  [0, 1].forEach((seq) => {
    const chunk = { ...aChunk(['1'], seq), sessionId: 'ses_erased' };
    wire.kept.set(seq, chunk);
  });
  await wire.uploader.sendKept();
  wire.uploader.enqueue(aChunk(['1'], 7));
  await wire.uploader.drained();
  expect(wire.sent).toEqual([0, 7]);
  expect(wire.refused).toEqual([]);
  expect(wire.forgotten).toEqual(['ses_erased']);
});

test('what is more than a megabyte as it travels is cut, and what cannot be is told of', async () => {
  const wire = aWire(() => ({ kind: 'stored' }));
  const most = `"${'x'.repeat(CHUNK_HARD_BYTES - 1_000)}"`;
  wire.uploader.enqueue(aChunk([most, most], 0));
  wire.uploader.enqueue(aChunk([`"${'x'.repeat(CHUNK_HARD_BYTES)}"`], 1));
  await wire.uploader.drained();
  expect(wire.sent).toEqual([0, 100, 1]);
  expect(wire.told.at(-1)).toContain('"retrospec.dropped"');
  // The notice counts it.
  expect(wire.dropped).toEqual([]);
  expect(wire.counted.at(-1)?.dropped).toEqual({ oversize: 1 });
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

test('without a network no try is used up', async () => {
  const wire = aWire((_chunk, attempt) => ({ kind: attempt <= 30 ? 'later' : 'stored' }));
  wire.setOffline(true);
  wire.uploader.enqueue(aChunk(['1'], 0));
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(wire.sent.length).toBeGreaterThan(30);
  expect(wire.dropped).toEqual([]);
});
