import type { ReduceReason } from '../domain/chunks/chunk';
import { MARKER_KINDS, MARKER_SUBKINDS, type Sighting } from '../domain/markers/marker';
import type { CustomPayloads, CustomTag } from '../domain/recording/events';
import type { RecordingCounts } from './recording';
import type { Timeline } from './timeline';

/** The value as it may be told; undefined where it is none. */
type Check = (value: unknown) => unknown;

/** Fields by name; those with a question mark may be missing. */
type Shape = Record<string, Check>;

/** A frame counts up to this in one word. */
const MAX_COUNT = 1_000_000;
const MAX_NUMBER = 1e9;
const MAX_ENTRIES = 100;
const BODY_LENGTH = 200_000;

const REASONS: readonly ReduceReason[] = [
  'mutation_bucket',
  'mutation_pause',
  'mouse',
  'scroll',
  'long_tasks',
  'canvas',
  'console',
  'network',
];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text =
  (most: number): Check =>
  (value) =>
    typeof value === 'string' ? value.slice(0, most) : undefined;
const oneOf =
  (all: readonly string[]): Check =>
  (value) =>
    all.includes(value as string) ? value : undefined;
const amount: Check = (value) =>
  typeof value === 'number' && value >= 0 && value <= MAX_NUMBER ? value : undefined;
const whole: Check = (value) => (Number.isSafeInteger(value) ? amount(value) : undefined);
const object: Check = (value) => (isRecord(value) ? value : undefined);
const anything: Check = (value) => value;
const shaped =
  (shape: Shape): Check =>
  (value) =>
    copied(shape, value);
const word = text(200);
const line = text(2_000);
const long = text(20_000);
const texts: Check = (value) =>
  Array.isArray(value) && value.every((it) => typeof it === 'string')
    ? value.slice(0, MAX_ENTRIES).map(text(6_000))
    : undefined;
const textsByName: Check = (value) =>
  isRecord(value) && Object.values(value).every((it) => typeof it === 'string')
    ? Object.fromEntries(Object.entries(value).slice(0, MAX_ENTRIES))
    : undefined;

/** What stands in it and nothing else; undefined when something is missing that must be there. */
function copied(shape: Shape, value: unknown): Record<string, unknown> | undefined {
  if (!isRecord(value)) return undefined;
  const copy: Record<string, unknown> = {};
  for (const [field, check] of Object.entries(shape)) {
    const name = field.replace('?', '');
    const checked = value[name] === undefined ? undefined : check(value[name]);
    if (checked !== undefined) copy[name] = checked;
    else if (name === field) return undefined;
  }
  return copy;
}

/** Neither where the frame goes, nor how fast it was, nor a marker beside its sighting. */
const CUSTOM = new Map<unknown, Shape>([
  ['rs.console', { level: word, args: texts, 'stack?': long }],
  [
    'rs.network',
    {
      method: word,
      url: line,
      status: whole,
      durationMs: amount,
      type: oneOf(['fetch', 'xhr']),
      'outcome?': oneOf(['answered', 'failed', 'aborted']),
      'requestBytes?': whole,
      'responseBytes?': whole,
      'requestHeaders?': textsByName,
      'responseHeaders?': textsByName,
      'requestBody?': text(BODY_LENGTH),
      'responseBody?': text(BODY_LENGTH),
      'correlationId?': word,
    },
  ],
  ['rs.click', { selector: line, 'label?': line }],
  ['rs.longtask', { durationMs: amount }],
  ['rs.span', { name: word, durationMs: amount, 'attributes?': object }],
  ['rs.reduced', { reason: oneOf(REASONS), count: whole }],
  ['rs.custom', { name: word, 'payload?': anything }],
]);

const SIGHTING: Shape = {
  kind: oneOf(MARKER_KINDS),
  subkind: oneOf(MARKER_SUBKINDS),
  label: line,
  'evidence?': line,
  'error?': shaped({
    type: word,
    message: line,
    'stack?': long,
    'debugIds?': textsByName,
    'cause?': long,
  }),
  'fingerprint?': texts,
  'request?': shaped({
    method: word,
    url: line,
    status: whole,
    durationMs: amount,
    'correlationId?': word,
  }),
  'element?': shaped({ selector: line, 'text?': line }),
};

/**
 * Takes in what a frame says beside its events. It is the word of another site, perhaps of another
 * version of ours: what is not as it should be is left out, or the server would refuse with it what
 * the page has recorded itself.
 */
export function takeFromFrame(
  message: Record<string, unknown>,
  timeline: Timeline,
  counts: RecordingCounts,
): void {
  const shape = CUSTOM.get(message.tag);
  const payload = shape && copied(shape, message.payload);
  if (payload) {
    timeline.addCustom(message.tag as CustomTag, payload as CustomPayloads[CustomTag]);
    return;
  }
  const sighting = copied(SIGHTING, message.sighting);
  if (sighting) timeline.addSighting(sighting as unknown as Sighting);
  const { of, reason } = message;
  const count = Number.isSafeInteger(message.count) ? (message.count as number) : 0;
  if (count < 1 || count > MAX_COUNT) return;
  if (of === 'countMasked' || of === 'countMaskable') counts[of](count);
  else if (of === 'countReduced' && REASONS.includes(reason as ReduceReason)) {
    counts.countReduced(reason as ReduceReason, count);
  }
}
