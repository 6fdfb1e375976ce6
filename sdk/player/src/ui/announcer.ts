import { el } from './dom';

/** Says things to a screen reader without moving the focus. */
export class Announcer {
  readonly element = el('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });

  say(text: string): void {
    // The same words twice in a row are only read when the text really changes.
    this.element.textContent = this.element.textContent === text ? `${text} ` : text;
  }
}
