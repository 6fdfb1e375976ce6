export const PRIVACY_LEVELS = ['strict', 'balanced', 'minimal'] as const;

/**
 * strict: no text and no input leaves the page. balanced: every input is masked, text is shown.
 * minimal: ordinary inputs are shown as well; passwords, hidden fields, contact and payment data,
 * and whatever is marked private stay masked.
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
  /** Attribute names that may leave the page beside the built-in ones. */
  allowedAttributes: readonly string[];
}

/** What a page marks by itself, without any configuration. */
const ALWAYS_PRIVATE = '[data-private]';
const ALWAYS_BLOCKED = '[data-block]';

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
  return [ALWAYS_BLOCKED, ...readable(rules.blockedSelectors)].join(', ');
}

export function maskedTextSelector(rules: PrivacyRules): string {
  return rules.level === 'strict' ? '*' : `${privateSelector(rules)}, ${TYPED_TEXT}`;
}

/** Fields that no level shows. */
const SENSITIVE_TYPES = new Set(['password', 'hidden', 'email', 'tel', 'url']);
const SENSITIVE_NAME =
  /pass|pwd|secret|token|csrf|card|cvc|cvv|iban|account|ssn|social|tax|birth|phone|mail|user|login|pin\b|otp|name|address|street|zip|postal|city/i;

export interface FieldFacts {
  type: string;
  name: string;
  autocomplete: string;
  wasPassword: boolean;
  isPrivate: boolean;
}

/** Whether what stands in a field is replaced before it leaves the page. */
export function masksField(level: PrivacyLevel, field: FieldFacts): boolean {
  if (level !== 'minimal' || field.isPrivate || field.wasPassword) return true;
  if (SENSITIVE_TYPES.has(field.type.toLowerCase())) return true;
  if (field.autocomplete && !['on', 'off'].includes(field.autocomplete)) return true;
  return SENSITIVE_NAME.test(field.name);
}
