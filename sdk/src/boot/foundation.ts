import { openSession, type Session } from '../domain/session/session';
import { createGuard, type Guard } from '../tools/guard';
import { createEndpoint, type Endpoint } from '../transport/endpoint';
import { fetchRules } from '../transport/fetch-rules';
import { createConsent, type Consent } from './consent';
import type { Settings } from './options';
import { createRulesInForce, type RulesInForce } from './rules-in-force';
import { openStorages, type Storages } from './storages';

/** What all else stands on; nothing of it writes or sends anything by itself. */
export interface Foundation {
  /** For whoever debugs; silent unless the options ask for it. */
  say(...words: unknown[]): void;
  guard: Guard;
  consent: Consent;
  /** The fetch that the page had before we watched it. */
  originalFetch: typeof fetch;
  storages: Storages;
  endpoint: Endpoint;
  rules: RulesInForce;
  session: Session;
}

export function layFoundation(settings: Settings): Foundation {
  const say = (...words: unknown[]) => {
    if (settings.debug) console.debug('[retrospec]', ...words);
  };
  const guard = createGuard((error) => say('kept away from the page:', error));
  const { apiBaseUrl, path, apiKey, site } = settings;
  const originalFetch: typeof fetch = window.fetch.bind(window);
  const storages = openStorages();
  const endpoint = createEndpoint(apiBaseUrl, path, apiKey, site);
  const rules = createRulesInForce(storages.browser, site, () =>
    fetchRules(endpoint, originalFetch),
  );
  const session = openSession(storages.session, storages.tab, site, Date.now());
  const consent = createConsent(storages.browser, settings, rules);
  return { say, guard, consent, originalFetch, storages, endpoint, rules, session };
}
