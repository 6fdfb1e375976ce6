import type { TimelineEvent } from '../model/timelineEvents';
import { lasting } from '../format';
import type { Playback } from '../replay/playback';
import { textOf } from '../panels/rows';
import { gapWords, reasonWords } from '../replay/sentences';
import { button, el } from '../ui/dom';
import type { Moment } from './buckets';
import { Lane } from './lane';
import { Scrubber } from './scrubber';
import { Tooltip } from './tooltip';

const GRAVE = ['error'];
const ANY = ['error', 'warn', 'info'];

/** The scrubber and its lanes. Lanes without a moment are left out. */
export class Timeline {
  readonly element: HTMLElement;
  private readonly lanes = el('div', { class: 'lanes' });
  private readonly losses = el('ul', { class: 'losses', 'aria-label': 'Missing parts' });
  private readonly cursor = el('div', { class: 'cursor' });
  private readonly tooltip = new Tooltip();

  constructor(
    private readonly playback: Playback,
    private readonly mini: boolean,
  ) {
    const scrubber = new Scrubber(playback, this.tooltip);
    this.element = el(
      'section',
      { class: 'timeline', 'aria-label': 'Timeline' },
      el(
        'div',
        { class: 'lane' },
        el('span', { class: 'lane-name', 'aria-hidden': 'true' }, 'Time'),
        scrubber.element,
      ),
      this.lanes,
      this.losses,
      this.tooltip.element,
    );
    this.lanes.append(el('div', { class: 'cursor-room' }, this.cursor));
    playback.onTime((ms) => this.moveCursor(ms));
    this.moveCursor(playback.ms);
    this.addLane(
      'Errors',
      playback.session.markers.map((m) => ({ ...m, text: m.label })),
    );
    playback.onChange(() => this.listLosses());
    this.listLosses();
  }

  /** Draws the lanes that come from the timeline events, once they are there. */
  addEvents(events: readonly TimelineEvent[]): void {
    if (this.mini) return;
    const moments = (kinds: readonly string[], levels: readonly string[]): Moment[] =>
      events
        .filter((e) => kinds.includes(e.kind) && levels.includes(e.level))
        .map((e) => ({ ms: e.ms, kind: e.kind, text: textOf(e) }));
    this.addLane('Network', moments(['network'], GRAVE));
    this.addLane('Console', moments(['console'], GRAVE));
    this.addLane('Speed', moments(['vital', 'longtask', 'span'], ['warn']));
    this.addLane('Less', moments(['reduced'], ['warn']));
    this.addLane('Custom', moments(['custom'], ANY));
    const pages = moments(['navigation'], ANY);
    this.addLane(
      'Pages',
      pages.length > 0
        ? pages
        : this.playback.session.pages.map((p) => ({ ms: p.ms, kind: 'navigation', text: p.url })),
    );
  }

  private moveCursor(ms: number): void {
    this.cursor.style.setProperty('--at', String(ms / this.playback.durationMs));
  }

  private addLane(name: string, moments: readonly Moment[]): void {
    if (moments.length === 0) return;
    const seek = (ms: number): void => void this.playback.seek(ms);
    const lane = new Lane(name, moments, this.playback.durationMs, seek, this.tooltip);
    this.lanes.append(lane.element);
  }

  /** The bands in words, for those who cannot see or point at them. */
  private listLosses(): void {
    const { gaps } = this.playback;
    if (this.losses.dataset['of'] === JSON.stringify(gaps)) return;
    this.losses.dataset['of'] = JSON.stringify(gaps);
    this.losses.hidden = gaps.length === 0 || this.mini;
    this.losses.replaceChildren(
      ...gaps.map((gap) => {
        const again = gap.retrySeq === undefined ? null : this.retryButton(gap.to - gap.from);
        return el('li', {}, el('span', {}, `${gapWords(gap)}. ${reasonWords(gap.reason)}`), again);
      }),
    );
  }

  private retryButton(ms: number): HTMLButtonElement {
    const label = `Try again to load the missing ${lasting(ms)}`;
    return button(label, { class: 'button small' }, () => void this.playback.retry(), 'Try again');
  }
}
