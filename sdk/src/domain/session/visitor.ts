import type { SafeStorage } from '../../browser/storage';
import { mintId } from '../../tools/ids';

const ANONYMOUS_KEY = 'retrospec.anonymous';
const OPT_OUT_KEY = 'retrospec.optout';

/** The browser's own pseudonym, so that "affects N users" counts people and not visits. */
export function anonymousId(storage: SafeStorage): string {
  const known = storage.get(ANONYMOUS_KEY);
  if (known && /^anon_[a-z0-9]{10,40}$/.test(known)) return known;
  const id = mintId('anon_');
  storage.set(ANONYMOUS_KEY, id);
  return id;
}

export function hasOptedOut(storage: SafeStorage): boolean {
  return storage.get(OPT_OUT_KEY) === '1';
}

/** Opting out also forgets the pseudonym. */
export function rememberOptOut(storage: SafeStorage, optedOut: boolean): void {
  if (optedOut) {
    storage.set(OPT_OUT_KEY, '1');
    storage.remove(ANONYMOUS_KEY);
  } else {
    storage.remove(OPT_OUT_KEY);
  }
}
