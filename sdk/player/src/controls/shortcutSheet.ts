import { SHORTCUTS } from '../keyboard';
import { button, el } from '../ui/dom';

/** The list of shortcuts, with the switch that turns them off. */
export class ShortcutSheet {
  readonly element: HTMLDialogElement;
  private readonly toggle = el('input', { type: 'checkbox', id: 'shortcuts-on' });

  constructor(
    private readonly enabled: () => boolean,
    onToggle: (enabled: boolean) => void,
  ) {
    this.toggle.addEventListener('change', () => onToggle(this.toggle.checked));
    const rows = SHORTCUTS.map(([keys, what]) =>
      el('div', {}, el('dt', {}, el('kbd', {}, keys)), el('dd', {}, what)),
    );
    this.element = el(
      'dialog',
      { class: 'sheet', 'aria-labelledby': 'sheet-title' },
      el('h2', { id: 'sheet-title' }, 'Keyboard shortcuts'),
      el('dl', {}, ...rows),
      el(
        'footer',
        {},
        el('label', { class: 'switch', for: 'shortcuts-on' }, this.toggle, 'Shortcuts are on'),
        button('Close', { class: 'button' }, () => this.element.close(), 'Close'),
      ),
    );
  }

  open(): void {
    this.toggle.checked = this.enabled();
    if (!this.element.open) this.element.showModal();
  }
}
