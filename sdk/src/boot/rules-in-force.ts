import type { SafeStorage } from '../browser/storage';
import {
  DEFAULT_RULES,
  matchesUrl,
  storedRules,
  storeRules,
  type RecordingRules,
} from '../domain/session/rules';
import type { RulesAnswer } from '../transport/fetch-rules';

/** The project's rules as far as they are known: from the last visit, then from the server. */
export interface RulesInForce {
  readonly current: RecordingRules;
  /** False until a server has told any, once, or could not be asked: then nothing may leave. */
  readonly known: boolean;
  adopt(next: RecordingRules): void;
  /** Asks the server; what it answers is not adopted yet. */
  ask(): Promise<RulesAnswer>;
  /** Settled when something may leave the page, with rules or without. */
  settled(): Promise<unknown>;
  isExcluded(href: string): boolean;
}

export function createRulesInForce(
  storage: SafeStorage,
  site: string,
  fetchRules: () => Promise<RulesAnswer>,
): RulesInForce {
  const stored = storedRules(storage, site);
  let current = stored ?? DEFAULT_RULES;
  let known = stored !== undefined;
  let asked: Promise<unknown> = Promise.resolve();
  let last: { href: string; excluded: boolean } | undefined;

  return {
    get current() {
      return current;
    },
    get known() {
      return known;
    },
    adopt(next) {
      current = next;
      known = true;
      last = undefined;
      storeRules(storage, site, next);
    },
    ask() {
      const answer = fetchRules().then((it) => {
        known = true;
        return it;
      });
      if (!known) asked = answer;
      return answer;
    },
    settled: () => asked,
    isExcluded(href) {
      // Asked for every event; patterns cost more than a comparison.
      if (last?.href !== href) last = { href, excluded: matchesUrl(current.excludedPages, href) };
      return last.excluded;
    },
  };
}
