import type { SafeStorage } from '../browser/storage';
import type { Chunk, SessionFacts } from '../domain/chunks/chunk';
import type { ChunkContent } from '../domain/chunks/chunk-builder';
import type { PrivacyLevel, PrivacyRules } from '../domain/recording/privacy-level';
import type { RecordingRules } from '../domain/session/rules';
import type { Session } from '../domain/session/session';
import { anonymousId } from '../domain/session/visitor';
import { redactUrl } from '../tools/redact-url';
import { SDK_VERSION } from '../version';
import type { Settings } from './options';
import type { RulesInForce } from './rules-in-force';

/** What a chunk tells about the visit at the moment when it is cut. */
function sessionFacts(
  href: string,
  settings: Settings,
  session: Session,
  browserStorage: SafeStorage,
): SessionFacts {
  const { startedAtMs, userId, org, tags } = session.state;
  return {
    site: settings.site,
    startedAt: new Date(startedAtMs || Date.now()).toISOString(),
    url: redactUrl(href),
    userAgent: navigator.userAgent,
    viewport: { width: innerWidth, height: innerHeight },
    anonymousId: anonymousId(browserStorage),
    ...(userId && { userId }),
    ...(org && { org }),
    ...(tags.length > 0 && { tags }),
    ...settings.facts,
    sdkVersion: SDK_VERSION,
  };
}

export interface Stamp {
  /** Remembers the page that is shown; on an excluded one the last that was not is told. */
  look(): string;
  /** A number, and what is known of the visit, to what was cut. */
  chunk(content: ChunkContent): Chunk;
}

export function createStamp(
  settings: Settings,
  session: Session,
  browserStorage: SafeStorage,
  rules: RulesInForce,
): Stamp {
  let shown = '';
  const isTold = (href: string) => href !== '' && !rules.isExcluded(href);
  const look = () => (shown = [location.href, shown].find(isTold) ?? location.origin);
  return {
    look,
    chunk: (content) => ({
      ...content,
      sessionId: session.state.id,
      seq: session.takeSeq(),
      windowId: session.windowId,
      session: sessionFacts(look(), settings, session, browserStorage),
      rulesVersion: rules.current.version,
    }),
  };
}

/** The page's own call decides first, then the project, then the options. */
export function privacyRules(
  settings: Settings,
  rules: RecordingRules,
  ownLevel: PrivacyLevel | undefined,
): PrivacyRules {
  return {
    level: ownLevel ?? rules.privacyLevel ?? settings.privacyLevel,
    privateSelectors: [...settings.privateSelectors, ...rules.privateSelectors],
    blockedSelectors: [...settings.blockedSelectors, ...rules.blockedSelectors],
    ignoredSelectors: settings.ignoredSelectors,
    unmaskedSelectors: settings.unmaskedSelectors,
    allowedAttributes: settings.allowedAttributes,
  };
}
