import type { SafeStorage } from '../../browser/storage';
import { mintId } from '../../tools/ids';
import { isSessionOver, mintSession, openSharedRecord, type SharedSession } from './shared-session';

export { SESSION_IDLE_MS, SESSION_MAX_MS } from './shared-session';

/** Every window numbers its chunks in a space of its own: `slot * SLOT_SIZE + n`. */
export const SLOT_SIZE = 65_536;
/** Whether two chunks were numbered by the same window. */
export function isSameSlot(
  a: { sessionId: string; seq: number },
  b: { sessionId: string; seq: number },
): boolean {
  return a.sessionId === b.sessionId && slotOf(a.seq) === slotOf(b.seq);
}

function slotOf(seq: number): number {
  return Math.floor(seq / SLOT_SIZE);
}

/** Windows that one session may have; as many as the server has numbers for. */
export const MAX_SLOTS = 1_023;
/** A sign of life is written at most this often: storage is slow, and other tabs hear each write. */
const TOUCH_EVERY_MS = 5_000;

/** What survives from page to page within one tab. */
interface OwnWindow {
  windowId: string;
  /** The session in which the slot was taken. */
  sessionId: string;
  slot: number;
  /** The next number within the slot. */
  next: number;
  /** Events of its pages that waited for a reason to be sent when those were left. */
  unsent?: number;
}

export interface Session {
  /** The session, as far as this tab has heard of it. */
  readonly state: Readonly<SharedSession>;
  readonly windowId: string;
  /** Where the session lies in `localStorage`; a `storage` event with it is a reason to `sync()`. */
  readonly key: string;
  /** From here on the storage holds session and window; before it nothing is written. */
  claim(nowMs: number): void;
  takeSeq(): number;
  /** Another tab has the slot of this number as well: take a new one, unless that was done. */
  leaveSlotOf(seq: number): void;
  /** The first event's time fixes when the session began; later calls change nothing. */
  began(atMs: number): number;
  touch(nowMs: number): void;
  isOver(nowMs: number): boolean;
  /** Begins another session, or joins the one that another tab has begun meanwhile. */
  rotate(nowMs: number): void;
  /** Reads what other tabs wrote. `replaced`: they are in another session; join by `rotate()`. */
  sync(): 'same' | 'replaced' | 'withdrawn';
  /** Ends the session in all tabs; the next start begins another one. */
  withdraw(): void;
  /** Changes what all tabs share. */
  update(change: Partial<SharedSession>): void;
  identify(userId: string | undefined, org: string | undefined): void;
  tag(tag: string): void;
  /** More events that were not sent when their page was left; negative when it has come back. */
  addUnsent(events: number): void;
  /** How many there were, once. */
  takeUnsent(): number;
  /** For the back/forward cache: the next document of this tab may take the window over. */
  leave(): void;
  comeBack(): void;
}

/**
 * Takes up the browser's session or begins one; several tabs are one session, each with a window
 * and a slot of its own. Sessions are kept per site, so that two projects on one page never share.
 *
 * @param browser shared by all tabs
 * @param tab this tab's own; a duplicated tab begins with a copy of it
 */
export function openSession(
  browser: SafeStorage,
  tab: SafeStorage,
  site: string,
  nowMs: number,
): Session {
  const record = openSharedRecord(browser, site);
  const windowKey = `retrospec.window.${site}`;
  /** Held while a document owns the tab's window; a copy of the tab finds it taken. */
  const ownerKey = `retrospec.owner.${site}`;
  let claimed = false;
  /** Said before the claim; it holds in whichever session is found then. */
  const told: ((session: SharedSession) => void)[] = [];
  let shared = current() ?? mintSession(nowMs);
  let own = (tab.get(ownerKey) === null && readWindow()) || {
    windowId: mintId('win_'),
    sessionId: '',
    slot: 0,
    next: 0,
  };

  function current(): SharedSession | undefined {
    const stored = record.read();
    return typeof stored === 'object' && !isSessionOver(stored, nowMs) ? stored : undefined;
  }

  function readWindow(): OwnWindow | undefined {
    try {
      const stored = JSON.parse(tab.get(windowKey) ?? 'null') as OwnWindow | null;
      return stored?.windowId && Number.isInteger(stored.next) ? stored : undefined;
    } catch {
      return undefined;
    }
  }

  function update(change: Partial<SharedSession> | ((session: SharedSession) => void)): void {
    const stored = claimed ? record.read() : undefined;
    // Another tab may have written since; what it wrote must not be lost.
    if (typeof stored === 'object' && stored.id === shared.id) shared = stored;
    if (typeof change === 'function') change(shared);
    else Object.assign(shared, change);
    const isOurs = stored === undefined || (stored !== 'withdrawn' && stored.id === shared.id);
    if (claimed && isOurs) record.write(shared);
  }

  function say(change: (session: SharedSession) => void): void {
    if (!claimed) told.push(change);
    update(change);
  }

  function saveWindow(): void {
    if (claimed) tab.set(windowKey, JSON.stringify(own));
  }

  function sitDown(slot: number): void {
    own = { windowId: own.windowId, sessionId: shared.id, slot, next: 0 };
    saveWindow();
  }

  function takeSlot(): void {
    let slot = 0;
    // Without another one, a number that is taken is a loss that is counted.
    if (shared.nextSlot >= MAX_SLOTS) return;
    update((session) => (slot = session.nextSlot++));
    sitDown(slot);
  }

  /** In one write: between two of them another tab would take the first slot as well. */
  function begin(session: SharedSession): void {
    shared = { ...session, nextSlot: 1 };
    if (claimed) record.write(shared);
    sitDown(0);
  }

  /** A slot in the session that is shared now, which may be another one than before. */
  function join(nowMs: number): void {
    if (own.sessionId === shared.id) return;
    if (shared.nextSlot >= MAX_SLOTS) begin(mintSession(nowMs, shared));
    else takeSlot();
  }

  return {
    get state() {
      return shared;
    },
    get windowId() {
      return own.windowId;
    },
    key: record.key,
    claim(nowMs) {
      claimed = true;
      // Once: the next claim finds what was said since, and that counts more.
      const said = told.splice(0);
      tab.set(ownerKey, '1');
      const stored = record.read();
      if (typeof stored !== 'object' || isSessionOver(stored, nowMs)) {
        begin(isSessionOver(shared, nowMs) ? mintSession(nowMs, shared) : shared);
        return;
      }
      shared = stored;
      join(nowMs);
      said.forEach(update);
    },
    takeSeq() {
      // A window that counts beyond its slot would take its neighbour's numbers.
      if (own.next >= SLOT_SIZE) takeSlot();
      const seq = own.slot * SLOT_SIZE + own.next++;
      saveWindow();
      return seq;
    },
    leaveSlotOf(seq) {
      if (slotOf(seq) === own.slot) takeSlot();
    },
    began(atMs) {
      if (shared.startedAtMs === 0) {
        update((session) => (session.startedAtMs ||= atMs));
      }
      return shared.startedAtMs;
    },
    touch(nowMs) {
      if (nowMs - shared.lastActivityMs < TOUCH_EVERY_MS) return;
      update((session) => (session.lastActivityMs = Math.max(nowMs, session.lastActivityMs)));
    },
    isOver: (nowMs) => isSessionOver(shared, nowMs),
    rotate(nowMs) {
      const stored = claimed ? record.read() : undefined;
      const isNewer = typeof stored === 'object' && stored.id !== shared.id;
      if (isNewer && !isSessionOver(stored, nowMs)) {
        shared = stored;
        join(nowMs);
      } else {
        begin(mintSession(nowMs, shared));
      }
    },
    sync() {
      const stored = claimed ? record.read() : undefined;
      if (stored === 'withdrawn') {
        shared = mintSession(shared.lastActivityMs, shared);
        return stored;
      }
      if (stored === undefined) return 'same';
      if (stored.id !== shared.id) return 'replaced';
      shared = stored;
      return 'same';
    },
    withdraw() {
      // Where nothing is stored there is no session to end, and nothing need be written.
      if (claimed || record.read()) record.withdraw();
      shared = mintSession(shared.lastActivityMs, shared);
    },
    update,
    identify(userId, org) {
      say((session) => {
        if (userId !== undefined) session.userId = userId;
        if (org !== undefined) session.org = org;
      });
    },
    tag(tag) {
      say((session) => {
        if (!session.tags.includes(tag)) session.tags.push(tag);
      });
    },
    addUnsent(events) {
      if (events === 0) return;
      own.unsent = (own.unsent ?? 0) + events;
      saveWindow();
    },
    takeUnsent() {
      const { unsent = 0 } = own;
      this.addUnsent(-unsent);
      return unsent;
    },
    leave() {
      if (claimed) tab.remove(ownerKey);
    },
    comeBack() {
      if (claimed) tab.set(ownerKey, '1');
    },
  };
}
