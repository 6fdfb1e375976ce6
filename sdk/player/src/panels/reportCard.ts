import { clock, share, words } from '../format';
import type { WireReportCard } from '../model/wire';
import { button, el } from '../ui/dom';

/** What the analysis found, each piece of evidence a link into the replay. */
export class ReportCardPanel {
  readonly element = el('div', { class: 'card' });

  constructor(
    card: WireReportCard | null,
    private readonly seek: (ms: number) => void,
    private readonly reload: () => void,
  ) {
    this.element.append(...this.content(card));
  }

  private content(card: WireReportCard | null): HTMLElement[] {
    if (!card) {
      return [el('p', { class: 'rows-status' }, 'No analysis was made of this session.')];
    }
    switch (card.status) {
      case 'pending':
        return [
          el('p', { class: 'rows-status' }, 'The analysis is still being written.'),
          button('Look again', { class: 'button' }, this.reload, 'Look again'),
        ];
      case 'failed':
        return [
          el('p', { class: 'rows-status' }, 'The analysis failed. The recording is not affected.'),
          button('Look again', { class: 'button' }, this.reload, 'Look again'),
        ];
      case 'discarded':
        return [el('p', { class: 'rows-status' }, 'The analysis was discarded.')];
      default:
        return this.ready(card);
    }
  }

  private ready(card: WireReportCard): HTMLElement[] {
    const parts: HTMLElement[] = [
      el(
        'h3',
        { class: 'card-symptom' },
        card.symptom?.trim() ? card.symptom : 'No symptom was named',
      ),
    ];
    if (typeof card.confidence === 'number') parts.push(confidence(card.confidence));
    const sections: readonly (readonly [string, string | null | undefined])[] = [
      ['Root cause', card.technicalRootCause],
      ['Suggested fix', card.suggestedFix],
      ['What happened', card.textSummary],
      ['What it looked like', card.visualSummary],
    ];
    for (const [title, text] of sections) {
      if (text) parts.push(el('section', {}, el('h4', {}, title), el('p', {}, text)));
    }
    const evidence = card.evidence ?? [];
    if (evidence.length > 0) {
      parts.push(
        el(
          'section',
          {},
          el('h4', {}, 'Evidence'),
          el('ul', { class: 'evidence' }, ...evidence.map((item) => this.evidence(item))),
        ),
      );
    }
    if (card.status !== 'ready') {
      parts.push(el('p', { class: 'rows-status' }, `Status: ${words(card.status)}`));
    }
    return parts;
  }

  private evidence(item: { readonly atMs: number; readonly text: string }): HTMLElement {
    const at = clock(item.atMs);
    return el(
      'li',
      {},
      button(
        `${at}, ${item.text}. Show this moment.`,
        { class: 'row' },
        () => this.seek(item.atMs),
        el('span', { class: 'row-time' }, at),
        el('span', { class: 'row-text' }, item.text),
      ),
    );
  }
}

function confidence(probability: number): HTMLElement {
  const fill = el('span', { class: 'meter-fill' });
  fill.style.width = `${Math.min(1, Math.max(0, probability)) * 100}%`;
  return el(
    'p',
    { class: 'confidence' },
    `Confidence ${share(probability)}`,
    el('span', { class: 'meter', 'aria-hidden': 'true' }, fill),
  );
}
