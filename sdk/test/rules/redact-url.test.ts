import { expect, test } from 'vitest';
import {
  redactCssUrls,
  redactSrcset,
  redactUrl,
  redactUrlsIn,
  withoutCssUrls,
} from '../../src/tools/redact-url';

test.each([
  ['/orders?id=7&debug#top', '/orders?id=_&debug#top'],
  [
    'https://me:secret@shop.example/a;jsessionid=9AF?x=1',
    'https://shop.example/a;jsessionid=_?x=_',
  ],
  ['/app#/reset?token=abc', '/app#/reset?token=_'],
  ['/cb#access_token=abc&state=9', '/cb#access_token=_&state=_'],
  ['mailto:jane@example.com', 'mailto:_'],
  ['tel:+49301234', 'tel:_'],
  ['javascript:steal("x")', 'javascript:_'],
  ['data:image/png;base64,AAA=', 'data:image/png;base64,AAA='],
  ['', ''],
])('%s becomes %s', (url, redacted) => {
  expect(redactUrl(url)).toBe(redacted);
});

test('every address of a srcset and of a style is redacted', () => {
  expect(redactSrcset('/a.png?u=1 1x, /b.png?u=2 2x')).toBe('/a.png?u=_ 1x, /b.png?u=_ 2x');
  expect(redactCssUrls(`background: url("/face?user=7") no-repeat`)).toBe(
    `background: url("/face?user=_") no-repeat`,
  );
});

test.each([
  [`url("/it's (1).png?u=7") red`, `url("/it's (1).png?u=_") red`],
  [`url('/a"b.png?u=7')`, `url('/a"b.png?u=_')`],
  ['url( /a\\).png?u=7 )', 'url(/a\\).png?u=_)'],
  ['url("/open?u=7', 'url("/open?u=_"'],
])('the style %s becomes %s', (css, redacted) => {
  expect(redactCssUrls(css).replace(/\)$/, '')).toBe(redacted.replace(/\)$/, ''));
});

test.each([
  [`background: #fff url("/ann (1).jpg") no-repeat`, 'background: #fff none no-repeat'],
  [`background-image: image-set('/ann.jpg' 1x)`, `background-image: image-set("" 1x)`],
  ['clip-path: url(#round)', 'clip-path: url(#round)'],
])('without addresses %s becomes %s', (css, bare) => {
  expect(withoutCssUrls(css)).toBe(bare);
});

test.each([
  [
    'at pay (https://shop.example/reset?token=abc:12:5)',
    'at pay (https://shop.example/reset?token=_:12:5)',
  ],
  ['pay@http://localhost:8080/app.js:3:14', 'pay@http://localhost:8080/app.js:3:14'],
  ['GET https://me:pw@api.example/x?id=7#k=v failed', 'GET https://api.example/x?id=_#k=_ failed'],
  ['{"next":"https://shop.example/?card=1"}', '{"next":"https://shop.example/?card=_"}'],
  ['no address: a?b=c', 'no address: a?b=c'],
  [
    'see https://react.dev/errors/418?args[]=text&args[]= or',
    'see https://react.dev/errors/418?text&args[]=_ or',
  ],
  [
    'see https://react.dev/errors/418?args[]=HTML&args[]=',
    'see https://react.dev/errors/418?HTML&args[]=_',
  ],
  ['see https://react.dev/errors/418?args[]=Ann', 'see https://react.dev/errors/418?args[]=_'],
  ['see https://react.dev/errors/31?args[]=text', 'see https://react.dev/errors/31?args[]=_'],
])('within a text %s becomes %s', (text, redacted) => {
  expect(redactUrlsIn(text)).toBe(redacted);
});
