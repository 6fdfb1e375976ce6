import { EventType, type eventWithTime } from '@rrweb/types';

/**
 * The second wall against a forged recording: the write key is public, so anyone can send events.
 * The server's allow-list is the first wall, the sandbox (no scripts) and the document's content
 * policy the third and fourth. Nothing here is needed to show an honest page.
 */

const URL_ATTRIBUTES = new Set(['href', 'src', 'xlink:href', 'action', 'formaction', 'data']);
const EMBEDDING = new Set(['iframe', 'frame', 'object', 'embed', 'portal', 'fencedframe']);
const NEVER_KEPT = new Set(['srcdoc', 'http-equiv', 'ping', 'background', 'manifest']);
const SCRIPT_URL = /^(?:javascript|vbscript|data:(?!image\/|font\/|text\/css|video\/|audio\/))/i;

/** Links that only open connections, which no content policy stops. */
const CONNECTING =
  /(?:^|\s)(?:preconnect|dns-prefetch|prefetch|preload|modulepreload|prerender)(?:\s|$)/i;

/** Nested deeper than any page: what goes beyond is dropped rather than walked. */
const MAX_DEPTH = 1_100;

/** Removes from the events, in place, whatever could run, embed or navigate. */
export function disarm(events: eventWithTime[]): eventWithTime[] {
  for (const event of events) {
    const data = asRecord((event as { data?: unknown }).data);
    if (!data) continue;
    if (event.type === EventType.FullSnapshot) disarmNode(data['node'], 0);
    if (event.type === EventType.IncrementalSnapshot) disarmMutation(data);
  }
  return events;
}

function disarmMutation(data: Record<string, unknown>): void {
  for (const add of asArray(data['adds'])) disarmNode(asRecord(add)?.['node'], 0);
  for (const change of asArray(data['attributes'])) {
    const attributes = asRecord(asRecord(change)?.['attributes']);
    // The element's name is not in a change of attributes, so an embedding one is not recognised
    // here; the sandbox is passed on to whatever it embeds.
    if (attributes) disarmAttributes(attributes, '');
  }
}

function disarmNode(value: unknown, depth: number): void {
  const node = asRecord(value);
  if (!node) return;
  const name = typeof node['tagName'] === 'string' ? node['tagName'].toLowerCase() : '';
  // rrweb shows a script as an empty noscript; a base would turn every relative address.
  if (name === 'script' || name === 'base') node['tagName'] = 'noscript';
  const attributes = asRecord(node['attributes']);
  if (attributes) disarmAttributes(attributes, name);
  if (depth >= MAX_DEPTH) {
    node['childNodes'] = [];
    return;
  }
  for (const child of asArray(node['childNodes'])) disarmNode(child, depth + 1);
}

function disarmAttributes(attributes: Record<string, unknown>, element: string): void {
  for (const name of Object.keys(attributes)) {
    const key = name.toLowerCase();
    const value = attributes[name];
    const removed =
      key.startsWith('on') ||
      NEVER_KEPT.has(key) ||
      (key === 'rel' && typeof value === 'string' && CONNECTING.test(value)) ||
      (EMBEDDING.has(element) && (key === 'src' || key === 'data' || key === 'code')) ||
      (URL_ATTRIBUTES.has(key) && typeof value === 'string' && runs(value));
    if (removed) Reflect.deleteProperty(attributes, name);
  }
}

function runs(address: string): boolean {
  // Browsers ignore control characters and spaces inside a scheme, so they do not count here.
  // eslint-disable-next-line no-control-regex -- because exactly those characters are meant
  return SCRIPT_URL.test(address.replace(/[\u0000-\u0020]+/g, ''));
}

function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
