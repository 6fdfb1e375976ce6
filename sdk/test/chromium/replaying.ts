import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { SCRIPTLESS_RULES } from '../../player/src/replay/scriptless';
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
  /** The same of the frames in it. */
  frames: string[];
  /** The same of the shadow roots, in the order of their hosts. */
  shadows: string[];
  /** What the replayer could not make sense of. */
  warnings: string[];
}

/** Plays what the sink received in rrweb's replayer, to its end. */
export async function replayToEnd(stage: Stage): Promise<Replayed> {
  const { page, warnings } = await openReplay(stage);
  const replayed = await page.evaluate(() => {
    const shown = document.querySelector('iframe')?.contentDocument;
    const inner = [...(shown?.querySelectorAll('iframe') ?? [])];
    const html = (it: Document | null | undefined) => it?.body.innerHTML ?? '';
    const roots = (within: ParentNode | null | undefined): ShadowRoot[] =>
      [...(within?.querySelectorAll('*') ?? [])].flatMap(({ shadowRoot }) =>
        shadowRoot ? [shadowRoot, ...roots(shadowRoot)] : [],
      );
    return {
      body: html(shown),
      frames: inner.map((it) => html(it.contentDocument)),
      shadows: roots(shown).map((it) => it.innerHTML),
    };
  });
  await page.close();
  return { ...replayed, warnings };
}

/**
 * How much the last picture of what the sink received, as large as it was recorded, is like
 * another. The replayer finishes in steps: it is looked at again while it is less than enough.
 */
export async function likenessOfEnd(
  stage: Stage,
  likenessOf: (picture: Buffer) => Promise<number>,
  enough: number,
): Promise<number> {
  const { page } = await openReplay(stage);
  await page.addStyleTag({
    content: 'body { margin: 0 } iframe { border: 0 } .replayer-mouse { display: none }',
  });
  let likeness = 0;
  for (let looks = 0; looks < 5 && likeness < enough; looks++) {
    if (looks > 0) await page.waitForTimeout(500);
    likeness = await likenessOf(
      await page.locator('iframe').screenshot({ animations: 'disabled', caret: 'hide' }),
    );
  }
  await page.close();
  return likeness;
}

async function openReplay(stage: Stage): Promise<{ page: Page; warnings: string[] }> {
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
  await page.evaluate(
    async ({ all, insertStyleRules }) => {
      interface Player {
        pause(ms: number): void;
        getMetaData(): { totalTime: number };
      }
      const { rrweb } = window as never as {
        rrweb: { Replayer: new (...args: unknown[]) => Player };
      };
      const root = document.getElementById('root');
      // As the player does it: no script of the recording ever runs.
      const replayer = new rrweb.Replayer(all, {
        root,
        showWarning: true,
        mouseTail: false,
        insertStyleRules,
      });
      await new Promise((resolve) => setTimeout(resolve, 50));
      replayer.pause(replayer.getMetaData().totalTime + 1);
      await new Promise((resolve) => setTimeout(resolve, 150));
    },
    { all: events, insertStyleRules: [...SCRIPTLESS_RULES] },
  );
  return { page, warnings };
}
