import { clock } from '../format';
import type { Playback } from '../replay/playback';
import { button, drawing, el } from '../ui/dom';
import { SPEEDS } from '../ui/preferences';
import { ICON, LINE } from './icons';

export interface ControlActions {
  readonly jumpToError: (direction: 'next' | 'previous') => void;
  readonly setSpeed: (speed: number) => void;
  readonly setSkipIdle: (skip: boolean) => void;
  readonly copyLink: () => void;
  readonly toggleFullScreen: () => void;
  readonly openSheet: () => void;
}

/** The buttons beneath the picture; in mini mode only those that fit an issue's page. */
export class ControlBar {
  readonly element: HTMLElement;
  private readonly playButton: HTMLButtonElement;
  private readonly time = el('span', { class: 'clock-now' }, '0:00');
  private readonly speeds = new Map<number, HTMLInputElement>();
  private readonly speedButton: HTMLButtonElement;
  private readonly skipButton: HTMLButtonElement;
  private readonly fullButton: HTMLButtonElement;
  private shownTime = '';

  constructor(
    private readonly playback: Playback,
    private readonly actions: ControlActions,
    mini: boolean,
    hasErrors: boolean,
  ) {
    this.playButton = button('Play', { class: 'button play' }, () => playback.toggle());
    this.speedButton = button('', { class: 'button speed-cycle' }, () => this.nextSpeed());
    this.skipButton = button(
      'Skip idle time',
      { class: 'button toggle', 'aria-pressed': 'true' },
      () => actions.setSkipIdle(!playback.skipIdle),
      drawing(ICON.skip),
      el('span', { class: 'button-text' }, 'Skip idle'),
    );
    this.fullButton = button('Full screen', { class: 'button' }, actions.toggleFullScreen);
    const errors = [
      this.errorButton('previous', 'Previous error', hasErrors),
      this.errorButton('next', 'Next error', hasErrors),
    ];
    const clockElement = el(
      'span',
      { class: 'clock' },
      this.time,
      el('span', { class: 'clock-of' }, ` / ${clock(playback.durationMs)}`),
    );
    this.element = mini
      ? el(
          'div',
          { class: 'controls', role: 'group', 'aria-label': 'Playback' },
          this.playButton,
          clockElement,
          el('span', { class: 'spring' }),
          this.speedButton,
          this.fullButton,
        )
      : el(
          'div',
          { class: 'controls', role: 'group', 'aria-label': 'Playback' },
          errors[0] ?? null,
          this.playButton,
          errors[1] ?? null,
          clockElement,
          el('span', { class: 'spring' }),
          this.speedChoice(),
          this.skipButton,
          button(
            'Copy link at this time',
            { class: 'button' },
            actions.copyLink,
            drawing(LINE.link, 'icon', false),
          ),
          button(
            'Keyboard shortcuts',
            { class: 'button keys' },
            actions.openSheet,
            drawing(LINE.keys, 'icon', false),
          ),
          this.fullButton,
        );
    playback.onChange(() => this.refresh());
    playback.onTime((ms) => this.showTime(ms));
    document.addEventListener('fullscreenchange', () => this.refresh());
    this.refresh();
    this.showTime(playback.ms);
  }

  private refresh(): void {
    const { playing, status, speed, skipIdle } = this.playback;
    const [label, icon] = playing
      ? (['Pause', ICON.pause] as const)
      : status === 'ended'
        ? (['Play again', ICON.replay] as const)
        : (['Play', ICON.play] as const);
    if (this.playButton.getAttribute('aria-label') !== label || !this.playButton.firstChild) {
      this.playButton.setAttribute('aria-label', label);
      this.playButton.replaceChildren(drawing(icon));
    }
    const radio = this.speeds.get(speed);
    if (radio) radio.checked = true;
    this.speedButton.textContent = `${speed}×`;
    this.speedButton.setAttribute('aria-label', `Speed ${speed}×. Press for the next speed.`);
    this.skipButton.setAttribute('aria-pressed', String(skipIdle));
    const full = document.fullscreenElement !== null;
    this.fullButton.setAttribute('aria-label', full ? 'Leave full screen' : 'Full screen');
    this.fullButton.replaceChildren(drawing(full ? LINE.window : LINE.full, 'icon', false));
  }

  private showTime(ms: number): void {
    const text = clock(ms);
    if (text === this.shownTime) return;
    this.shownTime = text;
    this.time.textContent = text;
  }

  private nextSpeed(): void {
    const index = SPEEDS.findIndex((speed) => speed === this.playback.speed);
    this.actions.setSpeed(SPEEDS[(index + 1) % SPEEDS.length] ?? 1);
  }

  private speedChoice(): HTMLElement {
    const choice = el('div', { class: 'speeds', role: 'radiogroup', 'aria-label': 'Speed' });
    for (const speed of SPEEDS) {
      const radio = el('input', { type: 'radio', name: 'speed', value: speed });
      radio.addEventListener('change', () => this.actions.setSpeed(speed));
      this.speeds.set(speed, radio);
      choice.append(el('label', {}, radio, el('span', {}, `${speed}×`)));
    }
    return choice;
  }

  private errorButton(
    direction: 'next' | 'previous',
    label: string,
    enabled: boolean,
  ): HTMLButtonElement {
    const element = button(
      label,
      { class: 'button', disabled: !enabled },
      () => this.actions.jumpToError(direction),
      drawing(ICON[direction]),
    );
    return element;
  }
}
