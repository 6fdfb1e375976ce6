import {
  chunkBody,
  splitChunk,
  withoutEvents,
  type Chunk,
  type DropReason,
} from '../domain/chunks/chunk';
import { QUEUE_MAX_BYTES } from '../domain/chunks/limits';
import { backoffDelayMs, MAX_TRIES } from './backoff';
import type { Encoded } from './gzip';
import { isSameSlot } from '../domain/session/session';
import type { Send, SendOutcome } from './sender';

export interface UploaderListener {
  onDropped(reason: DropReason, chunk: Chunk): void;
  /** The server sent new rules with a receipt. */
  onRules(rules: unknown): void;
  /** Nothing more can be sent: the session is not wanted, or the key is not. */
  onRefused(why: 'gone' | 'unauthorized'): void;
}

export interface UploaderParts {
  encode(text: string): Promise<Encoded>;
  encodeNow(text: string): Encoded;
  send: Send;
  /** Last resort of a browser without keepalive; true when it took the chunk over. */
  sendBeacon(chunk: Chunk, text: string): boolean;
  canKeepAlive: boolean;
  /** Bytes that a request which outlives the page may still carry. */
  keepaliveFree(): number;
  /** Writes down what may not arrive before the page is gone. */
  keep(chunks: readonly Chunk[]): void;
  /** It has arrived, or will never. */
  unkeep(chunk: Chunk): void;
  isOffline(): boolean;
  /** A number for a further chunk of this one's session; undefined when that session is over. */
  nextSeq(chunk: Chunk): number | undefined;
  /** Another tab has the same numbers; from here on `nextSeq` gives others, if it answers true. */
  leaveSlot(chunk: Chunk): boolean;
}

export interface Uploader {
  enqueue(chunk: Chunk): void;
  /** What an earlier page has written down. */
  enqueueKept(chunks: readonly Chunk[]): void;
  /** Resolves when nothing waits any more, stored or given up. */
  drained(): Promise<void>;
  /** The page may be gone in a moment: everything that waits starts on its way now. */
  leavePage(): void;
  /** Try again at once, for instance when the browser is online again. */
  wake(): void;
  /** Forgets all that waits; what is under way is not called back. */
  discard(): void;
}

interface Waiting {
  chunk: Chunk;
  body: string;
  tries: number;
  /** Requests that carried it; after the second a conflict may be the echo of the first. */
  sends: number;
  /** Handed to a request that outlives the page; the outbox need not keep it. */
  entrusted: boolean;
  /** It has another number than at first; nobody can have that one as well. */
  moved: boolean;
  /** Written down. */
  kept: boolean;
}

/** An answer that takes longer may come too late for this page: then all that waits is kept. */
const SLOW_AFTER_MS = 1_000;

/** One chunk after the other, each until it is stored, refused, or tried often enough. */
export function createUploader(parts: UploaderParts, listener: UploaderListener): Uploader {
  let queue: Waiting[] = [];
  let current: Waiting | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const drainWaiters: (() => void)[] = [];

  function finish(item: Waiting): void {
    queue = queue.filter((other) => other !== item);
    if (item.kept) parts.unkeep(item.chunk);
  }

  function keep(items: Waiting[]): void {
    const open = items.filter((item) => !item.kept);
    open.forEach((item) => (item.kept = true));
    if (open.length > 0) parts.keep(open.map((item) => item.chunk));
  }

  function drop(item: Waiting, reason: DropReason): void {
    finish(item);
    listener.onDropped(reason, item.chunk);
  }

  function queuedBytes(): number {
    return queue.reduce((sum, item) => sum + item.body.length, 0);
  }

  function split(item: Waiting): void {
    const halves = splitChunk(item.chunk, () => parts.nextSeq(item.chunk));
    const at = queue.indexOf(item);
    if (halves) {
      queue.splice(at, 1, ...halves.map((half) => waiting(half)));
      if (item.kept) parts.unkeep(item.chunk);
      return;
    }
    const emptied = withoutEvents(item.chunk, Date.now());
    if (emptied) queue.splice(at, 1, waiting(emptied));
    else finish(item);
    listener.onDropped('oversize', item.chunk);
  }

  /** Two tabs have taken the same numbers at once; what was not under way yet moves along. */
  function renumber(item: Waiting): boolean {
    if (item.moved || !parts.leaveSlot(item.chunk)) return false;
    const behind = queue.filter(
      (other) => other.sends === 0 && isSameSlot(other.chunk, item.chunk),
    );
    for (const moving of [item, ...behind]) {
      const seq = parts.nextSeq(moving.chunk) ?? moving.chunk.seq;
      // Under its old number it would be told again by the next page.
      if (moving.kept) parts.unkeep(moving.chunk);
      moving.kept = false;
      Object.assign(moving, { chunk: { ...moving.chunk, seq }, sends: 0, moved: true });
      moving.entrusted = false;
    }
    return true;
  }

  function waiting(chunk: Chunk, kept = false): Waiting {
    return {
      kept,
      chunk,
      body: chunkBody(chunk),
      tries: 0,
      sends: 0,
      entrusted: false,
      moved: false,
    };
  }

  /** Milliseconds until the next attempt; 0 = go on. */
  function settle(item: Waiting, outcome: SendOutcome): number {
    switch (outcome.kind) {
      case 'stored':
        finish(item);
        if (outcome.rules !== undefined) listener.onRules(outcome.rules);
        return 0;
      case 'conflict':
        // After a first try that was not answered it is the echo of that one.
        if (item.sends > 1) finish(item);
        else if (!renumber(item)) drop(item, 'conflict');
        return 0;
      case 'refused':
        drop(item, 'refused');
        return 0;
      case 'too_large':
        split(item);
        return 0;
      case 'gone':
      case 'unauthorized':
        discard();
        listener.onRefused(outcome.kind);
        return 0;
      case 'later':
        // Nothing is wrong with the chunk or the server while there is no network.
        if (!parts.isOffline()) item.tries++;
        item.entrusted = false;
        keep(queue);
        if (item.tries >= MAX_TRIES) {
          drop(item, 'retries_exhausted');
          return 0;
        }
        return Math.max(outcome.afterMs ?? 0, backoffDelayMs(Math.max(1, item.tries)));
    }
  }

  async function attempt(item: Waiting): Promise<number> {
    const encoded = await parts.encode(item.body);
    // Meanwhile the page may have been left, or all been discarded.
    if (!queue.includes(item) || item.entrusted) return 0;
    const keepalive = parts.canKeepAlive && encoded.bytes.byteLength <= parts.keepaliveFree();
    item.entrusted = keepalive;
    item.sends++;
    const slow = setTimeout(() => keep(queue), SLOW_AFTER_MS);
    const outcome = await parts.send(item.chunk, encoded, { keepalive });
    clearTimeout(slow);
    // Discarded meanwhile: nobody waits for what became of it.
    return queue.includes(item) ? settle(item, outcome) : 0;
  }

  async function work(): Promise<void> {
    while (!current && timer === undefined) {
      current = queue.find((item) => !item.entrusted);
      if (!current) break;
      const delayMs = await attempt(current);
      current = undefined;
      if (delayMs > 0) timer ??= setTimeout(wake, delayMs);
    }
    tellIfDrained();
  }

  function tellIfDrained(): void {
    if (queue.length === 0) drainWaiters.splice(0).forEach((resolve) => resolve());
  }

  function wake(): void {
    clearTimeout(timer);
    timer = undefined;
    void work();
  }

  function discard(): void {
    clearTimeout(timer);
    timer = undefined;
    queue = [];
    tellIfDrained();
  }

  function entrust(item: Waiting): void {
    if (!parts.canKeepAlive) {
      if (parts.sendBeacon(item.chunk, item.body)) {
        item.entrusted = true;
        finish(item);
      }
      return;
    }
    const encoded = parts.encodeNow(item.body);
    if (encoded.bytes.byteLength > parts.keepaliveFree()) return;
    item.entrusted = true;
    item.sends++;
    void parts.send(item.chunk, encoded, { keepalive: true }).then((outcome) => {
      const delayMs = queue.includes(item) ? settle(item, outcome) : 0;
      // Only reached when the page lives on; then the queue goes its usual way again.
      if (delayMs > 0) timer ??= setTimeout(wake, delayMs);
      void work();
    });
  }

  return {
    enqueue(chunk) {
      queue.push(waiting(chunk));
      // The oldest goes first: the newest events lead to the failure that somebody will look for.
      while (queuedBytes() > QUEUE_MAX_BYTES && queue.length > 1) {
        const oldest = queue.find((item) => item !== current);
        if (!oldest) break;
        drop(oldest, 'queue_full');
      }
      void work();
    },
    drained: () =>
      queue.length === 0 ? Promise.resolve() : new Promise((resolve) => drainWaiters.push(resolve)),
    leavePage() {
      const open = queue.filter((item) => !item.entrusted);
      open.sort(
        (a, b) => b.chunk.markers.length - a.chunk.markers.length || a.chunk.seq - b.chunk.seq,
      );
      open.forEach(entrust);
      keep(queue.filter((item) => !item.entrusted));
    },
    enqueueKept(chunks) {
      const isNew = (chunk: Chunk) =>
        !queue.some((it) => it.chunk.sessionId === chunk.sessionId && it.chunk.seq === chunk.seq);
      queue.push(...chunks.filter(isNew).map((chunk) => waiting(chunk, true)));
      void work();
    },
    wake,
    discard,
  };
}
