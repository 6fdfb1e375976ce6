import type { CDPSession } from 'playwright-core';
import { expect, test } from 'vitest';
import { useStage, type RetrospecWindow } from './stages';

const stage = useStage();

/** Views with a shadow root, a request and a log line each; some with a frame, of which half are loaded in time. */
const APPLICATION = `<script>
  let views = 0;
  window.visit = async (count, viewsPerPause) => {
    for (let n = 0; n < count; n++) {
      views++;
      history.pushState({}, '', '/view/' + (views % 7));
      const main = document.querySelector('main');
      main.innerHTML = Array.from({ length: 60 }, (_, i) => '<p class="v' + views % 5 + '">' + i + '</p>').join('') +
        '<button>Next</button><div id="host"></div>' + (views % 5 ? '' : '<iframe srcdoc="<p>in</p>"></iframe>');
      document.querySelector('#host').attachShadow({ mode: 'open' }).innerHTML = '<i>shadow</i>';
      main.querySelector('button').click();
      console.log('view', views);
      await fetch('/status/200').then((response) => response.text());
      if (views % viewsPerPause === 0) { retrospec.pause(); retrospec.resume(); }
      await new Promise((resolve) => setTimeout(resolve, views % 10 === 5 ? 40 : 4));
    }
  };
</script>`;

interface Footprint {
  heap: number;
  nodes: number;
  listeners: number;
}

async function footprint(client: CDPSession): Promise<Footprint> {
  for (let n = 0; n < 3; n++) await client.send('HeapProfiler.collectGarbage');
  const { metrics } = await client.send('Performance.getMetrics');
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
  return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') };
}

test.each([
  ['without a pause', Infinity],
  ['with pauses', 20],
])(
  'an hour of views %s leaves no heap, no nodes and no listeners behind',
  async (_, often) => {
    stage.current.pages['/'] = { head: APPLICATION, body: '<main></main>' };
    const page = await stage.current.open('/');
    const client = await page.context().newCDPSession(page);
    await client.send('Performance.enable');
    const visit = async (count: number) => {
      await page.evaluate(
        ([views, viewsPerPause]) =>
          (window as never as { visit(...counts: number[]): Promise<void> }).visit(
            views,
            viewsPerPause,
          ),
        [count, often] as const,
      );
      await page.evaluate(() => (window as never as RetrospecWindow).retrospec.flush());
      return footprint(client);
    };
    const warm = await visit(60);
    const late = await visit(180);
    if (process.env.RETROSPEC_LEAKS) process.stdout.write(`${JSON.stringify({ warm, late })}\n`);
    expect(late.listeners - warm.listeners).toBeLessThan(30);
    expect(late.nodes - warm.nodes).toBeLessThan(750);
    expect(late.heap - warm.heap).toBeLessThan(1_000_000);
  },
  60_000,
);
