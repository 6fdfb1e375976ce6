import { isLeft } from '../../browser/replaced-page';
import { isSecretName } from '../../tools/secrets';

export const PRIVACY_LEVELS = ['strict', 'balanced', 'minimal'] as const;

/**
 * strict: no text, no input, no picture leaves the page. balanced: every input is masked, text is
 * shown but for personal data in it. minimal: text and ordinary inputs are shown; passwords, hidden
 * fields, contact and payment data, and whatever is marked private stay masked.
 */
export type PrivacyLevel = (typeof PRIVACY_LEVELS)[number];

export function isPrivacyLevel(value: unknown): value is PrivacyLevel {
  return PRIVACY_LEVELS.includes(value as PrivacyLevel);
}

export interface PrivacyRules {
  level: PrivacyLevel;
  /** CSS selectors whose elements, with all inside, are masked at every level. */
  privateSelectors: readonly string[];
  /** CSS selectors of elements of which only an empty box is recorded, beside `[data-block]`. */
  blockedSelectors: readonly string[];
  /** CSS selectors of fields whose changes are not recorded at all. */
  ignoredSelectors: readonly string[];
  /** CSS selectors of elements that are shown in spite of the level; what no level shows stays. */
  unmaskedSelectors: readonly string[];
  /** Attribute names that may leave the page beside the built-in ones. */
  allowedAttributes: readonly string[];
}

/** What a page marks by itself, without any configuration. */
const ALWAYS_PRIVATE = '[data-retrospec-mask], [data-private]';
const ALWAYS_BLOCKED = '[data-retrospec-block], [data-block]';
const ALWAYS_IGNORED = '[data-retrospec-ignore~="input"], [data-retrospec-ignore~="input"] *';
const ALWAYS_SHOWN = '[data-retrospec-unmask]';

/** What shows something that cannot be masked: no text, no field. */
const MEDIA = ['img', 'picture', 'video', 'audio', 'canvas', 'object', 'embed'];

/** Text that a visitor types although it is no input's value. */
const TYPED_TEXT = 'textarea, [contenteditable]:not([contenteditable="false"])';

/** One that the browser cannot read is left out and reported, never fatal. */
function readable(
  selectors: readonly string[],
  onInvalid: (selector: string) => void = () => undefined,
): string[] {
  return selectors.filter((selector) => {
    try {
      document.createDocumentFragment().querySelector(selector);
      return selector.trim() !== '';
    } catch {
      onInvalid(selector);
      return false;
    }
  });
}

/** The site's and the project's selectors. */
export function privateSelector(
  rules: PrivacyRules,
  onInvalid?: (selector: string) => void,
): string {
  return [ALWAYS_PRIVATE, ...readable(rules.privateSelectors, onInvalid)].join(', ');
}

export function blockedSelector(rules: PrivacyRules): string {
  const shown = shownSelector(rules);
  const media =
    rules.level === 'strict' ? [`:is(${MEDIA.join(', ')}):not(${shown}, :is(${shown}) *)`] : [];
  return [ALWAYS_BLOCKED, ...readable([...rules.blockedSelectors, ...media])].join(', ');
}

export function ignoredSelector(rules: PrivacyRules): string {
  return [ALWAYS_IGNORED, ...readable(rules.ignoredSelectors)].join(', ');
}

function shownSelector(rules: PrivacyRules): string {
  return [ALWAYS_SHOWN, ...readable(rules.unmaskedSelectors)].join(', ');
}

export function maskedTextSelector(rules: PrivacyRules): string {
  return rules.level === 'strict' ? '*' : `${privateSelector(rules)}, ${TYPED_TEXT}`;
}

/**
 * The element around the tree in which this node stands: of a shadow root its host, of the document
 * of a frame the frame; undefined in the page's own tree, and where the frame is of another origin.
 */
export function outerOf(node: Node): Element | undefined {
  const root = node.getRootNode();
  // By node type (a fragment): an `<a>` that stands alone has a `host`, too, which is a text.
  if (root.nodeType === 11) return (root as Partial<ShadowRoot>).host;
  const view = (root as Partial<Document>).defaultView;
  return (view && view !== window && view.frameElement) || undefined;
}

/** What the page says about an element: the nearest mark counts, on one element `mask` wins. */
export type Mark = 'private' | 'shown' | undefined;

export function createMarks(rules: PrivacyRules): (element: Element) => Mark {
  const marked = privateSelector(rules);
  const either = `${marked}, ${shownSelector(rules)}`;
  return (element) => {
    // `closest` ends at a shadow root and at a document, and what is marked is often around it.
    for (let at: Element | undefined = element; at; at = outerOf(at)) {
      // What stands in a host that can be looked into was remembered by itself.
      if (isLeft(at) && (at === element || !at.shadowRoot)) return 'private';
      const nearest = at.closest(either);
      if (nearest) return nearest.matches(marked) ? 'private' : 'shown';
    }
    return undefined;
  };
}

/** Whether text, pictures and addresses of an element must not leave the page. */
export function createIsPrivate(rules: PrivacyRules): (element: Element) => boolean {
  const markOf = createMarks(rules);
  const blocked = `${blockedSelector(rules)}, .rs-block`;
  return (element) => {
    // Of a blocked element nothing is told, whatever stands in it.
    for (let at: Element | undefined = element; at; at = outerOf(at)) {
      if (at.closest(blocked)) return true;
    }
    return (markOf(element) ?? (rules.level === 'strict' && 'private')) === 'private';
  };
}

/** What neither a level nor `unmask` shows. */
const SECRET_TYPES = new Set(['password', 'hidden']);
const SECRET_PURPOSE = /(?:^|\s)(?:cc-|one-time-code|(?:current|new)-password)/;

/** What minimal does not show either, unless the page unmasks it. */
const SENSITIVE_TYPES = new Set(['email', 'tel', 'url']);
const SENSITIVE_NAME =
  /card|account|social|tax|birth|phone|mail|user|login|name|address|street|zip|postal|city|code/i;

export interface FieldFacts {
  type: string;
  name: string;
  autocomplete: string;
  wasPassword: boolean;
  mark: Mark;
}

/** Whether what stands in a field is replaced before it leaves the page. */
export function masksField(level: PrivacyLevel, field: FieldFacts): boolean {
  const type = field.type.toLowerCase();
  if (field.wasPassword || SECRET_TYPES.has(type)) return true;
  if (SECRET_PURPOSE.test(field.autocomplete) || isSecretName(field.name)) return true;
  if (field.mark) return field.mark === 'private';
  if (level !== 'minimal' || SENSITIVE_TYPES.has(type)) return true;
  if (field.autocomplete && !['on', 'off'].includes(field.autocomplete)) return true;
  return SENSITIVE_NAME.test(field.name);
}
