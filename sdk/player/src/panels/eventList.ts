import { shapeOfKind } from '../controls/icons';
import { preciseClock } from '../format';
import { drawing, el, prefersReducedMotion } from '../ui/dom';
import { matches, rowAt } from './rows';

export interface Row {
  readonly ms: number;
  readonly kind: string;
  readonly level: 'error' | 'warn' | 'info';
  readonly text: string;
  readonly detail: string | null;
  readonly data: unknown;
  /** How many rows of the same moment that look the same stand before it. */
  readonly nth: number;
}

/** Beyond this a list is cut, because the browser lays out every row; the filter finds the rest. */
const MOST_ROWS = 2_000;

/**
 * Rows in the order of time: the current one follows the playhead, a press on one moves it there and
 * opens what was recorded with it. Text
 * filter and "only problems".
 */
export class EventList {
  readonly element: HTMLElement;
  private readonly list = el('ol', { class: 'rows' });
  private readonly status = el('p', { class: 'rows-status', role: 'status' });
  private readonly search = el('input', { type: 'search', class: 'search' });
  private readonly problems = el('input', { type: 'checkbox' });
  private shown: Row[] = [];
  private elements: HTMLLIElement[] = [];
  private current = -1;

  constructor(
    private readonly rows: readonly Row[],
    private readonly words: { readonly name: string; readonly empty: string },
    private readonly pick: (row: Row) => void,
    withLevels: boolean,
  ) {
    this.search.placeholder = `Filter ${words.name.toLowerCase()}`;
    this.search.setAttribute('aria-label', this.search.placeholder);
    this.search.addEventListener('input', () => this.fill());
    this.problems.addEventListener('change', () => this.fill());
    this.element = el(
      'div',
      { class: 'event-list' },
      el(
        'div',
        { class: 'filters' },
        this.search,
        withLevels ? el('label', { class: 'switch' }, this.problems, 'Problems only') : null,
      ),
      this.status,
      this.list,
    );
    this.fill();
  }

  showTime(ms: number): void {
    const index = rowAt(this.shown, ms);
    if (index === this.current) return;
    this.elements[this.current]?.removeAttribute('aria-current');
    this.current = index;
    const element = this.elements[index];
    if (!element) return;
    element.setAttribute('aria-current', 'true');
    // A pointer or the focus on the list means reading: then it must not run away.
    const reading = this.element.matches(':hover') || this.list.contains(document.activeElement);
    if (!reading && this.element.offsetParent !== null && !prefersReducedMotion()) {
      this.scrollTo(element);
    }
  }

  /** Scrolls the list only; `scrollIntoView` would also move the page around the player. */
  private scrollTo(element: HTMLElement): void {
    const { offsetTop, offsetHeight } = element;
    const { clientHeight, scrollTop } = this.list;
    const top = offsetTop - this.list.offsetTop;
    if (top < scrollTop || top + offsetHeight > scrollTop + clientHeight) {
      this.list.scrollTop = top - clientHeight / 2;
    }
  }

  private fill(): void {
    const found = this.rows.filter((row) => matches(row, this.search.value, this.problems.checked));
    this.shown = found.slice(0, MOST_ROWS);
    this.elements = this.shown.map((row) => this.itemFor(row));
    this.current = -1;
    this.list.replaceChildren(...this.elements);
    this.status.textContent =
      this.rows.length === 0
        ? this.words.empty
        : found.length === 0
          ? 'Nothing matches the filter.'
          : found.length > this.shown.length
            ? `The first ${MOST_ROWS} of ${found.length}. Filter to see others.`
            : '';
    this.status.hidden = this.status.textContent === '';
  }

  private itemFor(row: Row): HTMLLIElement {
    const press = el(
      'button',
      { type: 'button', class: 'row' },
      el('span', { class: 'row-time' }, preciseClock(row.ms)),
      el(
        'span',
        { class: 'row-shape', 'data-kind': row.kind, 'data-level': row.level },
        drawing(shapeOf(row), 'shape'),
        row.level === 'info' ? null : el('span', { class: 'visually-hidden' }, `${row.level}: `),
      ),
      el(
        'span',
        { class: 'row-text' },
        row.text,
        row.detail ? el('span', { class: 'row-detail' }, row.detail) : null,
      ),
    );
    press.addEventListener('click', () => this.pick(row));
    return el('li', { 'data-level': row.level }, press);
  }
}

/** A line of the console has the shape of its level: only an error gets the cross. */
function shapeOf(row: Row): string {
  const levelled = { error: row.kind, warn: 'warning', info: 'log' }[row.level];
  return shapeOfKind(row.kind === 'console' ? levelled : row.kind);
}
