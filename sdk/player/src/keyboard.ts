import type { Playback } from './replay/playback';
import { SPEEDS } from './ui/preferences';

export interface ShortcutActions {
  readonly playback: () => Playback | null;
  readonly jumpToError: (direction: 'next' | 'previous') => void;
  readonly setSpeed: (speed: number) => void;
  readonly toggleFullScreen: () => void;
  readonly setSkipIdle: (skip: boolean) => void;
  readonly copyLink: () => void;
  readonly showTab: (tab: string) => void;
  readonly takeNote: () => void;
  readonly openSheet: () => void;
  readonly enabled: () => boolean;
}

export const SHORTCUTS: readonly (readonly [string, string])[] = [
  ['Space', 'Play or pause'],
  ['← →', 'Back or forward 5 seconds'],
  ['Shift ← →', 'Back or forward 1 second'],
  ['↑ ↓', 'Faster or slower'],
  ['0 1 … 5', 'Speed 0.5×, 1×, 2×, 4×, 8×, 16×'],
  ['[ ]', 'Previous or next error'],
  ['I', 'Skip or play idle time'],
  ['F', 'Full screen'],
  ['Shift U', 'Copy a link to this moment'],
  ['N', 'Write a note at this moment'],
  ['Shift X', 'Errors'],
  ['Shift C', 'Console'],
  ['Shift N', 'Network'],
  ['Shift P', 'Speed of the page'],
  ['Shift E', 'Custom events'],
  ['?', 'This list'],
];

/** The letters that open a tab, together with Shift. */
const TABS: Readonly<Record<string, string>> = {
  X: 'errors',
  C: 'console',
  N: 'network',
  P: 'speed',
  E: 'custom',
};

/** What has its own use for keys. */
const TYPING =
  'input:not([type=range]), textarea, select, [contenteditable]:not([contenteditable=false]), [role=textbox], [role=searchbox], dialog[open] *';

/** What the space bar and the arrow keys mean something else for. */
const OWN_SPACE = 'button, a[href], summary';
const OWN_ARROWS = '[role=tab], [data-roving]';
const OWN_UP_AND_DOWN = 'input, ol, [tabindex="0"]';

/** Single-key shortcuts of the player (switchable, WCAG 2.1.4), also from inside the replay. */
export class Keyboard {
  constructor(private readonly actions: ShortcutActions) {
    document.addEventListener('keydown', this.onKey);
  }

  /** The replay frame's document is made anew by each full snapshot; listening twice is no harm. */
  attach(frame: HTMLIFrameElement): void {
    frame.contentDocument?.addEventListener('keydown', this.onKey, true);
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (!this.actions.enabled() || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // A recorded field is only a picture of a field: only our own fields take the keys.
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest(TYPING)) return;
    if (event.key === ' ' && target?.closest(OWN_SPACE)) return;
    if (event.key.startsWith('Arrow') && target?.closest(OWN_ARROWS)) return;
    const vertical = event.key === 'ArrowUp' || event.key === 'ArrowDown';
    if (vertical && target?.closest(OWN_UP_AND_DOWN)) return;
    if (this.act(event)) event.preventDefault();
  };

  private act(event: KeyboardEvent): boolean {
    const playback = this.actions.playback();
    if (!playback) return false;
    const speed = /^\d$/.test(event.key) ? SPEEDS[Number(event.key)] : undefined;
    if (speed !== undefined) {
      this.actions.setSpeed(speed);
      return true;
    }
    const tab = event.shiftKey ? TABS[event.key] : undefined;
    if (tab !== undefined) {
      this.actions.showTab(tab);
      return true;
    }
    switch (event.key) {
      case ' ':
        playback.toggle();
        return true;
      case 'ArrowLeft':
        void playback.seek(playback.ms - step(event));
        return true;
      case 'ArrowRight':
        void playback.seek(playback.ms + step(event));
        return true;
      case 'ArrowUp':
      case 'ArrowDown':
        this.actions.setSpeed(nextSpeed(playback.speed, event.key === 'ArrowUp' ? 1 : -1));
        return true;
      case 'i':
      case 'I':
        this.actions.setSkipIdle(!playback.skipIdle);
        return true;
      case 'n':
        this.actions.takeNote();
        return true;
      case 'U':
        this.actions.copyLink();
        return true;
      case ']':
        this.actions.jumpToError('next');
        return true;
      case '[':
        this.actions.jumpToError('previous');
        return true;
      case 'f':
      case 'F':
        this.actions.toggleFullScreen();
        return true;
      case '?':
        this.actions.openSheet();
        return true;
      default:
        return false;
    }
  }
}

function step(event: KeyboardEvent): number {
  return event.shiftKey ? 1_000 : 5_000;
}

/** The next choice; the fastest and the slowest stay. */
function nextSpeed(speed: number, step: number): number {
  const index = SPEEDS.findIndex((choice) => choice === speed) + step;
  return SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, index))] ?? 1;
}
