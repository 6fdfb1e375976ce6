import { EventType, type eventWithTime } from '@rrweb/types';
import { failureOf } from './api';
import { disarm } from './replay/disarm';
import { Segment } from './replay/segment';
import { Stage } from './replay/stage';

/** A picture without an answer is given up after this time. */
const TIMEOUT_MS = 20_000;

/** One frozen page of a test run: the same stage as a replay's, without its clock. */
async function show(root: HTMLElement, query: URLSearchParams): Promise<void> {
  const theme = query.get('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
  const stage = new Stage(
    () => location.reload(),
    () => undefined,
    () => undefined,
    () => undefined,
  );
  root.append(stage.element);
  stage.wait(true);
  try {
    await draw(stage, await events(query));
  } catch (problem) {
    // because a page can hold anything, and its objects may be away; it is said, not thrown
    stage.show({
      title: 'The page cannot be shown',
      detail: problem instanceof Error ? problem.message : '',
      tone: 'error',
      covers: true,
    });
  } finally {
    stage.wait(false);
  }
}

async function events(query: URLSearchParams): Promise<eventWithTime[]> {
  const id = encodeURIComponent(query.get('snapshot') ?? '');
  const project = new URLSearchParams({ project: query.get('project') ?? '' });
  const answer = await fetch(`/v1/snapshots/${id}/dom?${project}`, {
    credentials: 'same-origin',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!answer.ok) throw new Error(failureOf(answer.status).message);
  const read: unknown = await answer.json();
  return disarm(Array.isArray(read) ? (read as eventWithTime[]) : []);
}

async function draw(stage: Stage, read: readonly eventWithTime[]): Promise<void> {
  const meta = read.find((event) => event.type === EventType.Meta);
  const { width, height } = meta ? meta.data : { width: 1280, height: 720 };
  const startedAt = read[0]?.timestamp ?? 0;
  const screen = stage.newScreen();
  const segment = await Segment.create(read, {
    startedAt,
    endsAt: 1_000,
    viewport: { width, height },
    root: screen.root,
    mouseTail: false,
    onSize: (w, h) => screen.resize(w, h),
    onRebuilt: (frame) => stage.rebuilt(frame),
    onLoss: () => stage.flawed(),
  });
  segment.show(500);
  screen.resize(width, height);
  screen.reveal();
}

const root = document.getElementById('snapshot');
if (root) void show(root, new URLSearchParams(location.search));
