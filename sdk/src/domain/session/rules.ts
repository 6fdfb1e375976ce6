import type { SafeStorage } from '../../browser/storage';
import { isPrivacyLevel, type PrivacyLevel } from '../recording/privacy-level';

/** What the project wants recorded; the server's word wins over the page's options. */
export interface RecordingRules {
  enabled: boolean;
  /** Share of sessions that are recorded, 0 to 1. */
  sampleRate: number;
  /** Absent when the project leaves it to the page. */
  privacyLevel?: PrivacyLevel;
  privateSelectors: string[];
  /** Paths that are never recorded; `*` stands for anything. */
  excludedPages: string[];
}

export const DEFAULT_RULES: RecordingRules = {
  enabled: true,
  sampleRate: 1,
  privateSelectors: [],
  excludedPages: [],
};

const RULES_KEY = 'retrospec.rules';

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Reads rules leniently: an unknown field is ignored, a bad one falls back to its default. */
export function parseRules(value: unknown): RecordingRules {
  const raw = (value ?? {}) as Record<string, unknown>;
  const rate = raw.sampleRate;
  return {
    enabled: raw.enabled !== false,
    sampleRate: typeof rate === 'number' && rate >= 0 && rate <= 1 ? rate : 1,
    ...(isPrivacyLevel(raw.privacyLevel) && { privacyLevel: raw.privacyLevel }),
    privateSelectors: texts(raw.privateSelectors),
    excludedPages: texts(raw.excludedPages),
  };
}

/** The last rules that the server gave for this site; the fallback when it cannot be asked. */
export function storedRules(storage: SafeStorage, site: string): RecordingRules | undefined {
  try {
    const text = storage.get(`${RULES_KEY}.${site}`);
    return text ? parseRules(JSON.parse(text)) : undefined;
  } catch {
    return undefined;
  }
}

export function storeRules(storage: SafeStorage, site: string, rules: RecordingRules): void {
  storage.set(`${RULES_KEY}.${site}`, JSON.stringify(rules));
}

/** `/checkout/*` matches the path of an address; a pattern with a scheme matches the whole. */
export function isExcludedPage(patterns: readonly string[], href: string): boolean {
  const path = new URL(href, 'http://localhost').pathname;
  return patterns.some((pattern) => {
    const source = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*');
    return new RegExp(`^${source}$`).test(pattern.includes('://') ? href : path);
  });
}

export type RecordingVerdict = 'record' | 'disabled' | 'sampled_out';

/** @param lot the session's own, 0 to 1 */
export function judgeRecording(rules: RecordingRules, lot: number): RecordingVerdict {
  if (!rules.enabled) return 'disabled';
  return lot < rules.sampleRate ? 'record' : 'sampled_out';
}
