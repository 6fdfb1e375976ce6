import { listen } from '../../browser/listen';
import { undoAll, type Undo } from '../../tools/undo';
import { masksField, privateSelector, type PrivacyRules } from './privacy-level';

/** The real length would help to guess; this much keeps the look of a filled field. */
const MAX_MASK_LENGTH = 24;
/** Passwords show nothing, not even their length. */
const PASSWORD_MASK = '********';

export interface FieldPrivacy {
  /** Whether the value (or the choice) of this element must not leave the page. */
  isMasked(element: Element): boolean;
  mask(text: string, element: Element | null): string;
  isPrivate(element: Element): boolean;
  /** Elements masked since the last call. */
  takeMaskedCount(): number;
  stop: Undo;
}

/** The element whose shadow root holds this node; undefined in the light of the page. */
export function hostOf(node: Node): Element | undefined {
  const root = node.getRootNode();
  // By node type (a fragment): an `<a>` that stands alone has a `host`, too, which is a text.
  return root.nodeType === 11 ? (root as Partial<ShadowRoot>).host : undefined;
}

/** Decides about fields on the live page and remembers which were ever passwords. */
export function createFieldPrivacy(rules: PrivacyRules, page: Document): FieldPrivacy {
  const everPassword = new WeakSet<Element>();
  const selector = privateSelector(rules);
  let maskedCount = 0;

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

  function isPrivate(element: Element): boolean {
    // `closest` ends at a shadow root, and what is marked is often the host.
    for (let at: Element | undefined = element; at; at = hostOf(at)) {
      if (at.closest(selector)) return true;
    }
    return false;
  }

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
      isPrivate: isPrivate(element),
    });
  }

  return {
    isMasked,
    isPrivate,
    stop,
    mask(text, element) {
      if (element && !isMasked(element)) return text;
      if (text === '') return text;
      maskedCount++;
      if (element && wasPassword(element)) return PASSWORD_MASK;
      return '*'.repeat(Math.min(text.length, MAX_MASK_LENGTH));
    },
    takeMaskedCount() {
      const count = maskedCount;
      maskedCount = 0;
      return count;
    },
  };
}
