import type { Playback } from '../replay/playback';
import { rowAt } from '../panels/rows';
import { Certificate } from './certificate';
import { el } from './dom';
import { WindowBar } from './windowBar';

/** Above the picture: which page it shows and in which window, and whether the recording is whole. */
export class TopBar {
  readonly elements: readonly HTMLElement[];
  private readonly address = el('span', { class: 'address' });
  private shownUrl: string | null = null;

  constructor(private readonly playback: Playback) {
    const { session } = playback;
    const certificate = new Certificate(playback);
    const windows = new WindowBar(playback);
    const size = `${session.viewport.width} × ${session.viewport.height}`;
    const bar = el(
      'header',
      { class: 'topbar' },
      this.address,
      session.status === 'recording'
        ? el('span', { class: 'chip', 'data-tone': 'live' }, 'Still recording')
        : null,
      certificate.element,
      el('span', { class: 'facts' }, size),
      certificate.sheet,
    );
    this.elements = windows.element ? [bar, windows.element] : [bar];
    playback.onTime((ms) => this.showAddress(ms));
    this.showAddress(playback.ms);
  }

  private showAddress(ms: number): void {
    const { pages } = this.playback.session;
    const url = (pages[Math.max(0, rowAt(pages, ms))] ?? { url: '' }).url;
    if (url === this.shownUrl) return;
    this.shownUrl = url;
    this.address.textContent = url;
    this.address.title = url;
  }
}
