import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { customEvents, markerOf, markers } from './sightings';
import { useStage } from './stages';

const stage = useStage();

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The page of an application, built as its own build would: against the packages that npm brings. */
async function bundle(framework: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [at(`test/adapters/${framework}-shop.ts`)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    tsconfigRaw: {},
    alias: { '@retrospec/sdk': at('dist/retrospec.mjs') },
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

async function openShop(framework: string) {
  const script = await bundle(framework);
  stage.current.answers['/shop.js'] = () => ({ body: script, type: 'text/javascript' });
  const options = { apiBaseUrl: stage.current.sink.url, apiKey: 'rs_ingest_test', site: 'shop' };
  stage.current.pages['/'] = {
    tag: null,
    body: `<div id="app"></div><app-shop></app-shop><script>
      document.body.dataset.options = ${JSON.stringify(JSON.stringify(options))}</script>
      <script type="module" src="/shop.js"></script>`,
  };
  const page = await stage.current.open('/');
  await page.click('#go');
  return page;
}

const COMPONENTS: Record<string, string> = {
  react: 'Cart',
  vue: 'Cart < Shop',
  angular: '',
};

test.each(['react', 'vue', 'angular'])(
  'an error of a component of %s is one marker, with the way to it',
  async (framework) => {
    await openShop(framework);
    const marker = await markerOf(stage.current, 'reported');
    expect(marker).toMatchObject({
      kind: 'js_exception',
      label: 'TypeError: no price in the cart',
      error: { type: 'TypeError', message: 'no price in the cart' },
    });
    expect(String(marker.evidence ?? '')).toContain(COMPONENTS[framework]);
    await stage.current.sink.until((chunk) => chunk.text.includes('cart.opened'));
    expect(customEvents(stage.current, 'rs.custom')).toContainEqual({
      name: 'cart.opened',
      payload: { items: 2 },
    });
    const told = markers(stage.current).filter((it) => it.kind === 'js_exception');
    expect(told.map((it) => it.subkind)).toEqual(['reported']);
  },
  40_000,
);

test('the error boundary of React shows its fallback, with the way to the replay', async () => {
  const page = await openShop('react');
  const shown = await page.textContent('#fallback');
  expect(shown).toContain('no price in the cart');
  expect(shown).toContain(`${stage.current.sink.url}/admin/sessions/ses_`);
  await page.click('#fallback');
  await page.waitForSelector('#go');
});
