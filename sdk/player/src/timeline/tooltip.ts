import { el } from '../ui/dom';

/** One small text above whatever is pointed at or focused on the timeline. Escape hides it. */
export class Tooltip {
  readonly element = el('div', { class: 'tooltip', 'aria-hidden': 'true', hidden: true });

  constructor() {
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.hide();
    });
  }

  /** The words are in the target's label already; this shows them to the eye. */
  describe(target: HTMLElement, text: string): void {
    const show = (): void => {
      const box = target.getBoundingClientRect();
      this.show(text, box.left + box.width / 2, box.top);
    };
    target.addEventListener('pointerenter', show);
    target.addEventListener('focus', show);
    target.addEventListener('pointerleave', () => this.hide());
    target.addEventListener('blur', () => this.hide());
  }

  show(text: string, x: number, top: number): void {
    this.element.textContent = text;
    this.element.hidden = false;
    const { offsetWidth, offsetHeight } = this.element;
    const left = Math.min(innerWidth - offsetWidth - 8, Math.max(8, x - offsetWidth / 2));
    this.element.style.left = `${left}px`;
    this.element.style.top = `${Math.max(4, top - offsetHeight - 6)}px`;
  }

  hide(): void {
    this.element.hidden = true;
  }
}
