import { isLeft } from '../../browser/replaced-page';
import { redactCssUrls, redactUrl, withoutCssUrls } from '../../tools/redact-url';
import { judgeAttribute } from './attribute-policy';
import {
  EventType,
  IncrementalSource,
  NodeType,
  type Attributes,
  type InputData,
  type MutationData,
  type RecordedEvent,
  type SnapshotNode,
} from './events';
import type { FieldPrivacy } from './field-privacy';
import { maskPersonalData } from './personal-data';
import { outerOf, type PrivacyRules } from './privacy-level';

/** Inputs whose `value` is a label that everybody sees. */
const LABEL_TYPES = new Set(['submit', 'button', 'reset', 'image']);
const CHOICE_TYPES = new Set(['radio', 'checkbox']);
const MAX_MASK_LENGTH = 24;

/** Attributes that name pictures; `href` does on elements of SVG only. */
const PICTURES = new Set(['src', 'srcset', 'poster', 'background']);
const STYLES: ReadonlySet<number> = new Set([
  IncrementalSource.StyleSheetRule,
  IncrementalSource.StyleDeclaration,
  IncrementalSource.AdoptedStyleSheet,
]);

export interface ScrubPage {
  /** The live node behind a recorded id; null when it is gone. */
  nodeOf(id: number): Node | null;
  /** Adds to the recorded attributes of a canvas what it shows. */
  dressCanvas(canvas: HTMLCanvasElement, attributes: Attributes, isWhole: boolean): void;
  /** A picture of this address stands in an element that is not private, and is told so. */
  onPicture(address: string): void;
}

export interface Scrub {
  scrubEvent(event: RecordedEvent): RecordedEvent;
  /** One node of a snapshot, without its children: a snapshot that is taken in slices. */
  scrubNode(node: SnapshotNode): void;
}

/** The last look at an event before it leaves: rrweb masks values and text, this masks the rest. */
export function createScrub(rules: PrivacyRules, fields: FieldPrivacy, page: ScrubPage): Scrub {
  const allowed = new Set(rules.allowedAttributes.map((name) => name.toLowerCase()));

  function liveElement(id: number): Element | null {
    const node = page.nodeOf(id);
    // By node type, not by instanceof: an element of an iframe is of another window's class.
    return node?.nodeType === 1 ? (node as Element) : null;
  }

  function maskText(text: string): string {
    return '*'.repeat(Math.min(text.length, MAX_MASK_LENGTH));
  }

  /**
   * rrweb has masked what is private, but does not look beyond a shadow root or a frame, and knows
   * nothing of a page that was left; so we do.
   */
  function scrubText(id: number, text: string): string {
    if (!/\S/.test(text)) return text;
    const node = page.nodeOf(id);
    const outer = node && outerOf(node);
    const parent = node?.parentElement ?? outer;
    if (parent && /^(?:style|script)$/i.test(parent.tagName)) return redactCssUrls(text);
    let kept = text;
    if (parent && (outer || isLeft(parent)) && fields.isPrivate(parent))
      kept = text.replace(/\S/g, '*');
    else if (rules.level !== 'minimal') {
      kept = maskPersonalData(text);
      // Asked last, because few texts hold any.
      if (kept !== text && parent && fields.isShown(parent)) kept = text;
    }
    // rrweb's mask is stars, too; a text of stars only was masked by it, or says nothing.
    fields.countText(kept !== text || /^[*\s]+$/.test(text));
    return kept;
  }

  /** `null` stands for "leave the attribute out". */
  function scrubValue(tagName: string, value: string, element: Element | null): string | null {
    const type = (element?.getAttribute('type') ?? '').toLowerCase();
    if (tagName === 'input' && LABEL_TYPES.has(type))
      return !element || fields.isPrivate(element) ? maskText(value) : value;
    if (['progress', 'meter', 'li', 'param'].includes(tagName)) return value;
    if (!element) return maskText(value);
    const field = tagName === 'option' ? (element.closest('select') ?? element) : element;
    // rrweb has masked it already, or the level shows it; a second mask would change nothing.
    return fields.isMasked(field) ? maskText(value) : value;
  }

  function scrubAttributes(
    attributes: Attributes,
    element: Element | null,
    tagName: string,
    isSvg: boolean,
  ): void {
    const entries = Object.entries(attributes);
    // Most elements have none, and asking the page about each is what a long list costs.
    if (entries.length === 0) return;
    // A node that is gone cannot be asked; then it counts as private.
    const isPrivate = !element || fields.isPrivate(element);
    for (const [name, value] of entries) {
      if (name === 'style' && value && typeof value === 'object') {
        scrubStyleDiff(value as Record<string, unknown>, isPrivate);
        continue;
      }
      if (name === 'checked' || name === 'selected') {
        const field = tagName === 'option' ? element?.closest('select') : element;
        if (!field || fields.isMasked(field)) Reflect.deleteProperty(attributes, name);
        continue;
      }
      if (typeof value !== 'string') continue;
      if (name === 'value') {
        attributes[name] = scrubValue(tagName, value, element);
        continue;
      }
      if (!isPrivate) tellPictures(name, value, tagName);
      const verdict = judgeAttribute(name, value, { tagName, isSvg, isPrivate, allowed });
      if (verdict === 'drop') Reflect.deleteProperty(attributes, name);
      else if (verdict !== 'mask') attributes[name] = verdict.keep;
      else if (!element || !fields.isShown(element)) attributes[name] = maskText(value);
    }
  }

  function tellPictures(name: string, value: string, tagName: string): void {
    if (name === 'srcset') {
      value.split(/,\s+/).forEach((one) => page.onPicture(one.trim().split(/\s+/)[0] ?? ''));
    } else if (PICTURES.has(name) || (tagName.endsWith('image') && name.endsWith('href'))) {
      page.onPicture(value);
    }
  }

  function scrubStyleDiff(diff: Record<string, unknown>, isPrivate: boolean): void {
    const scrubStyle = isPrivate ? withoutCssUrls : redactCssUrls;
    for (const [property, value] of Object.entries(diff)) {
      if (typeof value === 'string') diff[property] = scrubStyle(value);
      else if (Array.isArray(value) && typeof value[0] === 'string')
        value[0] = scrubStyle(value[0]);
    }
  }

  /** Rules that the page changes: style texts at any depth, and numbers. */
  function scrubRules(data: object): void {
    for (const [name, value] of Object.entries(data)) {
      if (typeof value === 'string') Reflect.set(data, name, redactCssUrls(value));
      else if (value && typeof value === 'object') scrubRules(value as object);
    }
  }

  function dress(
    element: Element | null,
    tagName: string,
    attributes: Attributes,
    isWhole: boolean,
  ): void {
    if (element && tagName === 'canvas')
      page.dressCanvas(element as HTMLCanvasElement, attributes, isWhole);
  }

  function scrubTree(root: SnapshotNode): void {
    // Its own stack: an honest page may be deeper than the browser's call stack likes.
    const open: SnapshotNode[] = [root];
    for (let node = open.pop(); node; node = open.pop()) {
      scrubNode(node);
      // One by one: a list may have more children than a call can have arguments.
      for (const child of node.childNodes ?? []) open.push(child);
    }
  }

  function scrubNode(node: SnapshotNode): void {
    if (node.type === NodeType.Element && node.attributes) {
      const tagName = node.tagName?.toLowerCase() ?? '';
      const element = liveElement(node.id);
      scrubAttributes(node.attributes, element, tagName, node.isSVG === true);
      dress(element, tagName, node.attributes, true);
    }
    if (node.type === NodeType.Text && node.textContent) {
      node.textContent = scrubText(node.id, node.textContent);
    }
  }

  function scrubInput(data: InputData): void {
    const element = liveElement(data.id);
    const type = (element?.getAttribute('type') ?? '').toLowerCase();
    if (element && !fields.isMasked(element)) return;
    if (CHOICE_TYPES.has(type) || !element) data.isChecked = false;
    data.text = CHOICE_TYPES.has(type) ? '*' : maskText(data.text);
  }

  function scrubMutation(data: MutationData): void {
    for (const added of data.adds) scrubTree(added.node);
    for (const change of data.texts) {
      if (change.value) change.value = scrubText(change.id, change.value);
    }
    for (const change of data.attributes) {
      const element = liveElement(change.id);
      const tagName = element?.tagName.toLowerCase() ?? '';
      scrubAttributes(change.attributes, element, tagName, isSvg(element));
      dress(element, tagName, change.attributes, false);
    }
  }

  function isSvg(element: Element | null): boolean {
    return element?.namespaceURI === 'http://www.w3.org/2000/svg';
  }

  function scrubEvent(event: RecordedEvent): RecordedEvent {
    const data = event.data as { source?: number; node?: SnapshotNode; href?: string };
    if (event.type === EventType.FullSnapshot && data.node) scrubTree(data.node);
    else if (event.type === EventType.Meta && data.href) data.href = redactUrl(data.href);
    else if (event.type === EventType.IncrementalSnapshot) {
      if (data.source === IncrementalSource.Mutation) scrubMutation(event.data as MutationData);
      else if (data.source === IncrementalSource.Input) scrubInput(event.data as InputData);
      else if (STYLES.has(data.source ?? -1)) scrubRules(event.data as object);
    }
    return event;
  }

  return { scrubEvent, scrubNode };
}
