import type { Page } from 'playwright-core';
import type { ServedPage } from './site';

export interface FidelityCase extends ServedPage {
  name: string;
  /** The project's rules beside the usual ones. */
  rules?: Record<string, unknown>;
  /** What happens before the picture is taken; `untilSent` waits until something has been sent so often. */
  act?: (page: Page, untilSent: (part: string, times: number) => Promise<void>) => Promise<unknown>;
}

const LOOK = `<style>
  body { font: 16px/1.5 sans-serif; margin: 24px; color: #223 }
  h1 { font-size: 28px } .box { border: 2px solid #456; border-radius: 8px; padding: 12px; margin: 8px 0 }
  table { border-collapse: collapse } td, th { border: 1px solid #889; padding: 4px 10px }
</style>`;

const ROWS = Array.from(
  { length: 12 },
  (_, n) => `<tr><td>Item ${n}</td><td>${n * 3}</td><td>${n % 2 ? 'open' : 'done'}</td></tr>`,
).join('');

export const FIDELITY_CASES: readonly FidelityCase[] = [
  {
    name: 'form',
    head: LOOK,
    body: `<h1>Order</h1><form class="box"><label>Name <input name="who"></label>
      <p><label><input type="checkbox" name="gift"> As a gift</label></p>
      <p><select name="how"><option>Post</option><option>Courier</option></select></p>
      <textarea name="note" rows="3"></textarea><button>Send</button></form>`,
    act: async (page) => {
      await page.fill('[name=who]', 'Ada');
      await page.check('[name=gift]');
      await page.fill('[name=note]', 'Ring twice');
      await page.selectOption('select', 'Courier');
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    },
  },
  {
    name: 'table that is sorted',
    head: LOOK,
    body: `<table><thead><tr><th>Name</th><th>Pieces</th><th>State</th></tr></thead><tbody>${ROWS}</tbody></table>`,
    act: (page) =>
      page.evaluate(() => {
        const body = document.querySelector('tbody');
        const rows = [...(body?.rows ?? [])].reverse();
        body?.append(...rows);
        rows[3]?.remove();
      }),
  },
  {
    name: 'web components',
    head: LOOK,
    body: `<fancy-card>Slotted <b>text</b></fancy-card><fancy-card>Second</fancy-card>`,
    act: (page) =>
      page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('.in { background: #fe9; padding: 10px; border-left: 6px solid #c60 }');
        customElements.define(
          'fancy-card',
          class extends HTMLElement {
            connectedCallback() {
              const root = this.attachShadow({ mode: 'open' });
              root.adoptedStyleSheets = [sheet];
              root.innerHTML =
                '<style>:host { display: block; margin: 8px }</style><div class="in"><slot></slot></div>';
            }
          },
        );
      }),
  },
  {
    name: 'CSS in JS',
    head: LOOK,
    body: '<div class="css-1">One</div><div class="css-2">Two</div>',
    act: (page) =>
      page.evaluate(async () => {
        const style = document.createElement('style');
        document.head.append(style);
        style.sheet?.insertRule('.css-1 { background: #cdf; padding: 20px }');
        await new Promise((resolve) => setTimeout(resolve, 60));
        style.sheet?.insertRule('.css-2 { color: #b00; font-size: 30px }');
        const adopted = new CSSStyleSheet();
        document.adoptedStyleSheets = [adopted];
        await new Promise((resolve) => setTimeout(resolve, 60));
        adopted.insertRule('.css-2 { text-decoration: underline }');
      }),
  },
  {
    name: 'frame of the same site',
    head: LOOK,
    body: `<h1>Outside</h1><iframe id="in" width="500" height="200" style="border: 3px solid #070"></iframe>`,
    act: (page) =>
      page.evaluate(async () => {
        const inner = document.querySelector<HTMLIFrameElement>('#in')?.contentDocument;
        inner?.write('<style>p { color: #06c; font: 20px serif }</style><p id="p">Inside</p>');
        inner?.close();
        await new Promise((resolve) => setTimeout(resolve, 200));
        inner?.querySelector('#p')?.append(', and changed');
      }),
  },
  {
    name: 'SVG',
    head: LOOK,
    body: `<svg width="400" height="220" viewBox="0 0 400 220"><defs><linearGradient id="g"><stop offset="0" stop-color="#08f"/>
      <stop offset="1" stop-color="#f08"/></linearGradient></defs><rect width="380" height="180" rx="20" fill="url(#g)"/>
      <path d="M20 160 Q 120 20 220 120 T 380 60" stroke="#fff" stroke-width="6" fill="none"/>
      <text x="40" y="60" fill="#fff" font-size="24">Chart</text></svg>`,
    act: (page) =>
      page.evaluate(() => {
        const dot = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
        for (const [name, value] of Object.entries({
          cx: '200',
          cy: '120',
          r: '18',
          fill: '#ff0',
        })) {
          dot.setAttribute(name, value);
        }
        document.querySelector('svg')?.append(dot);
      }),
  },
  {
    name: 'scrolled page and box',
    head: LOOK,
    body: `<div class="box" id="box" style="height: 120px; overflow: auto">${'<p>Line of the box</p>'.repeat(30)}</div>
      ${'<p>Line of the page</p>'.repeat(60)}`,
    act: async (page) => {
      await page.evaluate(() => {
        document.querySelector('#box')?.scrollTo(0, 333);
        scrollTo(0, 250);
      });
      await page.waitForTimeout(500);
    },
  },
  {
    name: 'dialog',
    head: `${LOOK}<style>dialog::backdrop { background: rgba(0, 0, 60, .5) }</style>`,
    body: `<h1>Behind</h1><p>${'Words of the page. '.repeat(40)}</p><dialog id="d"><h2>Really?</h2><p>It cannot be taken back.</p></dialog>`,
    act: (page) =>
      page.evaluate(() => {
        document.querySelector<HTMLDialogElement>('#d')?.showModal();
        (document.activeElement as HTMLElement | null)?.blur();
      }),
  },
  {
    name: 'animation that has ended',
    head: `${LOOK}<style>@keyframes in { from { transform: translateX(300px) } to { transform: none } }
      .go { animation: in .2s forwards; width: 200px; background: #3a6; color: #fff; transition: height .1s; height: 40px }</style>`,
    body: '<div class="box" id="a">Moves</div>',
    act: async (page) => {
      await page.evaluate(() => {
        const moving = document.querySelector<HTMLElement>('#a');
        moving?.classList.add('go');
        if (moving) moving.style.height = '90px';
      });
      await page.waitForTimeout(600);
    },
  },
  {
    name: 'video placeholder',
    head: LOOK,
    body: '<video width="320" height="180" style="background: #123; border: 4px solid #456"></video><p>Below</p>',
  },
  {
    name: 'canvas without its content',
    head: `${LOOK}<style>canvas { background: #fec; border: 4px solid #456; margin: 6px }</style>`,
    body: '<p>Above</p><canvas width="320" height="180"></canvas> beside <canvas></canvas><p>Below</p>',
  },
  {
    name: 'canvas with its content',
    rules: { canvas: true },
    head: `${LOOK}<style>canvas { border: 4px solid #456; margin: 6px; padding: 10px } .wide { width: 600px; height: 120px }</style>`,
    body: '<p>Above</p><canvas id="c" width="320" height="180"></canvas> beside <canvas class="wide"></canvas><p>Below</p>',
    act: async (page, untilSent) => {
      await page.evaluate(() => {
        const [chart, wide] = document.querySelectorAll('canvas');
        const pen = chart?.getContext('2d');
        if (!pen || !chart) return;
        pen.font = '20px sans-serif';
        pen.fillText('Turnover', 20, 30);
        [40, 90, 60, 130, 100].forEach((high, at) => {
          pen.fillStyle = `hsl(${at * 60} 70% 50%)`;
          pen.fillRect(20 + at * 55, 170 - high, 40, high);
        });
        chart.style.cursor = 'pointer';
        const other = wide?.getContext('2d');
        other?.fillRect(0, 0, 150, 150);
      });
      await untilSent('data:image/webp', 2);
      await page.evaluate(
        () => ((document.querySelector('#c') as HTMLElement).style.outline = '3px solid red'),
      );
    },
  },
];
