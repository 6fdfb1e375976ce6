import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { replayToEnd, type Replayed } from './replaying';
import { useStage, type RetrospecWindow } from './stages';

const stage = useStage();

const COMPONENT = `<main></main><aside></aside><script>
  const host = document.querySelector('main').appendChild(document.createElement('shop-cart'));
  const root = host.attachShadow({ mode: 'open' });
  root.innerHTML = '<b>empty</b><shop-item></shop-item>';
  const item = root.querySelector('shop-item');
  item.attachShadow({ mode: 'open' }).innerHTML = '<i>none</i>';
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('b { color: rgb(1, 2, 3) }');
  root.adoptedStyleSheets = [sheet];
  window.fill = (text) => {
    root.querySelector('b').textContent = text;
    item.shadowRoot.innerHTML = '<i>' + text + '</i>';
  };
  /** Long enough for what changed to be told. */
  window.rest = () => new Promise((resolve) => setTimeout(resolve, 100));
</script>`;

interface ComponentWindow {
  fill(text: string): void;
  rest(): Promise<void>;
}

/** What the replay shows after the page did something. */
async function replayAfter(act: (page: Page) => Promise<void>): Promise<Replayed> {
  stage.current.pages['/'] = { body: COMPONENT };
  const page = await stage.current.open('/');
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
  await act(page);
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
  return replayToEnd(stage.current);
}

/** IncrementalSource.AdoptedStyleSheet. */
const ADOPTED_SHEETS = 15;

const SHOWN = ['<b>two</b><shop-item></shop-item>', '<i>two</i>'];

test('what changes in a shadow root is recorded, whatever frames came and went before', async () => {
  const replayed = await replayAfter((page) =>
    page.evaluate(async () => {
      const { fill, rest } = window as never as ComponentWindow;
      for (let n = 0; n < 2; n++) {
        const frame = document.createElement('iframe');
        frame.srcdoc = '<p>in</p>';
        const loaded = new Promise((resolve) => (frame.onload = resolve));
        document.querySelector('aside')?.append(frame);
        await loaded;
        await rest();
        frame.remove();
        await rest();
      }
      fill('two');
    }),
  );
  expect(replayed).toMatchObject({ shadows: SHOWN, warnings: [] });
});

test('a shadow root that leaves the page and comes back goes on being recorded', async () => {
  const replayed = await replayAfter((page) =>
    page.evaluate(async () => {
      const { fill, rest } = window as never as ComponentWindow;
      const host = document.querySelector('shop-cart') as Element;
      host.remove();
      await rest();
      fill('one');
      document.querySelector('aside')?.append(host);
      await rest();
      fill('two');
    }),
  );
  expect(replayed).toMatchObject({ shadows: SHOWN, warnings: [] });
});

test('a shadow root that moves within the page goes on being recorded', async () => {
  const replayed = await replayAfter((page) =>
    page.evaluate(async () => {
      const { fill, rest } = window as never as ComponentWindow;
      document.querySelector('aside')?.append(document.querySelector('shop-cart') as Element);
      await rest();
      fill('two');
    }),
  );
  expect(replayed).toMatchObject({ shadows: SHOWN, warnings: [] });
  const events = stage.current.sink.chunks.flatMap((chunk) => chunk.body.events);
  // With the picture, and for the host that the replay makes anew.
  expect(events.filter(({ data }) => data.source === ADOPTED_SHEETS)).toHaveLength(2);
});

test('what leaves a new shadow root and comes back at once is recorded, and what stands before it', async () => {
  const replayed = await replayAfter((page) =>
    page.evaluate(async () => {
      const host = document.createElement('shop-list');
      const root = host.attachShadow({ mode: 'open' });
      root.innerHTML = '<u>one</u><s>two</s>';
      document.querySelector('aside')?.append(host);
      await Promise.resolve();
      const two = root.lastElementChild as Element;
      two.remove();
      await Promise.resolve();
      root.append(two);
      await Promise.resolve();
      root.insertBefore(document.createElement('em'), two);
    }),
  );
  expect(replayed).toMatchObject({ warnings: [] });
  expect(replayed.shadows).toContain('<u>one</u><em></em><s>two</s>');
});

test('a host that goes in the moment it came leaves the others be', async () => {
  const replayed = await replayAfter((page) =>
    page.evaluate(async () => {
      const { fill, rest } = window as never as ComponentWindow;
      for (let n = 0; n < 3; n++) {
        const brief = document.createElement('shop-hint');
        document.querySelector('aside')?.append(brief);
        brief.attachShadow({ mode: 'open' }).innerHTML = '<u>hint</u>';
        await Promise.resolve();
        brief.remove();
      }
      await rest();
      fill('two');
    }),
  );
  expect(replayed).toMatchObject({ shadows: SHOWN, warnings: [] });
});
