import {
  expect,
  test as base,
  type BrowserContext,
  type Fixtures,
  type Page,
  type TestInfo,
} from '@playwright/test';
import { recordPage, type PageRecording } from './page-recording';

export { expect };

/** Under `use: { retrospec: … }` in `playwright.config.ts`, or in `test.use`. */
export interface RetroSpecRecording {
  /** The RetroSpec server; else RETROSPEC_URL. */
  url?: string;
  /** An *ingest* key of the project; else RETROSPEC_INGEST_KEY. Without one nothing is recorded. */
  key?: string;
  /** The site's name in RetroSpec; default `end-to-end`. */
  site?: string;
  release?: string;
}

export interface RetroSpecFixtures {
  /** `false`: this test is not recorded. */
  retrospec: RetroSpecRecording | false;
}

/** The type of the annotation that leads to a recording. */
export const ANNOTATION = 'retrospec';

/** The end of a test does not wait longer than this for what was not sent yet. */
const FLUSH_MS = 5_000;
const MAX_TAG = 100;

interface PageClient {
  tag(tag: string): void;
  flush(): Promise<void>;
  getSessionUrl(): string | undefined;
}

function recordingOf(settings: RetroSpecRecording | false, test: TestInfo) {
  if (settings === false) return undefined;
  const url = (settings.url ?? process.env.RETROSPEC_URL ?? '').replace(/\/+$/, '');
  const apiKey = settings.key ?? process.env.RETROSPEC_INGEST_KEY ?? '';
  if (!url || !apiKey) return undefined;
  const name = test.titlePath.join(' › ');
  const again = test.retry > 0 ? [`retry:${test.retry}`] : [];
  const recording: PageRecording = {
    src: `${url}/sdk/retrospec.js`,
    data: {
      apiBaseUrl: url,
      apiKey,
      site: settings.site ?? 'end-to-end',
      environment: 'test',
      ...(settings.release ? { release: settings.release } : {}),
    },
    tags: ['playwright', `test:${name}`.slice(0, MAX_TAG), ...again],
  };
  return recording;
}

/** What a page still holds is sent, with the test's verdict; answers where its replay is. */
async function finish(page: Page, verdict: string): Promise<string | undefined> {
  const late = new Promise<undefined>((resolve) => {
    setTimeout(resolve, FLUSH_MS, undefined).unref();
  });
  const sent = page
    .evaluate(async (tag) => {
      const client = (window as { retrospec?: PageClient }).retrospec;
      if (!client) return undefined;
      client.tag(tag);
      await client.flush();
      return client.getSessionUrl();
    }, verdict)
    .catch(() => undefined);
  return Promise.race([sent, late]);
}

/** The fixtures for a `test` of your own: `base.extend<RetroSpecFixtures>(retrospecFixtures)`. */
export const retrospecFixtures: Fixtures<
  RetroSpecFixtures,
  object,
  { context: BrowserContext },
  object
> = {
  retrospec: [{}, { option: true }],
  context: async ({ context, retrospec }, use, test) => {
    const recording = recordingOf(retrospec, test);
    const urls = new Set<string>();
    if (recording) {
      await context.exposeBinding('__retrospecSession', (_source, url: string) => urls.add(url));
      await context.addInitScript(recordPage, recording);
    }
    await use(context);
    if (!recording) return;
    const verdict = test.status === test.expectedStatus ? 'passed' : 'failed';
    const pages = context.pages().filter((page) => !page.isClosed());
    for (const url of await Promise.all(pages.map((page) => finish(page, verdict)))) {
      if (url) urls.add(url);
    }
    for (const url of urls) test.annotations.push({ type: ANNOTATION, description: url });
  },
};

/** Playwright's `test`, except that its pages record themselves. */
export const test = base.extend<RetroSpecFixtures>(retrospecFixtures);
