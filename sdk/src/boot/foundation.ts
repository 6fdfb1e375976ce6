import { openSession, type Session } from '../domain/session/session';
import { createEndpoint, type Endpoint } from '../transport/endpoint';
import { fetchRules } from '../transport/fetch-rules';
import { createConsent, type Consent } from './consent';
import type { Settings } from './options';
import { createRulesInForce, type RulesInForce } from './rules-in-force';
import { openStorages, type Storages } from './storages';

/** What all else stands on; nothing of it writes or sends anything by itself. */
export interface Foundation {
  consent: Consent;
  /** The fetch that the page had before we watched it. */
  originalFetch: typeof fetch;
  storages: Storages;
  endpoint: Endpoint;
  rules: RulesInForce;
  session: Session;
}

export function layFoundation(settings: Settings): Foundation {
  const { apiBaseUrl, path, apiKey, site } = settings;
  const originalFetch: typeof fetch = window.fetch.bind(window);
  const storages = openStorages();
  const endpoint = createEndpoint(apiBaseUrl, path, apiKey, site);
  const rules = createRulesInForce(storages.browser, site, () =>
    fetchRules(endpoint, originalFetch),
  );
  const session = openSession(storages.session, storages.tab, site, Date.now());
  const consent = createConsent(storages.browser, settings, rules);
  return { consent, originalFetch, storages, endpoint, rules, session };
}
