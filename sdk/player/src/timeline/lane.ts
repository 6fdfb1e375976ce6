import { KIND_WORDS, shapeOfKind } from '../controls/icons';
import { brief, clock, count } from '../format';
import { button, drawing, el } from '../ui/dom';
import { bucketed, type Bucket, type Moment } from './buckets';
import type { Tooltip } from './tooltip';

/** The size of a button on a lane, and so the least distance between two (WCAG 2.5.8). */
const BUTTON_PX = 24;

const GRAVEST = ['js_exception', 'api_error', 'validation_failed'];

/**
 * One row of moments under the scrubber: a single tab stop, the arrow keys go from moment to
 * moment.
 */
export class Lane {
  readonly element: HTMLElement;
  private readonly track = el('div', { class: 'lane-track', 'data-roving': true });
  private buttons: HTMLButtonElement[] = [];
  private width = 0;

  constructor(
    readonly name: string,
    private readonly moments: readonly Moment[],
    private readonly durationMs: number,
    private readonly seek: (ms: number) => void,
    private readonly tooltip: Tooltip,
  ) {
    this.element = el(
      'div',
      {
        class: 'lane',
        role: 'group',
        'aria-label': `${name}, ${count(moments.length, 'moment')} on the timeline`,
      },
      el('span', { class: 'lane-name', 'aria-hidden': 'true' }, name),
      this.track,
    );
    this.track.addEventListener('keydown', (event) => this.onKey(event));
    new ResizeObserver(() => this.layOut()).observe(this.track);
  }

  private layOut(): void {
    const width = this.track.clientWidth;
    if (width === this.width || width === 0) return;
    this.width = width;
    const focused = this.buttons.findIndex((element) => element === document.activeElement);
    const buckets = bucketed(this.moments, (this.durationMs * BUTTON_PX) / width);
    this.buttons = buckets.map((bucket, index) => this.buttonFor(bucket, index === 0));
    this.track.replaceChildren(...this.buttons);
    if (focused >= 0) this.focus(Math.min(focused, this.buttons.length - 1));
  }

  private buttonFor(bucket: Bucket, first: boolean): HTMLButtonElement {
    const kinds = [...new Set(bucket.moments.map((moment) => moment.kind))];
    // Of several kinds in one place the gravest gives the shape.
    const kind = GRAVEST.find((grave) => kinds.includes(grave)) ?? kinds[0] ?? 'custom';
    const label = describe(bucket);
    const many = bucket.moments.length > 1;
    const element = button(
      label,
      { class: 'moment', 'data-kind': kind, tabindex: first ? 0 : -1 },
      () => this.seek(bucket.ms),
      drawing(shapeOfKind(kind), 'shape'),
      many ? el('span', { class: 'moment-count' }, String(bucket.moments.length)) : null,
    );
    element.style.left = `${(bucket.ms / this.durationMs) * 100}%`;
    this.tooltip.describe(element, label);
    return element;
  }

  private onKey(event: KeyboardEvent): void {
    const at = this.buttons.findIndex((element) => element === document.activeElement);
    const last = this.buttons.length - 1;
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.focus(Math.min(last, Math.max(0, to)));
  }

  private focus(index: number): void {
    for (const element of this.buttons) element.tabIndex = -1;
    const element = this.buttons[index];
    if (!element) return;
    element.tabIndex = 0;
    element.focus();
  }
}

function describe(bucket: Bucket): string {
  const first = bucket.moments[0];
  if (!first) return '';
  const what = `${KIND_WORDS[first.kind] ?? 'Event'}: ${brief(first.text)}`;
  const more = bucket.moments.length - 1;
  return `${clock(bucket.ms)} ${what}${more > 0 ? `, and ${more} more` : ''}`;
}
