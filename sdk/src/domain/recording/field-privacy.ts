import { listen } from '../../browser/listen';
import { undoAll, type Undo } from '../../tools/undo';
import { createIsPrivate, createMarks, masksField, type PrivacyRules } from './privacy-level';

/** The real length would help to guess; this much keeps the look of a filled field. */
const MAX_MASK_LENGTH = 24;
/** Passwords show nothing, not even their length. */
const PASSWORD_MASK = '********';

export interface MaskCounts {
  masked: number;
  /** Values of fields and texts that could have been masked, whether they were or not. */
  maskable: number;
}

export interface FieldPrivacy {
  /** Whether the value (or the choice) of this element must not leave the page. */
  isMasked(element: Element): boolean;
  mask(text: string, element: Element | null): string;
  /** Text that rrweb takes for private, unless the page shows it. */
  maskText(text: string, element: Element | null): string;
  isPrivate(element: Element): boolean;
  isShown(element: Element): boolean;
  countText(isMasked: boolean): void;
  /** Since the last call. */
  takeCounts(): MaskCounts;
  stop: Undo;
}

/** Decides about fields on the live page and remembers which were ever passwords. */
export function createFieldPrivacy(rules: PrivacyRules, page: Document): FieldPrivacy {
  const everPassword = new WeakSet<Element>();
  const markOf = createMarks(rules);
  const isPrivate = createIsPrivate(rules);
  let counts: MaskCounts = { masked: 0, maskable: 0 };

  // "Show password" buttons turn the field into plain text; what was a password stays one.
  function remember(element: unknown): void {
    // By name, not by instanceof: an element of an iframe is of another window's class.
    const field = element as Partial<HTMLInputElement> | null;
    if (field?.tagName === 'INPUT' && field.type === 'password') everPassword.add(field as Element);
  }
  page.querySelectorAll('input[type=password]').forEach(remember);
  const stop = undoAll(
    ['focusin', 'pointerdown', 'keydown'].map((type) =>
      listen(page, type, (event) => remember(event.target), { capture: true }),
    ),
  );

  function wasPassword(element: Element): boolean {
    remember(element);
    return everPassword.has(element) || element.hasAttribute('data-rr-is-password');
  }

  function isMasked(element: Element): boolean {
    const field = element as Element & { type?: unknown };
    return masksField(rules.level, {
      type: String(field.type ?? element.getAttribute('type') ?? ''),
      name: `${element.getAttribute('name') ?? ''} ${element.id}`,
      autocomplete: element.getAttribute('autocomplete') ?? '',
      wasPassword: wasPassword(element),
      mark: markOf(element),
    });
  }

  return {
    isMasked,
    isPrivate,
    stop,
    isShown: (element) => markOf(element) === 'shown',
    mask(text, element) {
      if (text === '') return text;
      counts.maskable++;
      if (element && !isMasked(element)) return text;
      counts.masked++;
      if (element && wasPassword(element)) return PASSWORD_MASK;
      return '*'.repeat(Math.min(text.length, MAX_MASK_LENGTH));
    },
    maskText(text, element) {
      const isShown =
        element !== null &&
        (element.tagName === 'TEXTAREA' ? !isMasked(element) : markOf(element) === 'shown');
      return isShown ? text : text.replace(/\S/g, '*');
    },
    countText(masked) {
      counts.maskable++;
      if (masked) counts.masked++;
    },
    takeCounts() {
      const taken = counts;
      counts = { masked: 0, maskable: 0 };
      return taken;
    },
  };
}
