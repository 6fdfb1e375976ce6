import type { Read } from '../api';
import type { TimelineEvent } from '../model/timelineEvents';
import type { Payloads } from '../replay/payloads';
import type { Playback } from '../replay/playback';
import { el } from '../ui/dom';
import { EventList, type Row } from './eventList';
import { Inspector, type InspectorActions } from './inspector';
import { ReportCardPanel } from './reportCard';
import { Notes, type NoteActions } from './notes';
import { isProblem, rowOf, rowOfMarker, rowOfServerError } from './rows';
import { type Tab, Tabs } from './tabs';

export interface PanelActions extends InspectorActions, Omit<NoteActions, 'seek'> {
  readonly reload: () => void;
  readonly onSelect: (tab: string) => void;
}

/** What a list is about, and what it says when there is nothing in it. */
interface Listing {
  readonly id: string;
  readonly title: string;
  readonly name?: string;
  readonly kinds: readonly string[];
  readonly empty: string;
}

const LISTINGS: readonly Listing[] = [
  {
    id: 'console',
    title: 'Console',
    kinds: ['console'],
    empty: 'The page wrote nothing to its console.',
  },
  { id: 'network', title: 'Network', kinds: ['network'], empty: 'No request was recorded.' },
  {
    id: 'speed',
    title: 'Speed',
    kinds: ['vital', 'longtask', 'span', 'reduced'],
    empty: 'No web vital, long task or span was recorded.',
  },
  {
    id: 'custom',
    title: 'Custom',
    name: 'Custom events',
    kinds: ['custom'],
    empty: 'The site sent no events of its own.',
  },
];

/** What is asked of the server. */
export const LISTED_KINDS = [...LISTINGS.flatMap((listing) => listing.kinds), 'navigation'];

/** The tabs beside the picture, all following one playhead. */
export class Panels {
  readonly element: HTMLElement;
  private readonly lists: EventList[] = [];
  private readonly inspector: Inspector;
  private readonly tabs: Tabs;
  private readonly notes: Notes;

  constructor(
    private readonly playback: Playback,
    payloads: Payloads,
    events: Read<readonly TimelineEvent[]>,
    selected: string,
    actions: PanelActions,
  ) {
    const { session } = playback;
    this.inspector = new Inspector(payloads, session, actions);
    this.notes = new Notes(session.notes, {
      ...actions,
      seek: (ms) => void playback.seek(ms),
    });
    this.notes.showTime(playback.ms);
    const errors = session.markers.map(rowOfMarker);
    const noFailure = 'No failure was recognised in this session.';
    this.tabs = new Tabs(
      [
        this.tab('errors', 'Errors', errors, () => this.list(errors, 'Errors', noFailure, false)),
        {
          id: 'card',
          title: 'Report card',
          count: null,
          content: () =>
            new ReportCardPanel(session.reportCard, (ms) => void playback.seek(ms), actions.reload)
              .element,
        },
        ...LISTINGS.map((listing) => this.listing(listing, events)),
        ...this.serverErrors(),
        {
          id: 'notes',
          title: 'Notes',
          count: session.notes.length,
          content: () => this.notes.element,
        },
      ],
      selected,
      (tab) => {
        this.inspector.close();
        actions.onSelect(tab);
      },
    );
    this.element = this.tabs.element;
    this.element.append(this.inspector.element);
    playback.onTime((ms) => {
      for (const list of this.lists) list.showTime(ms);
      this.notes.showTime(ms);
    });
  }

  /** Shows the tab with this id. */
  show(tab: string): void {
    this.tabs.show(tab);
  }

  /** Begins a note about the moment that is shown. */
  takeNote(): void {
    this.tabs.show('notes');
    this.notes.focus();
  }

  private listing(listing: Listing, events: Read<readonly TimelineEvent[]>): Tab {
    const { id, title, name = title, kinds } = listing;
    const all = events.ok ? events.value : [];
    const rows = all.filter((event) => kinds.includes(event.kind)).map(rowOf);
    const empty = events.ok
      ? listing.empty
      : `These events could not be loaded. ${events.failure.message}`;
    const levels = rows.some((row) => row.level !== 'info');
    return this.tab(id, title, rows, () => this.list(rows, name, empty, levels));
  }

  /** Only where a server tells: most sites have no filter that does. */
  private serverErrors(): Tab[] {
    const rows = this.playback.session.serverErrors.map(rowOfServerError);
    const content = (): HTMLElement => this.list(rows, 'Server errors', '', false);
    return rows.length > 0 ? [this.tab('server', 'Server', rows, content)] : [];
  }

  private tab(id: string, title: string, rows: readonly Row[], content: () => HTMLElement): Tab {
    return { id, title, count: rows.length, alert: rows.some(isProblem), content };
  }

  private list(rows: readonly Row[], name: string, empty: string, levels: boolean): HTMLElement {
    const pick = (row: Row): void => {
      void this.playback.seek(row.ms);
      void this.inspector.open(row);
    };
    const list = new EventList(rows, { name, empty }, pick, levels);
    this.lists.push(list);
    list.showTime(this.playback.ms);
    return list.element;
  }
}

/** Stands where the panels will be, so that nothing moves when they come. */
export function panelPlaceholder(): HTMLElement {
  return el('aside', { class: 'panel', 'aria-label': 'Details', 'aria-busy': 'true' });
}
