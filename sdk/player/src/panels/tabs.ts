import { el } from '../ui/dom';

export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly count: number | null;
  readonly alert?: boolean;
  /** Made when the tab is first looked at, because a long session has thousands of rows. */
  readonly content: () => HTMLElement;
}

/** Tabs as ARIA describes them: one tab stop, the arrow keys choose. */
export class Tabs {
  readonly element: HTMLElement;
  private readonly buttons: HTMLButtonElement[];
  private readonly panels: HTMLElement[];
  private readonly made = new Set<number>();

  constructor(
    private readonly tabs: readonly Tab[],
    selected: string,
    private readonly onSelect: (id: string) => void,
  ) {
    this.buttons = tabs.map((tab) =>
      el(
        'button',
        { type: 'button', role: 'tab', id: `tab-${tab.id}`, 'aria-controls': `panel-${tab.id}` },
        tab.title,
        // A zero says nothing that the list itself does not say better.
        tab.count === null || tab.count === 0
          ? null
          : el('span', { class: 'badge', 'data-alert': tab.alert === true }, String(tab.count)),
      ),
    );
    this.panels = tabs.map((tab) =>
      el('div', {
        role: 'tabpanel',
        id: `panel-${tab.id}`,
        'aria-labelledby': `tab-${tab.id}`,
        tabindex: 0,
      }),
    );
    const list = el('div', { role: 'tablist', 'aria-label': 'Session details', class: 'tabs' });
    list.append(...this.buttons);
    this.element = el('aside', { class: 'panel', 'aria-label': 'Details' }, list, ...this.panels);
    for (const [index, element] of this.buttons.entries()) {
      element.addEventListener('click', () => this.select(index));
    }
    list.addEventListener('keydown', (event) => this.onKey(event));
    this.select(
      Math.max(
        0,
        tabs.findIndex((tab) => tab.id === selected),
      ),
    );
  }

  /** Shows the tab with this id, as if it had been pressed. */
  show(id: string): void {
    const index = this.tabs.findIndex((tab) => tab.id === id);
    if (index >= 0) this.select(index);
  }

  private select(index: number): void {
    const tab = this.tabs[index];
    if (tab && !this.made.has(index)) {
      this.made.add(index);
      this.panels[index]?.append(tab.content());
    }
    for (const [at, element] of this.buttons.entries()) {
      const chosen = at === index;
      element.setAttribute('aria-selected', String(chosen));
      element.tabIndex = chosen ? 0 : -1;
      const panel = this.panels[at];
      if (panel) panel.hidden = !chosen;
    }
    this.onSelect(this.buttons[index]?.id.replace('tab-', '') ?? '');
  }

  private onKey(event: KeyboardEvent): void {
    const at = this.buttons.findIndex((element) => element.tabIndex === 0);
    const size = this.buttons.length;
    const to = {
      ArrowRight: (at + 1) % size,
      ArrowLeft: (at + size - 1) % size,
      Home: 0,
      End: size - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.select(to);
    this.buttons[to]?.focus();
    this.buttons[to]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
}
