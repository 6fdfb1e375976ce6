import { clip } from './json-bytes';

/** Enough to find the element again, short enough to read. */
const MAX_STEPS = 4;
const MAX_TEXT_LENGTH = 80;

/** Generated ids (digits, hashes) differ from visit to visit and would split one issue into many. */
function isStableName(name: string): boolean {
  return name.length <= 40 && !/\d{3,}|[0-9a-f]{8,}/i.test(name) && /^[\w-]+$/.test(name);
}

function step(element: Element): string {
  const tag = element.tagName.toLowerCase();
  const name = element.getAttribute('data-testid') ?? element.getAttribute('name');
  if (element.id && isStableName(element.id)) return `${tag}#${element.id}`;
  if (name && isStableName(name)) return `${tag}[name=${name}]`;
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

/** The label that the visitor saw: of controls that carry a label only, never what was typed. */
export function labelOf(element: Element): string | undefined {
  const control = element.closest('button, a, summary, label, [role=button], [role=link]');
  const input = element.closest('input[type=submit], input[type=button], input[type=reset]');
  const text = input?.getAttribute('value') ?? control?.textContent;
  const label = text?.replace(/\s+/g, ' ').trim();
  return label ? clip(label, MAX_TEXT_LENGTH) : undefined;
}
