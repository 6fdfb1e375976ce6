import type { Read } from '../api';
import type { TimelineEvent } from '../model/session';
import type { Playback } from '../replay/playback';
import { el } from '../ui/dom';
import { EventList, type Row } from './eventList';
import { ReportCardPanel } from './reportCard';
import { rowOf, rowOfMarker } from './rows';
import { Tabs } from './tabs';

/** The tabs beside the picture, all following one playhead. */
export function buildPanels(
  playback: Playback,
  events: Read<readonly TimelineEvent[]>,
  selected: string,
  actions: { readonly reload: () => void; readonly onSelect: (tab: string) => void },
): HTMLElement {
  const { session } = playback;
  const seek = (ms: number): void => void playback.seek(ms);
  const all = events.ok ? events.value : [];
  const lists: EventList[] = [];

  const listOf = (
    rows: readonly Row[],
    name: string,
    empty: string,
    levels: boolean,
  ): HTMLElement => {
    const list = new EventList(rows, { name, empty }, seek, levels);
    lists.push(list);
    return list.element;
  };
  const ofKinds = (...kinds: string[]): Row[] =>
    all.filter((event) => kinds.includes(event.kind)).map(rowOf);
  const lost = events.ok ? null : `These events could not be loaded. ${events.failure.message}`;

  const console_ = ofKinds('console');
  const network = ofKinds('network');
  const custom = ofKinds('custom');
  const errors = session.markers.map(rowOfMarker);
  const troubled = (rows: readonly Row[]): boolean => rows.some((row) => row.level === 'error');
  const card = new ReportCardPanel(session.reportCard, seek, actions.reload);
  const tabs = new Tabs(
    [
      {
        id: 'errors',
        title: 'Errors',
        count: errors.length,
        alert: errors.length > 0,
        content: listOf(errors, 'Errors', 'No failure was recognised in this session.', false),
      },
      { id: 'card', title: 'Report card', count: null, content: card.element },
      {
        id: 'console',
        title: 'Console',
        count: console_.length,
        alert: troubled(console_),
        content: listOf(
          console_,
          'Console',
          lost ?? 'The page wrote nothing to its console.',
          true,
        ),
      },
      {
        id: 'network',
        title: 'Network',
        count: network.length,
        alert: troubled(network),
        content: listOf(network, 'Network', lost ?? 'No request was recorded.', true),
      },
      {
        id: 'custom',
        title: 'Custom',
        count: custom.length,
        content: listOf(
          custom,
          'Custom events',
          lost ?? 'The site sent no events of its own.',
          false,
        ),
      },
    ],
    selected,
    actions.onSelect,
  );
  playback.onTime((ms) => {
    for (const list of lists) list.showTime(ms);
  });
  for (const list of lists) list.showTime(playback.ms);
  return tabs.element;
}

/** Stands where the panels will be, so that nothing moves when they come. */
export function panelPlaceholder(): HTMLElement {
  return el('aside', { class: 'panel', 'aria-label': 'Details', 'aria-busy': 'true' });
}
