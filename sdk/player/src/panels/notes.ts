import type { Read } from '../api';
import { clock } from '../format';
import type { WireNote } from '../model/wire';
import { button, el } from '../ui/dom';

export interface NoteActions {
  readonly add: (ms: number, text: string) => Promise<Read<WireNote>>;
  readonly remove: (id: string) => Promise<Read<null>>;
  readonly seek: (ms: number) => void;
  readonly say: (text: string) => void;
}

/** As much as the server takes. */
const MAX_LENGTH = 2_000;

/** What people wrote at moments of the session; a new note is about the moment that is shown. */
export class Notes {
  readonly element: HTMLElement;
  private notes: WireNote[];
  private ms = 0;
  private readonly list = el('ol', { class: 'notes' });
  private readonly text = el('textarea', {
    rows: 3,
    maxlength: MAX_LENGTH,
    required: true,
    'aria-label': 'Note',
  });
  private readonly submit = el('button', { type: 'submit', class: 'button small' });

  constructor(
    notes: readonly WireNote[],
    private readonly actions: NoteActions,
  ) {
    this.notes = [...notes];
    const form = el('form', { class: 'note-form' }, this.text, this.submit);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.add();
    });
    this.element = el('div', { class: 'note-panel' }, this.list, form);
    this.fill();
  }

  showTime(ms: number): void {
    this.ms = ms;
    this.submit.textContent = `Add at ${clock(ms)}`;
  }

  /** For the key that begins a note. */
  focus(): void {
    this.text.focus();
  }

  private fill(): void {
    this.list.replaceChildren(
      ...(this.notes.length > 0
        ? this.notes.map((note) => this.row(note))
        : [el('li', { class: 'rows-status' }, 'Nobody has written a note yet.')]),
    );
  }

  private row(note: WireNote): HTMLElement {
    const at = clock(note.atMs);
    return el(
      'li',
      { class: 'note-row' },
      button(`Go to ${at}`, { class: 'note-time' }, () => this.actions.seek(note.atMs), at),
      el('p', {}, note.text),
      el('p', { class: 'note-author' }, note.author.replace(/^user:/, '')),
      button(
        `Remove the note at ${at}`,
        { class: 'button small' },
        () => void this.remove(note),
        'Remove',
      ),
    );
  }

  private async add(): Promise<void> {
    const text = this.text.value.trim();
    if (text === '') return;
    this.submit.disabled = true;
    const added = await this.actions.add(this.ms, text);
    this.submit.disabled = false;
    // What was written stays in its field until the server has it.
    if (!added.ok) {
      this.actions.say(`The note was not kept. ${added.failure.message}`);
      return;
    }
    this.text.value = '';
    this.notes = [...this.notes, added.value].sort((a, b) => a.atMs - b.atMs);
    this.fill();
    this.actions.say('The note is kept');
  }

  private async remove(note: WireNote): Promise<void> {
    const removed = await this.actions.remove(note.id);
    if (!removed.ok) {
      this.actions.say(`It is still there. ${removed.failure.message}`);
      return;
    }
    this.notes = this.notes.filter((other) => other !== note);
    this.fill();
    this.text.focus();
    this.actions.say('The note is removed');
  }
}
