import { expect, test } from 'vitest';
import { useStage, type RetrospecWindow } from './stages';

const stage = useStage();

const SPY = `<script>
  window.seen = [];
  const nativeFetch = window.fetch;
  window.spyFetch = function (...args) {
    const promise = nativeFetch.apply(window, args);
    window.seen.push({ args, promise });
    return promise;
  };
  window.fetch = window.spyFetch;
  window.originals = [window.fetch, console.log, console.error, XMLHttpRequest.prototype.open,
    XMLHttpRequest.prototype.send, history.pushState, history.replaceState];
</script>`;

test('fetch gets the very arguments of the page and gives back the very promise', async () => {
  stage.current.pages['/'] = { head: SPY, body: '' };
  const page = await stage.current.open('/');
  const verdict = await page.evaluate(async () => {
    type Call = { args: unknown[]; promise: Promise<unknown> };
    const seen = (window as never as { seen: Call[] }).seen;
    seen.length = 0;
    const url = new URL('/status/200', location.href);
    const init = { method: 'POST', body: 'x', extra: { own: true } };
    const promise = fetch(url, init as RequestInit);
    await promise;
    const call = seen.find((it) => it.args[0] === url);
    return {
      args: call?.args[1] === init && call.args.length === 2,
      promise: call?.promise === promise,
    };
  });
  expect(verdict).toEqual({ args: true, promise: true });
});

test('stop puts every patched function back', async () => {
  stage.current.pages['/'] = { head: SPY, body: '' };
  const page = await stage.current.open('/');
  const verdict = await page.evaluate(async () => {
    const current = () =>
      [
        window.fetch,
        console.log,
        console.error,
        XMLHttpRequest.prototype.open,
        XMLHttpRequest.prototype.send,
        history.pushState,
        history.replaceState,
      ] as unknown[];
    const { originals } = window as never as { originals: unknown[] };
    const patched = current().filter((it, index) => it !== originals[index]).length;
    await (window as never as RetrospecWindow).retrospec.stop();
    const left = current().filter((it, index) => it !== originals[index]).length;
    return { patched, left, ownPushState: Object.hasOwn(history, 'pushState') };
  });
  expect(verdict).toEqual({ patched: 7, left: 0, ownPushState: false });
});

test('after stop nothing is recorded, and start goes on in the same session', async () => {
  stage.current.pages['/'] = { body: '<p id="text">One</p>' };
  const page = await stage.current.open('/');
  const ids = await page.evaluate(async () => {
    const { retrospec } = window as never as RetrospecWindow;
    const id = await retrospec.stop();
    document.querySelector('#text')?.append('canary-after-stop');
    document.querySelector('#text')?.remove();
    retrospec.start();
    await retrospec.flush();
    return [id, retrospec.sessionId()];
  });
  expect(ids[0]).toBe(ids[1]);
  const wire = stage.current.sink.chunks.map((chunk) => chunk.text).join('');
  expect(wire).not.toContain('canary-after-stop');
  const snapshots = stage.current.sink.chunks
    .flatMap((c) => c.body.events)
    .filter((e) => e.type === 2);
  expect(snapshots).toHaveLength(2);
});

test('stop with discard sends nothing that was not sent', async () => {
  stage.current.pages['/'] = { body: '' };
  const page = await stage.current.open('/');
  await page.evaluate(async () => {
    const { retrospec } = window as never as RetrospecWindow;
    await retrospec.flush();
    retrospec.addCustomEvent('canary-discarded');
    await retrospec.stop({ discard: true });
    await retrospec.flush();
  });
  await page.goto('about:blank');
  expect(stage.current.sink.chunks.map((chunk) => chunk.text).join('')).not.toContain('canary');
});

test('who opted out is not recorded until the visitor opts in again', async () => {
  stage.current.pages['/'] = { body: '' };
  const page = await stage.current.open('/');
  await page.evaluate(() => (window as never as RetrospecWindow).retrospec.optOut());
  const before = stage.current.sink.chunks.length;
  await page.reload();
  const state = await page.evaluate(async () => {
    const { retrospec } = window as never as RetrospecWindow;
    await retrospec.flush();
    const opted = retrospec.isRecording();
    retrospec.optIn();
    return [opted, retrospec.isRecording()];
  });
  expect(state).toEqual([false, true]);
  expect(stage.current.sink.chunks.length).toBe(before);
});

test('a page that waits for consent finds nothing stored and nothing sent', async () => {
  stage.current.pages['/'] = { body: '', tag: 'data-auto-start="false" data-user-id="u-1"' };
  const page = await stage.current.open('/');
  const stored = () => page.evaluate(() => [sessionStorage.length, localStorage.length]);
  expect(await stored()).toEqual([0, 0]);
  await page.reload();
  expect(await stored()).toEqual([0, 0]);
  await page.evaluate(async () => {
    const { retrospec } = window as never as RetrospecWindow;
    retrospec.start();
    await retrospec.flush();
  });
  expect((await stored())[0]).toBeGreaterThan(0);
  expect(stage.current.sink.chunks[0]?.body.session).toMatchObject({ userId: 'u-1' });
});

test('pause sees nothing, resume begins with a whole picture', async () => {
  stage.current.pages['/'] = { body: '<p id="text">One</p>' };
  const page = await stage.current.open('/');
  await page.evaluate(async () => {
    const { retrospec } = window as never as RetrospecWindow;
    retrospec.pause();
    document.querySelector('#text')?.setAttribute('class', 'canary-paused');
    await new Promise((resolve) => setTimeout(resolve, 50));
    document.querySelector('#text')?.removeAttribute('class');
    retrospec.resume();
    await retrospec.flush();
  });
  const wire = stage.current.sink.chunks.map((chunk) => chunk.text).join('');
  expect(wire).not.toContain('canary-paused');
  expect(wire.match(/"type":2,"data":\{"node"/g)).toHaveLength(2);
});

test('the page sees no exception when storage, crypto and network fail us', async () => {
  stage.current.sink.answer = () => ({ status: 500 });
  stage.current.pages['/'] = {
    head: `<script>
      Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });
      Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no', 'SecurityError'); } });
      window.Worker = function () { throw new Error('no workers'); };
    </script>`,
    body: '<button id="go">Go</button>',
  };
  const page = await stage.current.open('/');
  await page.evaluate(() => {
    const { retrospec } = window as never as RetrospecWindow;
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    console.log(cycle, Symbol('s'), 10n, {
      toJSON: () => {
        throw new Error('unreadable');
      },
    });
    retrospec.addCustomEvent('cycle', cycle);
    retrospec.setPrivacyLevel('nonsense');
    retrospec.identify(undefined as never);
    retrospec.tag('tag');
    retrospec.getSessionUrl(null as never);
    return fetch('/status/200').then(() => undefined);
  });
  await page.click('#go');
  await page.waitForTimeout(200);
  expect(stage.current.pageErrors).toEqual([]);
});

test("an exception that the page's own insertRule throws still reaches the page", async () => {
  stage.current.pages['/'] = { head: '<style>p { color: red }</style>', body: '' };
  const page = await stage.current.open('/');
  const name = await page.evaluate(() => {
    try {
      document.styleSheets[0]?.insertRule('??? no rule');
      return 'swallowed';
    } catch (error) {
      return (error as Error).name;
    }
  });
  expect(name).toBe('SyntaxError');
});

test('identity, tags and the link to the dashboard', async () => {
  stage.current.pages['/'] = { body: '' };
  const page = await stage.current.open('/');
  const url = await page.evaluate(async () => {
    const { retrospec } = window as never as RetrospecWindow;
    retrospec.identify('u-17', { org: 'acme', plan: 'gold' });
    retrospec.tag('beta');
    await retrospec.flush();
    return retrospec.getSessionUrl({ at: 1500 });
  });
  const last = stage.current.sink.chunks.at(-1);
  expect(last?.body.session).toMatchObject({ userId: 'u-17', org: 'acme', tags: ['beta'] });
  expect(url).toBe(`${stage.current.sink.url}/admin/sessions/${last?.sessionId ?? ''}?t=1500`);
});

test('no element is added to the page, not even for a moment', async () => {
  stage.current.pages['/'] = {
    head: `<script>
      window.made = [];
      const nativeCreate = Document.prototype.createElement;
      Document.prototype.createElement = function (name) {
        if (/iframe/i.test(name)) window.made.push(name);
        return nativeCreate.apply(this, arguments);
      };
    </script>`,
    body: '<p>Text</p><div id="host"></div>',
  };
  const page = await stage.current.open('/');
  const made = await page.evaluate(async () => {
    document.querySelector('#host')?.attachShadow({ mode: 'open' }).append('shadow');
    document.querySelector('#host')?.append(document.createElement('b'));
    await (window as never as RetrospecWindow).retrospec.flush();
    return (window as never as { made: string[] }).made;
  });
  expect(made).toEqual([]);
});
