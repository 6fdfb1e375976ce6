import { count, lasting } from '../format';
import type { Playback } from '../replay/playback';
import { rowAt } from '../panels/rows';
import { el } from './dom';

/** Above the picture: which page it shows, which window, and what the recording lacks. */
export class TopBar {
  readonly element: HTMLElement;
  private readonly address = el('span', { class: 'address' });
  private readonly lacks = el('span', { class: 'chip', hidden: true });
  private shownUrl: string | null = null;

  constructor(private readonly playback: Playback) {
    const { session } = playback;
    const size = `${session.viewport.width} × ${session.viewport.height}`;
    this.element = el(
      'header',
      { class: 'topbar' },
      this.windowChoice(),
      this.address,
      session.status === 'recording'
        ? el('span', { class: 'chip', 'data-tone': 'live' }, 'Still recording')
        : null,
      this.lacks,
      el('span', { class: 'facts' }, size),
    );
    playback.onTime((ms) => this.showAddress(ms));
    playback.onChange(() => this.showLacks());
    this.showAddress(playback.ms);
    this.showLacks();
  }

  private windowChoice(): HTMLElement | null {
    const { tracks } = this.playback.session;
    if (tracks.length < 2) return null;
    const select = el('select', { class: 'windows', 'aria-label': 'Browser window' });
    for (const [index, track] of tracks.entries()) {
      const length = (track.chunks.at(-1)?.to ?? 0) - (track.chunks[0]?.from ?? 0);
      select.append(
        el('option', { value: track.windowId }, `Window ${index + 1} · ${lasting(length)}`),
      );
    }
    select.value = this.playback.track?.windowId ?? '';
    select.addEventListener('change', () => void this.playback.switchTrack(select.value));
    return select;
  }

  private showAddress(ms: number): void {
    const { pages } = this.playback.session;
    const url = (pages[Math.max(0, rowAt(pages, ms))] ?? { url: '' }).url;
    if (url === this.shownUrl) return;
    this.shownUrl = url;
    this.address.textContent = url;
    this.address.title = url;
  }

  private showLacks(): void {
    const { gaps, session } = this.playback;
    const { completeness } = session;
    const missing = gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0);
    const facts = [
      gaps.length > 0 ? `${count(gaps.length, 'gap')}, ${lasting(missing)}` : null,
      completeness.dropped > 0 ? `${count(completeness.dropped, 'event')} dropped` : null,
      completeness.unlisted > 0 ? `${count(completeness.unlisted, 'event')} not listed` : null,
    ].filter((fact) => fact !== null);
    this.lacks.hidden = facts.length === 0;
    this.lacks.textContent = facts.join(' · ');
  }
}
