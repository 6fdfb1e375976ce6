import { EventType, IncrementalSource, type eventWithTime } from '@rrweb/types';

/** From the address that the recording names to the one under which its content is kept. */
export type AssetMap = ReadonlyMap<string, string>;

const ADDRESSES = ['src', 'href', 'xlink:href', 'poster', 'rr_src'];
const STYLES = ['style', '_cssText'];
const CSS_URL = /url\(\s*(["']?)([^"')]+)\1\s*\)/gi;

type Json = Record<string, unknown>;

/**
 * Puts kept contents, in place, where the events name the site's addresses: the site may have been
 * deployed again since, and the player's policy lets no picture of another origin in.
 */
export function useAssets(events: eventWithTime[], assets: AssetMap): eventWithTime[] {
  if (assets.size === 0) return events;
  for (const event of events) {
    const data = event.data as Json | undefined;
    if (event.type === EventType.FullSnapshot) visit(data?.['node'] as Json, assets, false);
    else if (event.type === EventType.IncrementalSnapshot && data) incremental(data, assets);
  }
  return events;
}

function incremental(data: Json, assets: AssetMap): void {
  switch (data['source']) {
    case IncrementalSource.Mutation:
      for (const add of list(data['adds'])) visit(add['node'] as Json, assets, false);
      for (const change of list(data['attributes'])) {
        inAttributes(change['attributes'] as Json, assets);
      }
      break;
    case IncrementalSource.StyleSheetRule:
      inRules(data, assets);
      break;
    case IncrementalSource.AdoptedStyleSheet:
      for (const sheet of list(data['styles']))
        for (const r of list(sheet['rules'])) inRule(r, assets);
      break;
    case IncrementalSource.StyleDeclaration: {
      const set = data['set'] as Json | undefined;
      if (typeof set?.['value'] === 'string') set['value'] = inCss(set['value'], assets);
      break;
    }
  }
}

function visit(root: Json | undefined, assets: AssetMap, inStyle: boolean): void {
  const open: [Json | undefined, boolean][] = [[root, inStyle]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, isStyleText] = next;
    if (!node) continue;
    if (node['attributes']) inAttributes(node['attributes'] as Json, assets);
    const text = node['textContent'];
    if (typeof text === 'string' && (isStyleText || node['isStyle'] === true)) {
      node['textContent'] = inCss(text, assets);
    }
    const isStyle = node['tagName'] === 'style';
    for (const child of list(node['childNodes'])) open.push([child, isStyle]);
  }
}

function inAttributes(attributes: Json, assets: AssetMap): void {
  for (const name of ADDRESSES) {
    const kept = assets.get(attributes[name] as string);
    if (kept) attributes[name] = kept;
  }
  for (const name of STYLES) {
    const value = attributes[name];
    if (typeof value === 'string') attributes[name] = inCss(value, assets);
    else if (value && typeof value === 'object') inStyleObject(value as Json, assets);
  }
  if (typeof attributes['srcset'] === 'string') {
    attributes['srcset'] = inSrcset(attributes['srcset'], assets);
  }
}

/** Changed properties: a text, or a text with its priority. */
function inStyleObject(style: Json, assets: AssetMap): void {
  for (const [property, value] of Object.entries(style)) {
    if (typeof value === 'string') style[property] = inCss(value, assets);
    else if (Array.isArray(value) && typeof value[0] === 'string')
      value[0] = inCss(value[0], assets);
  }
}

function inRules(data: Json, assets: AssetMap): void {
  for (const rule of list(data['adds'])) inRule(rule, assets);
  for (const name of ['replace', 'replaceSync']) {
    if (typeof data[name] === 'string') data[name] = inCss(data[name], assets);
  }
}

function inRule(rule: Json, assets: AssetMap): void {
  if (typeof rule['rule'] === 'string') rule['rule'] = inCss(rule['rule'], assets);
}

function inCss(css: string, assets: AssetMap): string {
  if (!css.includes('url(')) return css;
  return css.replace(CSS_URL, (whole, _quote, url: string) => {
    const kept = assets.get(url.trim());
    return kept ? `url("${kept}")` : whole;
  });
}

/** One of the candidates is kept: the one that the visitor's screen chose. It alone stays. */
function inSrcset(srcset: string, assets: AssetMap): string {
  for (const candidate of srcset.split(/,\s+/)) {
    const kept = assets.get(candidate.trim().split(/\s+/)[0] ?? '');
    if (kept) return kept;
  }
  return srcset;
}

function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}
