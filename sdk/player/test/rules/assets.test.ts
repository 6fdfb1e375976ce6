import type { eventWithTime } from '@rrweb/types';
import { describe, expect, it } from 'vitest';
import { useAssets } from '../../src/replay/assets';
import { session } from './sessions';

const TEA = 'https://shop.example/tea.png';
const FONT = 'https://shop.example/shop.woff2?v=_';
const KEPT = new Map([
  [TEA, '/kept/tea'],
  [FONT, '/kept/font'],
]);

function using(event: unknown): unknown {
  return useAssets([event as eventWithTime], KEPT)[0];
}

function snapshotOf(...childNodes: unknown[]): { data: { node: { childNodes: unknown[] } } } {
  return {
    type: 2,
    data: { node: { type: 0, childNodes } },
    timestamp: 1,
  } as never;
}

function childrenOf(...nodes: unknown[]): unknown[] {
  return (using(snapshotOf(...nodes)) as ReturnType<typeof snapshotOf>).data.node.childNodes;
}

describe('kept assets', () => {
  it('take the place of addresses in elements', () => {
    expect(
      childrenOf(
        { tagName: 'img', attributes: { src: TEA, alt: 'Tea' } },
        { tagName: 'image', attributes: { 'xlink:href': TEA } },
        { tagName: 'video', attributes: { poster: TEA } },
        { tagName: 'img', attributes: { src: 'https://shop.example/other.png' } },
      ),
    ).toEqual([
      { tagName: 'img', attributes: { src: '/kept/tea', alt: 'Tea' } },
      { tagName: 'image', attributes: { 'xlink:href': '/kept/tea' } },
      { tagName: 'video', attributes: { poster: '/kept/tea' } },
      { tagName: 'img', attributes: { src: 'https://shop.example/other.png' } },
    ]);
  });

  it('of several sizes the one that the visitor saw stays', () => {
    const srcset = `https://shop.example/small.png 1x, ${TEA} 2x`;
    expect(childrenOf({ tagName: 'img', attributes: { srcset } })).toEqual([
      { tagName: 'img', attributes: { srcset: '/kept/tea' } },
    ]);
  });

  it('take the place of addresses in styles, wherever they stand', () => {
    const css = `@font-face{src:url(${FONT}) format("woff2")} a{background:url('${TEA}')}`;
    const kept = `@font-face{src:url("/kept/font") format("woff2")} a{background:url("/kept/tea")}`;
    expect(
      childrenOf(
        { tagName: 'link', attributes: { _cssText: css } },
        { tagName: 'p', attributes: { style: `background: url(${TEA})` } },
        { tagName: 'style', attributes: {}, childNodes: [{ type: 3, textContent: css }] },
        { tagName: 'p', attributes: {}, childNodes: [{ type: 3, textContent: css }] },
      ),
    ).toEqual([
      { tagName: 'link', attributes: { _cssText: kept } },
      { tagName: 'p', attributes: { style: 'background: url("/kept/tea")' } },
      { tagName: 'style', attributes: {}, childNodes: [{ type: 3, textContent: kept }] },
      { tagName: 'p', attributes: {}, childNodes: [{ type: 3, textContent: css }] },
    ]);
  });

  it('are used by changes, too', () => {
    const css = `a{background:url(${TEA})}`;
    const kept = 'a{background:url("/kept/tea")}';
    expect(
      [
        { source: 0, adds: [{ node: { attributes: { src: TEA } } }], attributes: [] },
        { source: 0, adds: [], attributes: [{ id: 1, attributes: { src: TEA } }] },
        {
          source: 0,
          attributes: [{ id: 1, attributes: { style: { background: `url(${TEA})` } } }],
        },
        { source: 8, adds: [{ rule: css }] },
        { source: 8, replaceSync: css },
        { source: 13, set: { property: 'background', value: `url(${TEA})` } },
        { source: 15, styles: [{ rules: [{ rule: css }] }] },
      ].map((data) => (using({ type: 3, data, timestamp: 1 }) as { data: unknown }).data),
    ).toEqual([
      { source: 0, adds: [{ node: { attributes: { src: '/kept/tea' } } }], attributes: [] },
      { source: 0, adds: [], attributes: [{ id: 1, attributes: { src: '/kept/tea' } }] },
      {
        source: 0,
        attributes: [{ id: 1, attributes: { style: { background: 'url("/kept/tea")' } } }],
      },
      { source: 8, adds: [{ rule: kept }] },
      { source: 8, replaceSync: kept },
      { source: 13, set: { property: 'background', value: 'url("/kept/tea")' } },
      { source: 15, styles: [{ rules: [{ rule: kept }] }] },
    ]);
  });

  it('are read with the session that showed them', () => {
    const { assets } = session({ assets: [{ url: TEA, sha256: 'ab12' }] });
    expect(assets.get(TEA)).toBe('/v1/sessions/s-1/assets/ab12?project=p-1');
  });
});
