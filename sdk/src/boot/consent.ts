import type { SafeStorage } from '../browser/storage';
import { browserDeclines, rememberConsent, spokenConsent } from '../domain/session/visitor';
import { judgeRecording, type RecordingVerdict } from '../domain/session/rules';
import type { Settings } from './options';
import type { RulesInForce } from './rules-in-force';

/** Whether the visitor agrees: what was said on this site counts before the browser's signals. */
export interface Consent {
  /** Nobody need be asked any more: the visitor or the page's own options say no. */
  isDenied(): boolean;
  /**
   * The same, and what the project says: of browsers whose signal it respects, and of this session.
   *
   * @param lot the session's own, 0 to 1
   */
  judge(lot: number): RecordingVerdict | 'declined';
  remember(optedOut: boolean): void;
}

export function createConsent(
  storage: SafeStorage,
  settings: Settings,
  rules: RulesInForce,
): Consent {
  const signals = (respected: Parameters<typeof browserDeclines>[1]) =>
    spokenConsent(storage) !== 'in' && browserDeclines(navigator, respected);
  const isDenied = () => spokenConsent(storage) === 'out' || signals(settings);
  return {
    isDenied,
    judge: (lot) =>
      isDenied() || signals(rules.current) ? 'declined' : judgeRecording(rules.current, lot),
    remember: (optedOut) => rememberConsent(storage, optedOut),
  };
}
