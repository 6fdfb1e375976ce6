import type { SafeStorage } from '../../browser/storage';
import { isPrivacyLevel, type PrivacyLevel } from '../recording/privacy-level';

/** `continuous` and `ring` send all the time (of a ring the server keeps the last ten minutes). */
export type RecordingPolicy = 'continuous' | 'ring' | 'buffer';

/** One thing that has to happen before a session is sent. */
export type TriggerCondition =
  /** `*` stands for anything; a pattern without a scheme is about the path. */
  | { type: 'url'; pattern: string }
  | { type: 'marker'; kind: string; subkind?: string }
  | { type: 'event'; name: string }
  /** What `identify` told: `userId`, `org`, or one of the traits. */
  | { type: 'user'; property: string; value: string };

export interface Triggers {
  match: 'any' | 'all';
  conditions: TriggerCondition[];
}

/** What the project wants recorded; the server's word wins over the page's options. */
export interface RecordingRules {
  /** Grows with each change; 0 until a server has told any. */
  version: number;
  enabled: boolean;
  /** Share of sessions that are recorded, 0 to 1. */
  sampleRate: number;
  policy: RecordingPolicy;
  /** Absent when the project leaves it to the page. */
  privacyLevel?: PrivacyLevel;
  privateSelectors: string[];
  /** Elements of which only an empty box is recorded. */
  blockedSelectors: string[];
  /** Paths that are never recorded; `*` stands for anything. */
  excludedPages: string[];
  /** A visit that is over sooner is not sent at all. */
  minDurationMs: number;
  /** Policy `buffer`: how long after the last marker it goes on sending. */
  bufferAfterMs: number;
  /** Absent: nothing has to happen first. */
  triggers?: Triggers;
  rage: { clicks: number; radiusPx: number; windowMs: number };
  /** A request that takes longer is a marker. */
  slowRequestMs: number;
  /** Addresses of requests whose headers and bodies are recorded. */
  network: { detailUrls: string[] };
  canvas: boolean;
  respectDoNotTrack: boolean;
  respectGlobalPrivacyControl: boolean;
}

const HOUR_MS = 3_600_000;

const RULES_KEY = 'retrospec.rules';

type Raw = Record<string, unknown>;

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function fields(value: unknown): Raw {
  return typeof value === 'object' && value !== null ? (value as Raw) : {};
}

function within(value: unknown, least: number, most: number, otherwise: number): number {
  return typeof value === 'number' && value >= least && value <= most ? value : otherwise;
}

/** The fields that each kind of condition cannot do without. */
const CONDITION_FIELDS: Record<string, string[]> = {
  url: ['pattern'],
  marker: ['kind'],
  event: ['name'],
  user: ['property', 'value'],
};

/** A condition that this version cannot read is never met, so `all` must not forget about it. */
function parseTriggers(value: unknown): { triggers?: Triggers } {
  const { match, conditions } = fields(value);
  if (!Array.isArray(conditions) || conditions.length === 0) return {};
  const readable = conditions.map(fields).filter((condition) => {
    const needed = CONDITION_FIELDS[String(condition.type)];
    return needed?.every((name) => typeof condition[name] === 'string');
  });
  const unreadable = readable.length < conditions.length;
  return {
    triggers: {
      match: match === 'all' ? 'all' : 'any',
      conditions: match === 'all' && unreadable ? [] : (readable as unknown as TriggerCondition[]),
    },
  };
}

/** Reads rules leniently: an unknown field is ignored, a bad one falls back to its default. */
export function parseRules(value: unknown): RecordingRules {
  const raw = fields(value);
  const rage = fields(raw.rage);
  return {
    version: within(raw.version, 0, Number.MAX_SAFE_INTEGER, 0),
    enabled: raw.enabled !== false,
    sampleRate: within(raw.sampleRate, 0, 1, 1),
    policy: raw.policy === 'ring' || raw.policy === 'buffer' ? raw.policy : 'continuous',
    ...(isPrivacyLevel(raw.privacyLevel) && { privacyLevel: raw.privacyLevel }),
    privateSelectors: texts(raw.privateSelectors),
    blockedSelectors: texts(raw.blockedSelectors),
    excludedPages: texts(raw.excludedPages),
    minDurationMs: within(raw.minDurationMs, 0, HOUR_MS, 0),
    bufferAfterMs: within(raw.bufferAfterMs, 0, HOUR_MS, 60_000),
    ...parseTriggers(raw.triggers),
    rage: {
      clicks: within(rage.clicks, 2, 20, 3),
      radiusPx: within(rage.radiusPx, 1, 1_000, 30),
      windowMs: within(rage.windowMs, 100, 60_000, 1_000),
    },
    slowRequestMs: within(raw.slowRequestMs, 100, HOUR_MS, 10_000),
    network: { detailUrls: texts(fields(raw.network).detailUrls) },
    canvas: raw.canvas === true,
    respectDoNotTrack: raw.respectDoNotTrack === true,
    respectGlobalPrivacyControl: raw.respectGlobalPrivacyControl !== false,
  };
}

/** What holds where no server has told anything yet. */
export const DEFAULT_RULES: RecordingRules = /* @__PURE__ */ parseRules({});

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
export function matchesUrl(patterns: readonly string[], href: string): boolean {
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
