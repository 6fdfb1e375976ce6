import { chunkBody, type Chunk } from '../domain/chunks/chunk';
import { OUTBOX_MAX_LENGTH } from '../domain/chunks/limits';
import { OUTBOX_DATABASE } from './outbox-database';

const STORE = 'chunks';
/** Younger ones of other windows are most likely still on their way there. */
const ORPHANED_AFTER_MS = 60_000;
/** A visit that is so long ago is told of without what never arrived. */
const EXPIRED_AFTER_MS = 24 * 60 * 60_000;

/** Chunks that are not at the server yet, on disk: they outlive a reload, a crash, and the tab. */
export interface Outbox {
  /**
   * False where nothing can be kept.
   *
   * @param lost nothing of it was kept after all: the disk is full, or was taken away
   */
  keep(chunks: readonly Chunk[], lost: () => void): boolean;
  /** It has arrived, or will never: it need not be kept any more. */
  drop(chunk: Chunk): void;
  /**
   * Hands out what this window or one that is gone has left, the oldest first; it stays kept until
   * it is dropped.
   *
   * @param atMost in characters of JSON; with more the rest is left for the next time
   */
  leftovers(windowId: string, atMost: number): Promise<Chunk[]>;
  /** Nothing of this session is kept any more. */
  forget(sessionId: string): void;
}

interface Kept {
  sessionId: string;
  seq: number;
  site: string;
  windowId: string;
  keptAtMs: number;
  length: number;
  chunk: Chunk;
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB refused'));
  });
}

/** Goes from row to row until there is none, or the visitor has seen enough. */
function visit<T extends IDBCursor>(
  request: IDBRequest<T | null>,
  wantsMore: (cursor: T) => boolean,
): Promise<void> {
  return new Promise((resolve, reject) => {
    request.onerror = () => reject(request.error ?? new Error('IndexedDB refused'));
    request.onsuccess = () => {
      const cursor = request.result;
      if (cursor && wantsMore(cursor)) cursor.continue();
      else resolve();
    };
  });
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(OUTBOX_DATABASE, 1);
  request.onupgradeneeded = () => {
    const store = request.result.createObjectStore(STORE, { keyPath: ['sessionId', 'seq'] });
    // Age and length stand in the index's key, so that room is made without reading any chunk.
    store.createIndex('byAge', ['keptAtMs', 'length']);
  };
  return settled(request);
}

/** Without IndexedDB, or where it is forbidden, nothing is kept and nothing fails. */
export function openOutbox(site: string, maxLength = OUTBOX_MAX_LENGTH): Outbox {
  let database: IDBDatabase | undefined;
  let isForbidden = false;
  let opening: Promise<unknown> | undefined = open();

  function open(): Promise<unknown> {
    return Promise.resolve()
      .then(openDatabase)
      .then((opened) => {
        database = opened;
        // The visitor took the consent back, perhaps in another tab; what is kept after that is
        // kept in a new one.
        opened.onversionchange = () => {
          opened.close();
          database = opening = undefined;
        };
        opened.onclose = () => (database = opening = undefined);
      })
      .catch(() => (isForbidden = true));
  }

  function change(
    action: (store: IDBObjectStore) => void,
    failed: () => void = () => undefined,
  ): void {
    const run = () => {
      const transaction = database?.transaction(STORE, 'readwrite');
      if (!transaction) {
        failed();
        return;
      }
      transaction.onabort = failed;
      action(transaction.objectStore(STORE));
      // Without it a page that goes would have to be there once more to end it.
      transaction.commit?.();
    };
    // At once when it is open: a page that goes does not come back to a promise.
    if (database) attempt(run, failed);
    else void opening?.then(() => attempt(run, failed));
  }

  function attempt(run: () => void, failed: () => void = () => undefined): void {
    try {
      run();
    } catch {
      // A database that was closed behind our back keeps nothing more.
      failed();
    }
  }

  /** The oldest go first, whoever left them. */
  function makeRoom(): void {
    const store = database?.transaction(STORE, 'readwrite').objectStore(STORE);
    if (!store) return;
    let length = 0;
    void visit(store.index('byAge').openKeyCursor(null, 'prev'), (cursor) => {
      length += (cursor.key as [number, number])[1];
      if (length > maxLength) store.delete(cursor.primaryKey);
      return true;
    }).catch(() => undefined);
  }

  return {
    keep(chunks, lost) {
      opening ??= open();
      change((store) => {
        for (const chunk of chunks) {
          const { sessionId, seq, windowId } = chunk;
          const { length } = chunkBody(chunk);
          const kept: Kept = {
            sessionId,
            seq,
            site,
            windowId,
            keptAtMs: Date.now(),
            length,
            chunk,
          };
          store.put(kept);
        }
      }, lost);
      if (database) attempt(makeRoom);
      else void opening.then(() => attempt(makeRoom));
      return !isForbidden;
    },
    drop: ({ sessionId, seq }) => change((store) => store.delete([sessionId, seq])),
    async leftovers(windowId, atMost) {
      await opening;
      const found: Chunk[] = [];
      if (!database) return found;
      const now = Date.now();
      let length = 0;
      try {
        const store = database.transaction(STORE, 'readwrite').objectStore(STORE);
        await visit(store.index('byAge').openCursor(), (cursor) => {
          const kept = cursor.value as Kept;
          const ageMs = now - kept.keptAtMs;
          if (ageMs > EXPIRED_AFTER_MS) store.delete(cursor.primaryKey);
          else if (
            kept.site === site &&
            (kept.windowId === windowId || ageMs > ORPHANED_AFTER_MS)
          ) {
            found.push(kept.chunk);
            length += kept.length;
          }
          return length < atMost;
        });
      } catch {
        // What was found until then is sent all the same.
      }
      return found;
    },
    forget(sessionId) {
      change((store) =>
        store.delete(IDBKeyRange.bound([sessionId, 0], [sessionId, Number.MAX_SAFE_INTEGER])),
      );
    },
  };
}
