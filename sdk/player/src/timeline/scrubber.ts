import { KIND_WORDS } from '../controls/icons';
import { brief, clock, lasting, spoken } from '../format';
import type { Gap, Span } from '../model/session';
import { spanAt } from '../replay/coverage';
import type { Playback } from '../replay/playback';
import { reasonWords } from '../replay/sentences';
import { el } from '../ui/dom';
import type { Tooltip } from './tooltip';

/** Half the thumb: the native slider's ends lie this far inside its box. */
const INSET_PX = 8;

/** A marker this near to the playhead is named in the slider's text. */
const NEAR_MS = 600;

/** The slider over the whole session, with gaps and idle time drawn as bands. */
export class Scrubber {
  readonly element: HTMLElement;
  private readonly range: HTMLInputElement;
  private readonly played = el('div', { class: 'played' });
  private readonly bands = el('div', { class: 'bands' });
  private drawnGaps: readonly Gap[] | null = null;
  private spokenAt = Number.NEGATIVE_INFINITY;
  private dragging: { resume: boolean } | null = null;

  constructor(
    private readonly playback: Playback,
    private readonly tooltip: Tooltip,
  ) {
    this.range = el('input', {
      type: 'range',
      class: 'range',
      min: 0,
      max: Math.ceil(playback.durationMs),
      step: 'any',
      value: 0,
      'aria-label': 'Time in the session',
    });
    this.element = el(
      'div',
      { class: 'scrubber' },
      el('div', { class: 'rail' }, this.bands, this.played),
      this.range,
    );
    this.range.addEventListener('input', () => this.onInput());
    this.range.addEventListener('change', () => this.onChange());
    this.range.addEventListener('pointermove', (event) => this.hover(event));
    this.range.addEventListener('pointerleave', () => tooltip.hide());
    playback.onTime((ms) => this.showTime(ms));
    playback.onChange(() => this.refresh());
    this.refresh();
    this.showTime(playback.ms);
  }

  private onInput(): void {
    if (!this.dragging) {
      this.dragging = { resume: this.playback.playing };
      if (this.playback.playing) this.playback.pause();
    }
    void this.playback.seek(this.range.valueAsNumber);
  }

  private onChange(): void {
    const resume = this.dragging?.resume === true;
    this.dragging = null;
    if (resume) this.playback.play();
  }

  private showTime(ms: number): void {
    if (!this.dragging) this.range.valueAsNumber = ms;
    this.played.style.width = `${(ms / this.playback.durationMs) * 100}%`;
    // A slider that changes its text at every frame would never let a screen reader finish.
    if (this.playback.status === 'playing' && Math.abs(ms - this.spokenAt) < 5_000) return;
    this.spokenAt = ms;
    this.range.setAttribute('aria-valuetext', this.valueText(ms));
  }

  private valueText(ms: number): string {
    const near = this.playback.session.markers.find((m) => Math.abs(m.ms - ms) <= NEAR_MS);
    const gap = spanAt(this.playback.gaps, ms);
    const idle = spanAt(this.playback.session.idle, ms);
    const state = near
      ? `, error: ${brief(near.label, 80)}`
      : gap
        ? ', nothing recorded here'
        : idle
          ? ', no activity'
          : '';
    return spoken(ms) + state;
  }

  private refresh(): void {
    if (this.playback.gaps !== this.drawnGaps) this.drawBands();
    this.spokenAt = Number.NEGATIVE_INFINITY;
    this.showTime(this.playback.ms);
  }

  private drawBands(): void {
    this.drawnGaps = this.playback.gaps;
    const idle = this.playback.session.idle.map((span) => this.band(span, 'idle'));
    const gaps = this.drawnGaps.map((gap) => this.band(gap, 'gap'));
    this.bands.replaceChildren(...idle, ...gaps);
  }

  private band(span: Span, kind: 'idle' | 'gap'): HTMLElement {
    const { durationMs } = this.playback;
    const from = Math.min(1, span.from / durationMs);
    const to = Math.min(1, span.to / durationMs);
    const element = el('div', { class: `band ${kind}` });
    element.style.left = `${from * 100}%`;
    element.style.width = `max(2px, ${(to - from) * 100}%)`;
    return element;
  }

  private hover(event: PointerEvent): void {
    const box = this.range.getBoundingClientRect();
    const part = (event.clientX - box.left - INSET_PX) / (box.width - 2 * INSET_PX);
    const ms = Math.min(1, Math.max(0, part)) * this.playback.durationMs;
    this.tooltip.show(this.words(ms), event.clientX, box.top);
  }

  private words(ms: number): string {
    const gap = spanAt(this.playback.gaps, ms);
    if (gap)
      return `${clock(ms)} Missing, ${lasting(gap.to - gap.from)}. ${reasonWords(gap.reason)}`;
    const near = this.playback.session.markers.find(
      (m) => Math.abs(m.ms - ms) <= this.playback.durationMs / 150,
    );
    if (near) return `${clock(ms)} ${KIND_WORDS[near.kind] ?? ''}: ${brief(near.label, 70)}`;
    const idle = spanAt(this.playback.session.idle, ms);
    return idle ? `${clock(ms)} No activity for ${lasting(idle.to - idle.from)}` : clock(ms);
  }
}
