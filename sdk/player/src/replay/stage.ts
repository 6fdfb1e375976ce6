import { button, el } from '../ui/dom';
import type { Note } from './sentences';

/** One replayer's place on the stage; hidden until its picture stands. */
export interface Screen {
  readonly root: HTMLElement;
  resize(width: number, height: number): void;
  reveal(): void;
  remove(): void;
}

/** Waiting shorter than this is not worth a word. */
const SPINNER_AFTER_MS = 300;

/** A passing note goes away after this time. */
const PASSING_MS = 3_500;

const ACTIONS = { retry: 'Try again', reload: 'Load again', skipGap: 'Jump over it' } as const;

/**
 * Shows the recorded page, scaled to fit and letterboxed, and what there is to say about it. Its
 * own size never depends on the recording, so nothing around it moves.
 */
export class Stage {
  private readonly cover = el('div', { class: 'stage-cover', hidden: true });
  private readonly banner = el('div', { class: 'stage-banner', hidden: true });
  private readonly waiting = el(
    'div',
    { class: 'stage-waiting', hidden: true },
    el('span', { class: 'spinner', 'aria-hidden': 'true' }),
    'Loading this moment…',
  );
  readonly element = el(
    'section',
    { class: 'stage', 'aria-label': 'Replay' },
    this.waiting,
    this.banner,
    this.cover,
  );
  private current: { screen: HTMLElement; width: number; height: number } | null = null;
  private waitTimer = 0;
  private passTimer = 0;
  private shownNote: Note | null = null;

  constructor(
    private readonly onAction: (action: NonNullable<Note['action']>) => void,
    onPress: () => void,
    private readonly onFrame: (frame: HTMLIFrameElement) => void,
    private readonly onPassed: () => void,
  ) {
    new ResizeObserver(() => this.fit()).observe(this.element);
    this.element.addEventListener('click', (event) => {
      if (!(event.target instanceof Element) || event.target.closest('button, a')) return;
      onPress();
    });
  }

  newScreen(): Screen {
    const root = el('div', { class: 'screen' });
    const entry = { screen: root, width: 0, height: 0 };
    this.element.prepend(root);
    return {
      root,
      resize: (width, height) => {
        entry.width = width;
        entry.height = height;
        if (this.current === entry) this.fit();
      },
      reveal: () => {
        this.current?.screen.remove();
        this.current = entry;
        this.fit();
        root.classList.add('is-shown');
      },
      remove: () => root.remove(),
    };
  }

  clear(): void {
    this.current?.screen.remove();
    this.current = null;
  }

  rebuilt(frame: HTMLIFrameElement): void {
    this.onFrame(frame);
  }

  /** Some event could not be drawn; the picture is what the others made of it. */
  flawed(): void {
    this.element.dataset['flawed'] = 'true';
  }

  wait(waiting: boolean): void {
    window.clearTimeout(this.waitTimer);
    if (!waiting) {
      this.waiting.hidden = true;
      return;
    }
    this.waitTimer = window.setTimeout(() => (this.waiting.hidden = false), SPINNER_AFTER_MS);
  }

  show(note: Note | null): void {
    if (note === this.shownNote) return;
    this.shownNote = note;
    window.clearTimeout(this.passTimer);
    this.fill(this.cover, note?.covers ? note : null);
    this.fill(this.banner, note && !note.covers ? note : null);
    this.element.classList.toggle('is-covered', note?.covers === true);
    if (note?.passing) this.passTimer = window.setTimeout(this.onPassed, PASSING_MS);
  }

  private fill(place: HTMLElement, note: Note | null): void {
    place.hidden = note === null;
    place.replaceChildren();
    if (!note) return;
    place.dataset['tone'] = note.tone;
    const action = note.action;
    place.append(
      el(
        'div',
        { class: 'note', role: note.passing ? undefined : 'status' },
        el('strong', {}, note.title),
        note.detail ? el('span', {}, note.detail) : null,
        action
          ? button(
              ACTIONS[action],
              { class: 'button' },
              () => this.onAction(action),
              ACTIONS[action],
            )
          : null,
      ),
    );
  }

  private fit(): void {
    const current = this.current;
    if (!current || current.width === 0 || current.height === 0) return;
    const { clientWidth, clientHeight } = this.element;
    const scale = Math.min(clientWidth / current.width, clientHeight / current.height);
    const left = (clientWidth - current.width * scale) / 2;
    const top = (clientHeight - current.height * scale) / 2;
    current.screen.style.width = `${current.width}px`;
    current.screen.style.height = `${current.height}px`;
    current.screen.style.transform = `translate(${left}px, ${top}px) scale(${scale})`;
  }
}
