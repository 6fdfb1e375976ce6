import { lasting } from '../format';
import { activeTrack } from '../replay/coverage';
import type { Playback } from '../replay/playback';
import { button, el } from './dom';

/**
 * The browser windows of the session, one button each, and a switch: with it on, the picture moves
 * to the window in which something happens while the one that is shown stands still.
 */
export class WindowBar {
  readonly element: HTMLElement | null;
  private readonly buttons = new Map<string, HTMLButtonElement>();
  private readonly follow = el('input', { type: 'checkbox' });

  constructor(private readonly playback: Playback) {
    const { tracks } = playback.session;
    if (tracks.length < 2) {
      this.element = null;
      return;
    }
    for (const [index, track] of tracks.entries()) {
      const length = (track.chunks.at(-1)?.to ?? 0) - (track.chunks[0]?.from ?? 0);
      const name = `Window ${index + 1}, ${lasting(length)}`;
      const press = button(name, { class: 'window' }, () => this.choose(track.windowId));
      press.append(`Window ${index + 1}`, el('span', { class: 'window-length' }, lasting(length)));
      this.buttons.set(track.windowId, press);
    }
    this.follow.checked = true;
    this.element = el(
      'div',
      { class: 'windows', role: 'group', 'aria-label': 'Browser windows' },
      ...this.buttons.values(),
      el('label', { class: 'switch' }, this.follow, 'Follow the visitor'),
    );
    playback.onChange(() => this.refresh());
    playback.onTime((ms) => this.followTo(ms));
    this.refresh();
  }

  private choose(windowId: string): void {
    this.follow.checked = false;
    void this.playback.switchTrack(windowId);
  }

  private followTo(ms: number): void {
    const { playback } = this;
    if (!this.follow.checked || playback.status !== 'playing') return;
    const active = activeTrack(playback.session, playback.track, ms);
    if (active && active !== playback.track) void playback.switchTrack(active.windowId);
  }

  private refresh(): void {
    for (const [windowId, element] of this.buttons) {
      element.setAttribute('aria-pressed', String(windowId === this.playback.track?.windowId));
    }
  }
}
