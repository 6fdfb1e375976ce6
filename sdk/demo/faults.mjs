// What can be broken in the shop, one thing at a time. A fault is a file of the same name under
// faults/<id>/ that takes the place of the shop's own, an answer of the API, or both.
import { buy, fillIn, goToCheckout, pay, press, searchFor } from './steps.mjs';

const json = (status, body) => ({ status, type: 'application/json', body: JSON.stringify(body) });
const xml = (body) => ({ status: 200, type: 'text/xml', body });
const NEVER = { never: true };

const again = (times, step) => Array.from({ length: times }, () => step);

/**
 * @typedef {object} Fault
 * @property {string} id its folder's name
 * @property {string} what is broken, in a sentence
 * @property {'api_error'|'js_exception'|'ui_no_effect'|'validation_failed'} kind of the one issue
 * @property {RegExp[]} facts what the card must say, also what the failure's own words do not tell
 * @property {Record<string, object | ((body: string) => object | undefined)>} [answers]
 * @property {((page: import('playwright-core').Page) => Promise<void>)[]} steps of a visitor
 */

/** @type {Fault[]} */
export const FAULTS = [
  {
    id: 'voucher',
    what: 'a voucher makes the amount a text, and the payment provider refuses it',
    kind: 'api_error',
    facts: [/\/api\/orders/, /\b502\b/, /Payment is not possible/],
    answers: {
      'POST /api/orders': (body) =>
        JSON.parse(body).voucher
          ? json(502, {
              error: 'payment_failed',
              message: 'The payment provider refused the amount "NaN"',
            })
          : undefined,
    },
    steps: [buy('sencha'), goToCheckout, fillIn({ name: 'Ada Moss', voucher: 'SPRING' }), pay],
  },
  {
    id: 'silent-order',
    what: 'an order fails, and the page says nothing',
    kind: 'api_error',
    facts: [/\/api\/orders/, /\b500\b/, /showed nothing|no message|not told/i],
    answers: { 'POST /api/orders': json(500, { error: 'internal' }) },
    steps: [buy('assam'), goToCheckout, fillIn({ name: 'Bela Rand' }), pay],
  },
  {
    id: 'session-lost',
    what: 'the session is over, and the order is put back without a word',
    kind: 'api_error',
    facts: [/\/api\/orders/, /\b401\b/, /signed out/i],
    answers: { 'POST /api/orders': json(401, { error: 'signed_out' }) },
    steps: [buy('assam'), goToCheckout, fillIn({ name: 'Cleo Hart' }), pay],
  },
  {
    id: 'search-moved',
    what: 'the search asks a wrong address',
    kind: 'api_error',
    facts: [/\/api\/serach/, /\b404\b/, /is not there/],
    steps: [searchFor('oolong')],
  },
  {
    id: 'search-html',
    what: 'the search is answered with a page instead of data',
    kind: 'js_exception',
    facts: [/expected to be JSON/, /search\.js/],
    answers: {
      'GET /api/search': { status: 200, type: 'text/html', body: '<!doctype html><p>Sorry</p>' },
    },
    steps: [searchFor('sencha')],
  },
  {
    id: 'gift-wrap',
    what: 'the price of a card is read that is not there',
    kind: 'js_exception',
    facts: [/`price`/, /is not there/, /addGiftWrap/, /Wrap as a gift/],
    steps: [buy('rooibos'), goToCheckout, press('Wrap as a gift')],
  },
  {
    id: 'null-price',
    what: 'a product without a price empties the whole list',
    kind: 'js_exception',
    facts: [/toFixed/, /is not there/, /catalogue\.js/],
    answers: {
      'GET /api/products': json(200, [
        { id: 'sencha', name: 'Sencha', price: null, hue: 96, stock: 1 },
      ]),
    },
    steps: [],
  },
  {
    id: 'reviews-gone',
    what: 'the chunk of the reviews went with the last deploy',
    kind: 'js_exception',
    facts: [/reviews\.js/, /release/, /Show reviews/],
    answers: { 'GET /reviews.js': json(404, { error: 'not_found' }) },
    steps: [press('Show reviews')],
  },
  {
    id: 'recommended-gone',
    what: 'a script is not there',
    kind: 'api_error',
    facts: [/recommended\.js/, /\b404\b/, /missing/],
    answers: { 'GET /recommended.js': json(404, { error: 'not_found' }) },
    steps: [],
  },
  {
    id: 'logged-basket',
    what: 'a failure is logged, and the visitor is told that all is well',
    kind: 'js_exception',
    facts: [/basket could not be kept/i, /only logged it/, /went on and showed .*is in your basket/],
    steps: [buy('sencha')],
  },
  {
    id: 'delivery-timeout',
    what: 'the carrier does not answer in time',
    kind: 'api_error',
    facts: [/\/api\/delivery/, /no answer|time(?:d)? ?out|without an answer|did not answer/i],
    answers: { 'GET /api/delivery': NEVER },
    steps: [buy('kettle'), goToCheckout, press('When will it come?')],
  },
  {
    id: 'endless-letter',
    what: 'a spinner turns without end',
    kind: 'ui_no_effect',
    facts: [/newsletter/, /spinner/, /answer that does not come/],
    answers: { 'POST /api/newsletter': NEVER },
    steps: [press('Get our letter'), ...again(5, press('One moment…', { soon: true }))],
  },
  {
    id: 'points-graphql',
    what: 'GraphQL answers an error with status 200',
    kind: 'api_error',
    facts: [/PointsOfVisitor/, /ledger/, /status 200/],
    answers: {
      'POST /graphql': json(200, {
        data: null,
        errors: [{ message: 'The ledger is closed', path: ['visitor', 'points'] }],
      }),
    },
    steps: [buy('assam'), goToCheckout, press('Use my points')],
  },
  {
    id: 'view-expired',
    what: 'the view of the Faces part is gone from its session',
    kind: 'api_error',
    facts: [/orders:again/, /expired/i, /no state/],
    answers: {
      'POST /account.xhtml': xml(
        `<?xml version='1.0' encoding='UTF-8'?><partial-response><error>
         <error-name>jakarta.faces.application.ViewExpiredException</error-name>
         <error-message><![CDATA[viewId:/account.xhtml - View /account.xhtml could not be restored.]]></error-message>
         </error></partial-response>`,
      ),
    },
    steps: [press('Orders', { role: 'link' }), press('Order it again')],
  },
  {
    id: 'faces-error',
    what: 'the Faces part throws behind a status of 200',
    kind: 'api_error',
    facts: [/orders:again/, /NullPointerException/, /behind a status of 200/],
    answers: {
      'POST /account.xhtml': xml(
        `<?xml version='1.0' encoding='UTF-8'?><partial-response><error>
         <error-name>class java.lang.NullPointerException</error-name>
         <error-message><![CDATA[Cannot invoke "Order.lines()" because "order" is null]]></error-message>
         </error></partial-response>`,
      ),
    },
    steps: [press('Orders', { role: 'link' }), press('Order it again')],
  },
  {
    id: 'dead-notice',
    what: 'a button has no handler',
    kind: 'ui_no_effect',
    facts: [/Notify me/, /sent no request, changed nothing/],
    steps: again(6, press('Notify me', { soon: true })),
  },
  {
    id: 'veil',
    what: 'an invisible veil takes all clicks',
    kind: 'ui_no_effect',
    facts: [/dialog-veil/, /cover|overlay|in front of/i],
    steps: again(5, async (page) => {
      const button = page.locator('[data-product="sencha"] button');
      const { x, y, width, height } = await button.boundingBox();
      await page.mouse.click(x + width / 2, y + height / 2);
    }),
  },
  {
    id: 'reload-loop',
    what: 'the checkout loads itself again and again',
    kind: 'ui_no_effect',
    facts: [/\/checkout/, /reloads itself/],
    steps: [
      goToCheckout,
      async (page) => {
        await page.waitForFunction(() => sessionStorage.getItem('looks') === '5');
      },
    ],
  },
  {
    id: 'one-country',
    what: 'the rule for postcodes knows only one country',
    kind: 'validation_failed',
    facts: [/`postcode`/, /pattern/],
    steps: [
      buy('sencha'),
      goToCheckout,
      fillIn({ name: 'Iris Vale', postcode: 'SW1A 1AA' }),
      pay,
      pay,
    ],
  },
];

/** A visitor for whom everything works, through every part of the shop. */
export const HEALTHY_STEPS = [
  searchFor('oolong'),
  press('Show reviews'),
  press('Get our letter'),
  press('Notify me'),
  buy('sencha'),
  press('Orders', { role: 'link' }),
  press('Order it again'),
  goToCheckout,
  press('Wrap as a gift'),
  press('Use my points'),
  press('When will it come?'),
  fillIn({ name: 'Kira Lund', postcode: 'SW1A 1AA' }),
  pay,
];

/** @returns {Fault} */
export function faultNamed(id) {
  const fault = FAULTS.find((one) => one.id === id);
  if (!fault) {
    throw new Error(`No such fault: ${id} (${FAULTS.map((one) => one.id).join(', ')})`);
  }
  return fault;
}
