import type { SafeStorage } from '../../browser/storage';
import { mintId } from '../../tools/ids';

const STORAGE_KEY = 'retrospec.session';
/** Held while a document owns the tab's session; a copy of the tab finds it taken. */
const OWNER_KEY = 'retrospec.owner';

/** After half an hour without a sign of life a visit is another visit. */
export const SESSION_IDLE_MS = 30 * 60_000;
/** Longest session that the server keeps as one. */
export const SESSION_MAX_MS = 2 * 60 * 60_000;

/** What survives from page to page within one tab. */
export interface SessionState {
  id: string;
  windowId: string;
  /** Epoch milliseconds of the first event; 0 until there is one. */
  startedAtMs: number;
  nextSeq: number;
  lastActivityMs: number;
  /** Drawn once per session, so that a session is recorded whole or not at all; 0 to 1. */
  lot: number;
  userId?: string;
  org?: string;
  tags: string[];
}

export interface Session {
  readonly state: Readonly<SessionState>;
  /** From here on the tab's storage holds the session; before it nothing is written. */
  claim(): void;
  takeSeq(): number;
  /** The first event's time fixes when the session began; later calls change nothing. */
  began(atMs: number): number;
  touch(nowMs: number): void;
  isOver(nowMs: number): boolean;
  /** A new session in the same tab; who the visitor is stays known. */
  rotate(nowMs: number): void;
  identify(userId: string | undefined, org: string | undefined): void;
  tag(tag: string): void;
  save(): void;
  /** For the back/forward cache: the next document of this tab may take the session over. */
  leave(): void;
  comeBack(): void;
}

function mint(nowMs: number, windowId = mintId('win_')): SessionState {
  return {
    id: mintId('ses_'),
    windowId,
    startedAtMs: 0,
    nextSeq: 0,
    lastActivityMs: nowMs,
    lot: Math.random(),
    tags: [],
  };
}

function isOver(state: SessionState, nowMs: number): boolean {
  return (
    nowMs - state.lastActivityMs > SESSION_IDLE_MS ||
    (state.startedAtMs > 0 && nowMs - state.startedAtMs > SESSION_MAX_MS)
  );
}

function read(storage: SafeStorage, key: string): SessionState | undefined {
  try {
    const state = JSON.parse(storage.get(key) ?? 'null') as SessionState | null;
    return state?.id && Number.isInteger(state.nextSeq) ? state : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes up the tab's session or begins one. Sessions are kept per site, so that two projects on
 * one page never share an id.
 */
export function openSession(storage: SafeStorage, site: string, nowMs: number): Session {
  const key = `${STORAGE_KEY}.${site}`;
  const ownerKey = `${OWNER_KEY}.${site}`;
  const stored = read(storage, key);
  // A duplicated tab copies the storage of one that is still alive; two tabs must not count on
  // the same numbers.
  const isDuplicate = storage.get(ownerKey) !== null;
  let state = stored && !isDuplicate && !isOver(stored, nowMs) ? stored : mint(nowMs);
  let claimed = false;

  function save(): void {
    if (claimed) storage.set(key, JSON.stringify(state));
  }

  return {
    get state() {
      return state;
    },
    claim() {
      claimed = true;
      storage.set(ownerKey, '1');
      save();
    },
    takeSeq() {
      const seq = state.nextSeq++;
      save();
      return seq;
    },
    began(atMs) {
      if (state.startedAtMs === 0) {
        state.startedAtMs = atMs;
        save();
      }
      return state.startedAtMs;
    },
    touch(nowMs) {
      state.lastActivityMs = nowMs;
    },
    isOver: (nowMs) => isOver(state, nowMs),
    rotate(nowMs) {
      const { userId, org, windowId } = state;
      state = { ...mint(nowMs, windowId), ...(userId && { userId }), ...(org && { org }) };
      save();
    },
    identify(userId, org) {
      if (userId !== undefined) state.userId = userId;
      if (org !== undefined) state.org = org;
      save();
    },
    tag(tag) {
      if (!state.tags.includes(tag)) state.tags.push(tag);
      save();
    },
    save,
    leave() {
      save();
      if (claimed) storage.remove(ownerKey);
    },
    comeBack() {
      if (claimed) storage.set(ownerKey, '1');
    },
  };
}
