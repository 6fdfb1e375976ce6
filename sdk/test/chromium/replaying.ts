import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { Stage } from './site';

let player: Promise<string> | undefined;

function playerScript(): Promise<string> {
  player ??= build({
    stdin: {
      contents: `export { Replayer } from '@rrweb/replay'`,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'rrweb',
  }).then((result) => result.outputFiles[0]?.text ?? '');
  return player;
}

export interface Replayed {
  /** What the body shows at the end of everything that was sent. */
  body: string;
  /** What the replayer could not make sense of. */
  warnings: string[];
}

/** Plays what the sink received in rrweb's replayer, to its end. */
export async function replayToEnd(stage: Stage): Promise<Replayed> {
  const events = stage.sink.chunks
    .flatMap((chunk) => chunk.body.events)
    .sort((a, b) => a.timestamp - b.timestamp);
  stage.pages['/replay'] = { body: '<div id="root"></div>', tag: null };
  const page: Page = await stage.open('/replay');
  const warnings: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'warning') warnings.push(message.text());
  });
  await page.addScriptTag({ content: await playerScript() });
  const body = await page.evaluate(async (all) => {
    interface Player {
      iframe: HTMLIFrameElement;
      pause(ms: number): void;
      getMetaData(): { totalTime: number };
    }
    const { rrweb } = window as never as {
      rrweb: { Replayer: new (...args: unknown[]) => Player };
    };
    const root = document.getElementById('root');
    const replayer = new rrweb.Replayer(all, { root, showWarning: true });
    await new Promise((resolve) => setTimeout(resolve, 50));
    replayer.pause(replayer.getMetaData().totalTime + 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    return replayer.iframe.contentDocument?.body.innerHTML ?? '';
  }, events);
  await page.close();
  return { body, warnings };
}
