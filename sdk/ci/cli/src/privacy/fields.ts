import type { Frame, Locator, Page } from 'playwright-core';
import { canaryFor, type Canary, type FieldFacts } from './canaries';

/** Hidden fields and what a script filled: a shorter value stands in many places. */
const SHORTEST_FOUND = 8;
const TYPING_TIMEOUT_MS = 5_000;

interface FoundField extends FieldFacts {
  label: string;
  value: string;
  isVisible: boolean;
  isWritable: boolean;
}

/** In the page: what the field says about itself, and how people would call it. */
function describe(element: Element): FoundField {
  const field = element as HTMLInputElement;
  const isField = element.matches('input, textarea, select');
  const id = element.id ? `#${element.id}` : '';
  const name = element.getAttribute('name');
  const box = element.getBoundingClientRect();
  const own = isField ? field.labels?.[0]?.textContent : undefined;
  const called = own?.trim().slice(0, 40) ?? '';
  const selector = `${element.localName}${id}${name ? `[name=${name}]` : ''}`;
  return {
    tag: element.localName,
    type: element.localName === 'input' ? field.type : '',
    hints: ['name', 'id', 'autocomplete', 'inputmode']
      .map((attribute) => element.getAttribute(attribute) ?? '')
      .join(' '),
    maxLength: isField ? field.maxLength : -1,
    label: called ? `"${called}" ${selector}` : selector,
    value: isField ? field.value : '',
    isVisible: box.width > 0 && box.height > 0,
    isWritable: !(isField && (field.disabled || field.readOnly)),
  };
}

/** In the page: sets a value as a script of the page would. */
function assign(element: Element, value: string): void {
  if (element.matches('input, textarea')) (element as HTMLInputElement).value = value;
  else element.textContent = value;
  element.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  element.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
}

/** In the page: "show password". */
function uncover(element: Element): void {
  (element as HTMLInputElement).type = 'text';
}

async function enter(at: Locator, field: FoundField, value: string): Promise<void> {
  if (field.isVisible && field.isWritable && field.type !== 'date') {
    try {
      await at.click({ timeout: TYPING_TIMEOUT_MS });
      await at.press('ControlOrMeta+a', { timeout: TYPING_TIMEOUT_MS });
      await at.pressSequentially(value, { timeout: TYPING_TIMEOUT_MS });
      await at.blur({ timeout: TYPING_TIMEOUT_MS });
      return;
    } catch {
      // Something lies over it, or the page has taken it away: a script's way still tells.
    }
  }
  await at.evaluate(assign, value);
}

async function fillFrame(frame: Frame, place: string): Promise<Canary[]> {
  const canaries: Canary[] = [];
  // Locators look into open shadow roots, too.
  const found = frame.locator('input, textarea, [contenteditable]:not([contenteditable="false"])');
  for (const at of await found.all()) {
    try {
      const field = await at.evaluate(describe, undefined, { timeout: TYPING_TIMEOUT_MS });
      const label = field.label + place;
      if (field.type === 'hidden') {
        if (field.value.length >= SHORTEST_FOUND)
          canaries.push({ field: label, value: field.value });
        continue;
      }
      const value = canaryFor(field);
      if (value === undefined) continue;
      await enter(at, field, value);
      canaries.push({ field: label, value });
      if (field.type === 'password') {
        await at.evaluate(uncover);
        await at.evaluate(assign, value);
      }
    } catch {
      // Gone while we came to it.
    }
  }
  return canaries;
}

/** Types a canary into every field of the page and of its frames, as far as they can be reached. */
export async function fillPage(page: Page): Promise<Canary[]> {
  const canaries: Canary[] = [];
  for (const frame of page.frames()) {
    const place = frame === page.mainFrame() ? '' : ` in frame ${frame.url()}`;
    canaries.push(...(await fillFrame(frame, place).catch(() => [])));
  }
  return canaries;
}
