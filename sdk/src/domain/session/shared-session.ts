import type { SafeStorage } from '../../browser/storage';
import { mintId } from '../../tools/ids';

/** After half an hour without a sign of life in any tab a visit is another visit. */
export const SESSION_IDLE_MS = 30 * 60_000;
/** Longest session that the server keeps as one. */
export const SESSION_MAX_MS = 2 * 60 * 60_000;

/** One visit as all tabs of a browser know it; it lies in `localStorage`. */
export interface SharedSession {
  id: string;
  mintedAtMs: number;
  /** Epoch milliseconds of the first event; 0 until there is one. */
  startedAtMs: number;
  lastActivityMs: number;
  /** Drawn once per session, so that a session is recorded whole or not at all; 0 to 1. */
  lot: number;
  /** The number space that the next window gets. */
  nextSlot: number;
  userId?: string;
  org?: string;
  tags: string[];
  /** Trigger conditions that were met, as JSON. */
  met: string[];
  /** Policy `buffer`: until then it is sent; 0 before the first marker. */
  openUntilMs: number;
  /** Some of it was sent: the least duration was reached. */
  admitted: boolean;
}

/** What is left in the storage when the visitor took the consent back. */
interface Withdrawn {
  withdrawn: true;
}

export function mintSession(nowMs: number, before?: SharedSession): SharedSession {
  return {
    id: mintId('ses_'),
    mintedAtMs: nowMs,
    startedAtMs: 0,
    lastActivityMs: nowMs,
    lot: Math.random(),
    nextSlot: 0,
    // Who the visitor is stays known from one visit to the next.
    ...(before?.userId && { userId: before.userId }),
    ...(before?.org && { org: before.org }),
    tags: [],
    met: [],
    openUntilMs: 0,
    admitted: false,
  };
}

export function isSessionOver(session: SharedSession, nowMs: number): boolean {
  return (
    nowMs - session.lastActivityMs > SESSION_IDLE_MS || nowMs - session.mintedAtMs > SESSION_MAX_MS
  );
}

/** Where the record lies. Two tabs may write at once; whoever writes reads first. */
export interface SharedRecord {
  read(): SharedSession | 'withdrawn' | undefined;
  write(session: SharedSession): void;
  /** Tells all tabs that this visit is not to be recorded any more. */
  withdraw(): void;
  /** The name under which other tabs hear of a change. */
  readonly key: string;
}

export function openSharedRecord(storage: SafeStorage, site: string): SharedRecord {
  const key = `retrospec.session.${site}`;
  return {
    key,
    read() {
      try {
        const text = storage.get(key);
        const stored = JSON.parse(text ?? 'null') as (SharedSession & Partial<Withdrawn>) | null;
        if (stored?.withdrawn) return 'withdrawn';
        return typeof stored?.id === 'string' && Number.isInteger(stored.nextSlot)
          ? stored
          : undefined;
      } catch {
        return undefined;
      }
    },
    write: (session) => void storage.set(key, JSON.stringify(session)),
    withdraw: () => void storage.set(key, JSON.stringify({ withdrawn: true } satisfies Withdrawn)),
  };
}
