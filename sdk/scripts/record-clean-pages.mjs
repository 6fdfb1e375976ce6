// Records pages without anything private in them, for the test that the server's scrub changes nothing there.
// node scripts/record-clean-pages.mjs ../ejb/src/test/resources/dev/retrospec/recordings/clean
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const target = process.argv[2];
if (!target) throw new Error('where to?');

let seed = 11;
const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
const digits = (count) => Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
const hex = (count) => createHash('sha512').update(String(random())).digest('hex').slice(0, count);
const rows = (count, row) => Array.from({ length: count }, (_, i) => row(i)).join('');
const price = () => `${1 + Math.floor(random() * 9)},${digits(3)}.${digits(2)}`;

/** Bodies of pages, by name. */
const PAGES = {
  prices: `<table>${rows(60, (i) => `<tr><td>Item ${i}</td><td>€ ${price()}</td><td>$<span>${digits(3)}</span>.<sup>${digits(2)}</sup></td><td>-${i} %</td><td>${digits(2)} 000 ₽</td></tr>`)}</table>`,
  orders: `<ul>${rows(60, (i) => `<li id="order-${digits(9)}" data-id="${digits(12)}">Order ORD-${digits(10)} · invoice 2026-${digits(6)} · SKU A-${digits(4)}-${digits(4)}-${digits(4)} · <code>${hex(40)}</code> ${i}</li>`)}</ul>`,
  ids: `<dl>${rows(60, () => `<dt>${randomUUID()}</dt><dd>01HZ${hex(22).toUpperCase()} ${hex(24)} 1${digits(17)} cus_${hex(14)}</dd>`)}</dl>`,
  times: `<ol>${rows(80, (i) => `<li><time datetime="2026-11-21T19:${String(i % 60).padStart(2, '0')}:05.123Z">21.11.2026 19:${String(i % 60).padStart(2, '0')}:05</time> 1795${digits(9)} 2026-11-21 11/21/2026 01-02-2024 12.03.2024 14:30 00:12:45.250</li>`)}</ol>`,
  drawing: `<svg viewBox="0 0 800 400">${rows(80, (i) => `<path d="M${i * 10} ${digits(3)}.${digits(4)}L${digits(3)} ${digits(3)}C${digits(3)}.5,${digits(3)}.25 ${digits(3)},${digits(3)} ${digits(3)},${digits(3)}z" transform="translate(415,555)"/><text x="${i}" y="${digits(3)}">${digits(4)}</text>`)}</svg>`,
  styles: `<style>${rows(120, (i) => `.c${i}::before{content:"\\f${digits(3)}";width:calc(100% - ${digits(3)}px);background:url(/i/${hex(32)}.png?v=${digits(4)})}.a\\@2x{margin:${digits(3)}px}`)}</style><p class="c4111111111111111 x@y">styled</p>`,
  images: rows(
    6,
    () =>
      `<img src="data:image/png;base64,${Buffer.from(hex(128) + digits(400)).toString('base64')}" srcset="/i/logo@2x.png 2x, /i/logo@3x.png 3x" alt="Logo">`,
  ),
  code: `<pre>${rows(30, (i) => `const v${i} = 0x${hex(8)}; // @since 1.${i}.0, see std::vector, a::before, 12::30\n@media (min-width: ${digits(3)}px) { }\nimport x from 'vue@3.2.${i}';\n192.168.0.0/16 127.0.0.1 v10.2.33.4 Chrome/120.0.0.0\n`)}</pre>`,
  science: `<p>3.14159265358979323846264338327950288419716939937510 · 6.02214076e23 · x² + y² = z² · 1/137.035999084 · ${rows(40, () => `${digits(2)}.${digits(16)}, `)}</p>`,
  map: `<ul>${rows(60, () => `<li>48.${digits(6)}, 11.${digits(6)} · N 48° ${digits(2)}′ ${digits(2)}″ · ${digits(3)}-${digits(3)} m · EPSG:25832 · 32U ${digits(6)} ${digits(7)}</li>`)}</ul>`,
  words: `<article>你好，价格是 199 元，共 1２３ 件。 Ｑ１：① ② ③ Straße № 5, 2×4, ½ l, 100–200 g. Café\u00ADhaus soft\u00ADhyphen zero\u200Bwidth family 👩\u200D👩\u200D👧 basic tokens and bearer of news, a token of appreciation, password policy: at least 12 characters, PIN pads, cards in 3 colours. ${rows(40, (i) => `Paragraph ${i} with ${digits(2)} words, p < 0.0${i}. `)}</article>`,
  versions: `<table>${rows(60, (i) => `<tr><td>1.${i}.${digits(2)}</td><td>build ${digits(4)}.${digits(2)}</td><td>rev ${hex(12)}</td><td>${digits(2)}.${digits(2)}.${digits(2)} MB</td><td>sha256:${hex(64)}</td></tr>`)}</table>`,
};

const bundle = await build({
  stdin: {
    contents: "import { record } from '@rrweb/record'; window.record = record;",
    resolveDir: '.',
  },
  bundle: true,
  write: false,
  format: 'iife',
});
const browser = await chromium.launch({
  executablePath: process.env.RETROSPEC_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
mkdirSync(target, { recursive: true });
for (const [name, body] of Object.entries(PAGES)) {
  const page = await browser.newPage();
  await page.route('**/*', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><meta charset="utf-8"><title>${name}</title>${body}`,
    }),
  );
  await page.goto(`https://shop.example/${name}?page=2#top`);
  await page.evaluate(bundle.outputFiles[0].text);
  const events = await page.evaluate(async () => {
    const events = [];
    const stop = window.record({ emit: (event) => events.push(event) });
    // The same once more, as a mutation, and as texts that change.
    const copy = document.createElement('section');
    copy.innerHTML = document.body.innerHTML;
    document.body.append(copy);
    const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
    for (let i = 0; i < 60 && walker.nextNode(); i++) {
      if (walker.currentNode.parentElement?.tagName !== 'STYLE')
        walker.currentNode.nodeValue += ` ${i}`;
    }
    document.querySelector('body').click();
    await new Promise((done) => setTimeout(done, 100));
    stop();
    return events;
  });
  const json = JSON.stringify(events);
  writeFileSync(`${target}/${name}.json.gz`, gzipSync(json, { level: 9 }));
  console.log(name, json.length);
  await page.close();
}
await browser.close();
