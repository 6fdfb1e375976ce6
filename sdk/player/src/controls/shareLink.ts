import { el } from '../ui/dom';

/** Puts text on the clipboard; answers whether it is there. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text); // because the clipboard needs https, and a server at home has none
  }
}

function copyBySelection(text: string): boolean {
  const field = el('textarea', { class: 'visually-hidden', 'aria-hidden': 'true' });
  field.value = text;
  document.body.append(field);
  const focused = document.activeElement;
  field.select();
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- because it is all there is without https
    return document.execCommand('copy');
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
}
