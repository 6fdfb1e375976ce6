import type { SafeStorage } from '../browser/storage';
import { browserDeclines, rememberConsent, spokenConsent } from '../domain/session/visitor';
import type { Settings } from './options';
import type { RulesInForce } from './rules-in-force';

/** Whether the visitor agrees: what was said on this site counts before the browser's signals. */
export interface Consent {
  /** Nobody need be asked any more: the visitor or the page's own options say no. */
  isDenied(): boolean;
  /** The browser's signal says no, and the project respects it. */
  isDeclined(): boolean;
  remember(optedOut: boolean): void;
}

export function createConsent(
  storage: SafeStorage,
  settings: Settings,
  rules: RulesInForce,
): Consent {
  const signals = (respected: Parameters<typeof browserDeclines>[1]) =>
    spokenConsent(storage) !== 'in' && browserDeclines(navigator, respected);
  return {
    isDenied: () => spokenConsent(storage) === 'out' || signals(settings),
    isDeclined: () => signals(rules.current),
    remember: (optedOut) => rememberConsent(storage, optedOut),
  };
}
