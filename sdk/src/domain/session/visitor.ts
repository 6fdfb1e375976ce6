import type { SafeStorage } from '../../browser/storage';
import { mintId } from '../../tools/ids';

const ANONYMOUS_KEY = 'retrospec.anonymous';
/** Where it lies what the visitor said; one for all sites of an origin. */
export const OPT_OUT_KEY = 'retrospec.optout';

/** The browser's own pseudonym, so that "affects N users" counts people and not visits. */
export function anonymousId(storage: SafeStorage): string {
  const known = storage.get(ANONYMOUS_KEY);
  if (known && /^anon_[a-z0-9]{10,40}$/.test(known)) return known;
  const id = mintId('anon_');
  storage.set(ANONYMOUS_KEY, id);
  return id;
}

/** What the visitor said on this site, if anything. */
export function spokenConsent(storage: SafeStorage): 'in' | 'out' | undefined {
  const word = storage.get(OPT_OUT_KEY);
  return word === '1' ? 'out' : word === '0' ? 'in' : undefined;
}

/** Opting out also forgets the pseudonym. */
export function rememberConsent(storage: SafeStorage, optedOut: boolean): void {
  storage.set(OPT_OUT_KEY, optedOut ? '1' : '0');
  if (optedOut) storage.remove(ANONYMOUS_KEY);
}

/** What a browser says for its visitor, as far as somebody respects it. */
export interface RespectedSignals {
  respectDoNotTrack: boolean;
  respectGlobalPrivacyControl: boolean;
}

export function browserDeclines(navigator: Navigator, respected: RespectedSignals): boolean {
  const { globalPrivacyControl } = navigator as Navigator & { globalPrivacyControl?: boolean };
  return (
    (respected.respectDoNotTrack && navigator.doNotTrack === '1') ||
    (respected.respectGlobalPrivacyControl && globalPrivacyControl === true)
  );
}
