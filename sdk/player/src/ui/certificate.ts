import type { Playback } from '../replay/playback';
import { badge, isWhole, statements, verdict } from '../replay/completeness';
import { button, el } from './dom';

/** The badge that says whether the recording is whole, and the sheet with all there is to say. */
export class Certificate {
  readonly element: HTMLButtonElement;
  readonly sheet: HTMLDialogElement;
  private readonly list = el('ul', { class: 'certificate' });
  private readonly verdict = el('p', { class: 'certificate-verdict' });

  constructor(private readonly playback: Playback) {
    this.element = button(
      'Complete',
      { class: 'chip badge-button', 'aria-haspopup': 'dialog' },
      () => this.open(),
    );
    this.sheet = el(
      'dialog',
      { class: 'sheet', 'aria-labelledby': 'certificate-title' },
      el('h2', { id: 'certificate-title' }, 'What this recording holds'),
      this.verdict,
      this.list,
      el(
        'footer',
        {},
        button('Close', { class: 'button' }, () => this.sheet.close(), 'Close'),
      ),
    );
    playback.onChange(() => this.refresh());
    this.refresh();
  }

  private refresh(): void {
    const { gaps, session } = this.playback;
    const text = badge(session.completeness, gaps);
    if (this.element.textContent === text) return;
    this.element.textContent = text;
    this.element.setAttribute('aria-label', `${text}. What this recording holds`);
    this.element.dataset['tone'] = isWhole(session.completeness, gaps) ? 'good' : 'warn';
  }

  private open(): void {
    const { gaps, session } = this.playback;
    this.verdict.textContent = verdict(session.completeness, gaps);
    this.list.replaceChildren(
      ...statements(session.completeness, gaps).map(({ lost, text }) =>
        el(
          'li',
          { 'data-lost': lost },
          lost ? el('span', { class: 'visually-hidden' }, 'Missing: ') : null,
          text,
        ),
      ),
    );
    this.sheet.showModal();
  }
}
