import { chunkBody, type Chunk, type DropReason } from '../domain/chunks/chunk';
import { CHUNK_HARD_BYTES, QUEUE_MAX_BYTES } from '../domain/chunks/limits';
import { backoffDelayMs, MAX_TRIES } from './backoff';
import { isSameSlot } from '../domain/session/session';
import type { SendOutcome } from './sender';
import type { UploaderListener, UploaderParts } from './uploader-parts';
import { lengthOf, nameOf, waiting, type Waiting } from './waiting';

export interface Uploader {
  enqueue(chunk: Chunk): void;
  /** Sends what is written down, too. */
  sendKept(): Promise<void>;
  /** Resolves when nothing waits any more, stored or given up. */
  drained(): Promise<void>;
  /** The page may be gone in a moment: everything that waits starts on its way now. */
  leavePage(): void;
  /** Try again at once, for instance when the browser is online again. */
  wake(): void;
  /** What was recorded under older rules than these goes, here and on disk. */
  outdate(rulesVersion: number): void;
  /** Forgets all that waits; what is under way is not called back. */
  discard(): void;
}

/** An answer that takes longer may come too late for this page: then all that waits is kept. */
const SLOW_AFTER_MS = 1_000;

/** One chunk after the other, each until it is stored, refused, or tried often enough. */
export function createUploader(parts: UploaderParts, listener: UploaderListener): Uploader {
  let queue: Waiting[] = [];
  let current: Waiting | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The last answer takes long, or was none that helped: the next ones may not arrive either. */
  let isShaky = false;
  /** More is written down than waits here. */
  let hasMore = false;
  let discards = 0;
  /** What was recorded under an older one must not leave any more. */
  let oldestRules = 0;
  const broughtBack = new Set<string>();
  const drainWaiters: (() => void)[] = [];

  function finish(item: Waiting): void {
    queue = queue.filter((other) => other !== item);
    if (item.kept) parts.unkeep(item.chunk);
  }

  function keep(items: Waiting[]): void {
    const open = items.filter((item) => !item.kept);
    if (open.length === 0) return;
    const lost = () => {
      for (const item of open) {
        if (item.isAway) listener.onDropped('queue_full', item.chunk, item.chunk.events.length);
        item.kept = item.isAway = false;
      }
    };
    // Before it is asked, because it may be lost within the call.
    for (const item of open) item.kept = true;
    const chunks = open.map((item) => item.chunk);
    if (!parts.keep(chunks, lost)) lost();
  }

  function drop(item: Waiting, reason: DropReason): void {
    finish(item);
    listener.onDropped(reason, item.chunk, item.chunk.events.length);
  }

  /** Drops what rules of the past let through; answers the rest. */
  function upToDate(items: Waiting[]): Waiting[] {
    return items.filter((item) => {
      const isOld = (item.chunk.rulesVersion ?? 0) < oldestRules;
      if (isOld) drop(item, 'other_rules');
      return !isOld;
    });
  }

  /**
   * What is beyond the room in memory waits on disk alone, and without a disk it is given up. The
   * oldest goes first: the newest events lead to the failure that somebody will look for.
   */
  function makeRoom(): void {
    const idle = queue.filter((item) => item !== current && !item.entrusted);
    let over = lengthOf(idle) - QUEUE_MAX_BYTES;
    for (const item of idle.slice(0, -1)) {
      if (over <= 0) return;
      over -= item.length;
      keep([item]);
      if (item.kept) {
        queue = queue.filter((other) => other !== item);
        broughtBack.delete(nameOf(item.chunk));
        item.isAway = hasMore = true;
      } else drop(item, 'queue_full');
    }
  }

  function cut(item: Waiting): void {
    const { chunks, lost } = parts.cut(item.chunk);
    queue.splice(queue.indexOf(item), 1, ...chunks.map((chunk) => waiting(chunk)));
    if (item.kept) parts.unkeep(item.chunk);
    if (lost !== undefined) listener.onDropped('oversize', item.chunk, lost);
  }

  /** Two tabs have taken the same numbers at once; what was not under way yet moves along. */
  function renumber(item: Waiting): boolean {
    if (item.moved || !parts.leaveSlot(item.chunk)) return false;
    const behind = queue.filter((other) => !other.wasSent && isSameSlot(other.chunk, item.chunk));
    for (const moving of [item, ...behind]) {
      const seq = parts.nextSeq(moving.chunk) ?? moving.chunk.seq;
      // Under its old number it would be told again by the next page.
      if (moving.kept) parts.unkeep(moving.chunk);
      moving.kept = false;
      Object.assign(moving, { chunk: { ...moving.chunk, seq }, moved: true });
      moving.wasSent = moving.entrusted = false;
    }
    return true;
  }

  /** Milliseconds until the next attempt; 0 = go on. */
  function settle(item: Waiting, outcome: SendOutcome): number {
    switch (outcome.kind) {
      case 'stored':
        finish(item);
        if (outcome.rules !== undefined) listener.onRules(outcome.rules);
        return 0;
      case 'conflict':
        // The server takes the same bytes twice, so these are others.
        if (!renumber(item)) drop(item, 'conflict');
        return 0;
      case 'refused':
        drop(item, 'refused');
        return 0;
      case 'too_large':
        cut(item);
        return 0;
      case 'gone':
      case 'unauthorized':
        // Erased, or long over; that says nothing about the session of this page.
        if (outcome.kind === 'gone' && !parts.isCurrent(item.chunk)) {
          queue = queue.filter((other) => other.chunk.sessionId !== item.chunk.sessionId);
          parts.forget(item.chunk);
          return 0;
        }
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
    const encoded = await parts.encode(chunkBody(item.chunk));
    // Meanwhile the page may have been left, or all been discarded.
    if (!queue.includes(item) || item.entrusted) return 0;
    if (encoded.bytes.byteLength > CHUNK_HARD_BYTES) {
      cut(item);
      return 0;
    }
    const keepalive = parts.canKeepAlive && encoded.bytes.byteLength <= parts.keepaliveFree();
    item.entrusted = keepalive;
    item.wasSent = true;
    const slow = setTimeout(() => {
      isShaky = true;
      keep(queue);
    }, SLOW_AFTER_MS);
    const outcome = await parts.send(item.chunk, encoded, { keepalive });
    clearTimeout(slow);
    isShaky = outcome.kind === 'later';
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
    if (hasMore && queue.length === 0) void sendKept();
    tellIfDrained();
  }

  async function sendKept(): Promise<void> {
    hasMore = false;
    const before = discards;
    const chunks = await parts.kept();
    // Taken back while the disk was read: then it is gone from there, too.
    if (before !== discards) return;
    const here = new Set(queue.map((item) => nameOf(item.chunk)));
    for (const item of upToDate(chunks.map((chunk) => waiting(chunk, true)))) {
      const name = nameOf(item.chunk);
      // What does not go from the disk although it was sent must not go round and round.
      if (here.has(name) || broughtBack.has(name)) continue;
      broughtBack.add(name);
      queue.push(item);
      // There may be more than there was room for.
      hasMore = true;
    }
    void work();
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
    hasMore = false;
    discards++;
    tellIfDrained();
  }

  function entrust(item: Waiting): void {
    const body = chunkBody(item.chunk);
    if (!parts.canKeepAlive) {
      if (parts.sendBeacon(item.chunk, body)) {
        item.entrusted = true;
        finish(item);
      }
      return;
    }
    const encoded = parts.encodeNow(body);
    if (encoded.bytes.byteLength > parts.keepaliveFree()) return;
    item.entrusted = item.wasSent = true;
    void parts.send(item.chunk, encoded, { keepalive: true }).then((outcome) => {
      const delayMs = queue.includes(item) ? settle(item, outcome) : 0;
      // Only reached when the page lives on; then the queue goes its usual way again.
      if (delayMs > 0) timer ??= setTimeout(wake, delayMs);
      void work();
    });
  }

  return {
    enqueue(chunk) {
      const item = waiting(chunk);
      queue.push(item);
      // It may not be sent in a moment, and the page may end at any.
      if (isShaky || parts.isOffline()) keep([item]);
      makeRoom();
      void work();
    },
    sendKept,
    drained: () =>
      queue.length === 0 ? Promise.resolve() : new Promise((resolve) => drainWaiters.push(resolve)),
    leavePage() {
      const open = queue.filter((item) => !item.entrusted);
      open.sort(
        (a, b) => b.chunk.markers.length - a.chunk.markers.length || a.chunk.seq - b.chunk.seq,
      );
      // Whether these requests arrive nobody learns. Writing all of them down would mean that the
      // next page sends all of them again; so only when there is a doubt.
      if (isShaky || parts.isOffline()) keep(open);
      open.forEach(entrust);
      keep(queue.filter((item) => !item.entrusted));
    },
    wake,
    outdate(rulesVersion) {
      oldestRules = rulesVersion;
      upToDate(queue);
      // Among what lies on disk there may be more of them.
      hasMore = true;
      void work();
    },
    discard,
  };
}
