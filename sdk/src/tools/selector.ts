import { clip } from './json-bytes';

/** Enough to find the element again, short enough to read. */
const MAX_STEPS = 4;
const MAX_TEXT_LENGTH = 80;

/**
 * The id of a component of Jakarta Faces without the numbers of rows and of components that have no
 * name: `form:table:17:save` is `form:table:*:save`, `j_idt42` is `j_idt*`. Any other name as it is.
 */
export function normalClientId(id: string): string {
  return id.replace(/\bj_idt?\d+/g, 'j_idt*').replace(/:\d+(?=:|$)/g, ':*');
}

/** Generated ids (digits, hashes) differ from visit to visit and would split one issue into many. */
function isStableName(name: string): boolean {
  return name.length <= 40 && !/\d{3,}|[0-9a-f]{8,}/i.test(name) && /^[\w-]+$/.test(name);
}

/** Ids of nested components of Jakarta Faces are long, and stable once their numbers are gone. */
function isStableId(id: string): boolean {
  return id.length <= 80 && id.split(/[:*]/).every((part) => part === '' || isStableName(part));
}

function step(element: Element): string {
  const tag = element.tagName.toLowerCase();
  const name = normalClientId(
    element.getAttribute('data-testid') ?? element.getAttribute('name') ?? '',
  );
  // Not `element.id`: in a form with a field of that name it is the field.
  const id = normalClientId(element.getAttribute('id') ?? '');
  if (id && isStableId(id)) return `${tag}#${id}`;
  if (name && isStableId(name)) return `${tag}[name=${name}]`;
  const classes = [...element.classList].filter(isStableName).slice(0, 2);
  return classes.length ? `${tag}.${classes.join('.')}` : tag;
}

/** A short CSS-like path for people and for grouping; no value or text of the visitor is in it. */
export function describeElement(element: Element): string {
  const steps: string[] = [];
  for (
    let current: Element | null = element;
    current && steps.length < MAX_STEPS;
    current = current.parentElement
  ) {
    const own = step(current);
    steps.unshift(own);
    if (own.includes('#') || current.tagName === 'BODY') break;
  }
  return steps.join(' > ');
}

/** Text within a control that is none of its label: typed, or a choice of many. */
const NO_LABEL =
  'textarea, select, script, style, [contenteditable]:not([contenteditable="false"])';

/**
 * The label that the visitor saw: of controls that carry a label only, never what was typed.
 *
 * @param hides whether what stands in an element must not be told
 */
export function labelOf(
  element: Element,
  hides: (element: Element) => boolean,
): string | undefined {
  const input = element.closest('input[type=submit], input[type=button], input[type=reset]');
  const control = element.closest('button, a, summary, label, [role=button], [role=link]');
  let text = (input && !hides(input) && input.getAttribute('value')) || '';
  if (!input && control) {
    const texts = document.createTreeWalker(control, NodeFilter.SHOW_TEXT);
    // Spaces may fill the text; what is left of it when they are gone is long enough.
    while (text.length < 4 * MAX_TEXT_LENGTH && texts.nextNode()) {
      const owner = texts.currentNode.parentElement;
      if (owner && !owner.closest(NO_LABEL) && !hides(owner)) text += texts.currentNode.nodeValue;
    }
  }
  const label = text.replace(/\s+/g, ' ').trim();
  return label ? clip(label, MAX_TEXT_LENGTH) : undefined;
}
