import { expect, test } from 'vitest';
import { createMemoryStorage, type SafeStorage } from '../../src/browser/storage';
import {
  openSession,
  SESSION_IDLE_MS,
  SESSION_MAX_MS,
  type Session,
} from '../../src/domain/session/session';

const NOW = 1_800_000_000_000;

/** As a page does that records. */
function claimed(storage: SafeStorage, nowMs: number): Session {
  const session = openSession(storage, 'shop', nowMs);
  session.claim();
  return session;
}

test('nothing is stored before the session is claimed', () => {
  const storage = createMemoryStorage();
  const written: string[] = [];
  const watched = { ...storage, set: (key: string) => written.push(key) > 0 };
  const session = openSession(watched, 'shop', NOW);
  session.identify('u-1', 'acme');
  session.leave();
  session.comeBack();
  expect(written).toEqual([]);
  session.claim();
  expect(written).toContain('retrospec.session.shop');
});

test('the next page of a tab goes on in the same session with the next number', () => {
  const storage = createMemoryStorage();
  const first = claimed(storage, NOW);
  first.began(NOW + 5);
  expect([first.takeSeq(), first.takeSeq()]).toEqual([0, 1]);
  first.leave();
  const second = openSession(storage, 'shop', NOW + 1_000);
  expect(second.state.id).toBe(first.state.id);
  expect(second.began(NOW + 2_000)).toBe(NOW + 5);
  expect(second.takeSeq()).toBe(2);
});

test('a duplicated tab copies the storage and still gets a session of its own', () => {
  const storage = createMemoryStorage();
  const original = claimed(storage, NOW);
  const copy = openSession(storage, 'shop', NOW + 1_000);
  expect(copy.state.id).not.toBe(original.state.id);
  expect(copy.state.windowId).not.toBe(original.state.windowId);
});

test('half an hour of silence ends a session', () => {
  const storage = createMemoryStorage();
  const first = claimed(storage, NOW);
  first.leave();
  expect(first.isOver(NOW + SESSION_IDLE_MS)).toBe(false);
  expect(openSession(storage, 'shop', NOW + SESSION_IDLE_MS + 1).state.id).not.toBe(first.state.id);
});

test('two hours end a session although the visitor is still there; who it is stays known', () => {
  const session = openSession(createMemoryStorage(), 'shop', NOW);
  session.began(NOW);
  session.identify('u-1', 'acme');
  session.touch(NOW + SESSION_MAX_MS + 1);
  expect(session.isOver(NOW + SESSION_MAX_MS + 1)).toBe(true);
  const { id, windowId } = session.state;
  session.rotate(NOW + SESSION_MAX_MS + 1);
  expect(session.state).toMatchObject({
    windowId,
    userId: 'u-1',
    org: 'acme',
    nextSeq: 0,
    startedAtMs: 0,
  });
  expect(session.state.id).not.toBe(id);
});

test('two sites on one page never share a session', () => {
  const storage = createMemoryStorage();
  expect(openSession(storage, 'shop', NOW).state.id).not.toBe(
    openSession(storage, 'blog', NOW).state.id,
  );
});

test('garbage in the storage is a new session', () => {
  const storage = createMemoryStorage();
  storage.set('retrospec.session.shop', '{"id":7');
  expect(openSession(storage, 'shop', NOW).state.id).toMatch(/^ses_[0-9a-z]{26}$/);
});
