import { beforeEach, expect, test } from 'vitest';
import { createMemoryStorage, type SafeStorage } from '../../src/browser/storage';
import { watchClock } from '../../src/domain/session/clock';
import {
  MAX_SLOTS,
  openSession,
  SESSION_IDLE_MS,
  SESSION_MAX_MS,
  SLOT_SIZE,
  type Session,
} from '../../src/domain/session/session';

const NOW = 1_800_000_000_000;
const KEY = 'retrospec.session.shop';

let browser: SafeStorage;
beforeEach(() => {
  browser = createMemoryStorage();
});

/** A tab whose page records. */
function aTab(nowMs = NOW, tab = createMemoryStorage()): Session {
  const session = openSession(browser, tab, 'shop', nowMs);
  session.claim(nowMs);
  return session;
}

test('nothing is stored before the session is claimed', () => {
  const written: string[] = [];
  const watched = {
    ...createMemoryStorage(),
    set: (key: string) => written.push(key) > 0,
  };
  const session = openSession(watched, watched, 'shop', NOW);
  session.identify('u-1', 'acme');
  session.leave();
  session.comeBack();
  expect(written).toEqual([]);
  session.claim(NOW);
  expect(written).toContain(KEY);
});

test('what is said before the claim holds in the session that is found', () => {
  aTab();
  const next = openSession(browser, createMemoryStorage(), 'shop', NOW + 1_000);
  next.identify('u-42', 'acme');
  next.tag('after sign-in');
  next.claim(NOW + 1_000);
  expect(next.state).toMatchObject({ userId: 'u-42', org: 'acme', tags: ['after sign-in'] });
});

test('what was said before the first claim does not come back with the second one', () => {
  const session = openSession(browser, createMemoryStorage(), 'shop', NOW);
  session.identify('guest', undefined);
  session.claim(NOW);
  session.identify('u-42', undefined);
  session.claim(NOW + 1_000);
  expect(session.state.userId).toBe('u-42');
});

test('the next page of a tab goes on in the same window with the next number', () => {
  const tab = createMemoryStorage();
  const first = aTab(NOW, tab);
  first.began(NOW + 5);
  expect([first.takeSeq(), first.takeSeq()]).toEqual([0, 1]);
  first.leave();
  const second = aTab(NOW + 1_000, tab);
  expect(second.state.id).toBe(first.state.id);
  expect(second.windowId).toBe(first.windowId);
  expect(second.began(NOW + 2_000)).toBe(NOW + 5);
  expect(second.takeSeq()).toBe(2);
});

test('several tabs are one session; each has a window and numbers of its own', () => {
  const [first, second, third] = [aTab(), aTab(), aTab()];
  expect(new Set([first, second, third].map((tab) => tab.state.id)).size).toBe(1);
  expect(new Set([first, second, third].map((tab) => tab.windowId)).size).toBe(3);
  expect(first.takeSeq()).toBe(0);
  expect(second.takeSeq()).toBe(SLOT_SIZE);
  expect([third.takeSeq(), third.takeSeq()]).toEqual([2 * SLOT_SIZE, 2 * SLOT_SIZE + 1]);
});

test('a duplicated tab begins with a copy of the storage and still has a window of its own', () => {
  const tab = createMemoryStorage();
  const original = aTab(NOW, tab);
  original.takeSeq();
  const copy = aTab(NOW + 1_000, tab);
  expect(copy.state.id).toBe(original.state.id);
  expect(copy.windowId).not.toBe(original.windowId);
  expect(copy.takeSeq()).toBe(SLOT_SIZE);
});

test('two tabs that took one slot at once part when a number is taken', () => {
  const [first, second] = [aTab(), aTab()];
  const taken = second.takeSeq();
  second.leaveSlotOf(taken);
  expect(second.takeSeq()).toBe(2 * SLOT_SIZE);
  second.leaveSlotOf(taken);
  expect(second.takeSeq()).toBe(2 * SLOT_SIZE + 1);
  expect(first.takeSeq()).toBe(0);
});

test('a session without numbers left is followed by another one', () => {
  const first = aTab();
  first.update({ nextSlot: MAX_SLOTS });
  const next = aTab();
  expect(next.state.id).not.toBe(first.state.id);
  expect(first.sync()).toBe('replaced');
});

test('half an hour of silence in all tabs ends a session', () => {
  const first = aTab();
  expect(first.isOver(NOW + SESSION_IDLE_MS)).toBe(false);
  expect(aTab(NOW + SESSION_IDLE_MS).state.id).toBe(first.state.id);
  expect(aTab(NOW + SESSION_IDLE_MS + 1).state.id).not.toBe(first.state.id);
});

test('a sign of life in one tab keeps the session of all', () => {
  const [first, second] = [aTab(), aTab()];
  first.touch(NOW + SESSION_IDLE_MS);
  second.sync();
  expect(second.isOver(NOW + SESSION_IDLE_MS + 1)).toBe(false);
});

test('two hours end a session although the visitor is still there; who it is stays known', () => {
  const session = aTab();
  session.began(NOW);
  session.identify('u-1', 'acme');
  const late = NOW + SESSION_MAX_MS + 1;
  session.touch(late);
  expect(session.isOver(late)).toBe(true);
  const { id } = session.state;
  const { windowId } = session;
  session.rotate(late);
  expect(session.state).toMatchObject({ userId: 'u-1', org: 'acme', startedAtMs: 0 });
  expect(session.windowId).toBe(windowId);
  expect(session.state.id).not.toBe(id);
  expect(session.takeSeq()).toBe(0);
});

test('a rotation is seen by all tabs, and they join it instead of beginning yet another', () => {
  const [first, second] = [aTab(), aTab()];
  first.rotate(NOW + SESSION_MAX_MS);
  expect(second.sync()).toBe('replaced');
  second.rotate(NOW + SESSION_MAX_MS);
  expect(second.state.id).toBe(first.state.id);
  expect([first.takeSeq(), second.takeSeq()]).toEqual([0, SLOT_SIZE]);
});

test('what one tab tells is not lost when another one writes', () => {
  const [first, second] = [aTab(), aTab()];
  first.identify('u-1', undefined);
  second.tag('beta');
  first.tag('gold');
  expect(first.state).toMatchObject({ userId: 'u-1', tags: ['beta', 'gold'] });
});

test('a consent taken back ends the session in all tabs; the next start is another one', () => {
  const [first, second] = [aTab(), aTab()];
  const { id } = first.state;
  first.withdraw();
  second.touch(NOW + 60_000);
  expect(second.sync()).toBe('withdrawn');
  expect(browser.get(KEY)).not.toContain(id);
  expect(aTab().state.id).not.toBe(id);
});

test('without a slot left nobody gets one that the server has no numbers for', () => {
  const session = aTab();
  session.update({ nextSlot: MAX_SLOTS });
  session.leaveSlotOf(session.takeSeq());
  expect(session.takeSeq()).toBeLessThan(MAX_SLOTS * SLOT_SIZE);
});

test('two sites on one page never share a session', () => {
  const tab = createMemoryStorage();
  const ids = ['shop', 'blog'].map((site) => openSession(browser, tab, site, NOW).state.id);
  expect(ids[0]).not.toBe(ids[1]);
});

test('garbage in the storage is a new session', () => {
  browser.set(KEY, '{"id":7');
  expect(aTab().state.id).toMatch(/^ses_[0-9a-z]{26}$/);
});

test('a clock that jumps is noticed once; small corrections never are', () => {
  let [wall, monotonic] = [NOW, 0];
  const jumped = watchClock(
    () => wall,
    () => monotonic,
  );
  for (let minute = 0; minute < 10; minute++) {
    wall += 60_500;
    monotonic += 60_000;
    expect(jumped()).toBe(false);
  }
  wall += 600_000;
  expect([jumped(), jumped()]).toEqual([true, false]);
});
