import type { eventWithTime } from '@rrweb/types';
import { START } from './recording';

/** Everything an attacker with the public write key might send. */
export function forged(): eventWithTime[] {
  let id = 1;
  const OWN = `(window.parent.own||window.own||function(){})();parent.parent.own&&parent.parent.own()`;
  const tag = (
    tagName: string,
    attributes: Record<string, string>,
    ...childNodes: unknown[]
  ): unknown => ({
    type: 2,
    tagName,
    attributes,
    childNodes,
    id: ++id,
  });
  const text = (textContent: string): unknown => ({ type: 3, textContent, id: ++id });
  const body = tag(
    'body',
    { onload: OWN },
    tag('script', {}, text(OWN)),
    tag('script', { src: 'https://evil.example/a.js' }),
    tag('img', { src: 'https://evil.example/x.png', onerror: OWN }),
    tag('img', { src: 'data:image/png;base64,xx', onerror: OWN }),
    tag('a', { id: 'link', href: `javascript:${OWN}` }, text('link')),
    tag('button', { id: 'press', onclick: OWN, formaction: `javascript:${OWN}` }, text('press')),
    tag('iframe', { src: `javascript:${OWN}` }),
    tag('iframe', { srcdoc: `<script>${OWN}</script>` }),
    tag('iframe', { src: 'https://evil.example/frame' }),
    tag('object', { data: 'https://evil.example/o' }),
    tag('embed', { src: 'https://evil.example/e' }),
    tag(
      'form',
      { action: 'https://evil.example/f' },
      tag('input', { autofocus: '', onfocus: OWN }),
    ),
    tag('svg', { onload: OWN, isSVG: 'true' }, tag('script', {}, text(OWN))),
    tag(
      'style',
      {},
      text(
        '@import "https://evil.example/i.css"; body{background:url(https://evil.example/b.png)}',
      ),
    ),
    tag('video', {
      src: 'https://evil.example/v.mp4',
      poster: 'https://evil.example/p.png',
      autoplay: '',
    }),
  );
  const bodyId = (body as { id: number }).id;
  const head = tag(
    'head',
    {},
    tag('base', { href: 'https://evil.example/' }),
    tag('meta', { 'http-equiv': 'refresh', content: '0;url=https://evil.example/r' }),
    tag('link', { rel: 'stylesheet', href: 'https://evil.example/s.css' }),
    tag('link', { rel: 'prefetch', href: 'https://evil.example/pre' }),
    tag('link', { rel: 'dns-prefetch', href: 'https://dns.evil.example/' }),
    tag('link', { rel: 'preconnect', href: 'https://evil.example/' }),
  );
  const node = { type: 0, id: 1, childNodes: [tag('html', {}, head, body)] };
  const late = {
    id: 9_000,
    type: 2,
    tagName: 'b',
    childNodes: [],
    attributes: { id: 'late', onclick: OWN, onmouseover: OWN },
  };
  const change = (timestamp: number, data: unknown): unknown => ({
    type: 3,
    timestamp: START + timestamp,
    data,
  });
  const events: unknown = [
    { type: 4, timestamp: START, data: { href: `javascript:${OWN}`, width: 800, height: 600 } },
    { type: 2, timestamp: START + 10, data: { node, initialOffset: { top: 0, left: 0 } } },
    change(500, {
      source: 0,
      texts: [],
      removes: [],
      attributes: [],
      adds: [{ parentId: bodyId, nextId: null, node: late }],
    }),
    change(600, {
      source: 0,
      texts: [],
      removes: [],
      adds: [],
      attributes: [
        {
          id: 9_000,
          attributes: { onclick: OWN, style: 'background:url(https://evil.example/z)' },
        },
      ],
    }),
    change(1_200, { source: 2, type: 2, id: 9_000, x: 1, y: 1 }),
  ];
  return events as eventWithTime[];
}
