import { randomUUID } from 'node:crypto';

const TEAS = [
  { sku: 'assam', name: 'Assam', price: 4.2 },
  { sku: 'darjeeling', name: 'Darjeeling', price: 6.1 },
  { sku: 'sencha', name: 'Sencha', price: 5.5 },
];

const quotes = new Map();

class Unprocessable extends Error {}

/** @returns {{status: number, body: object}} */
export function answer(method, path, text) {
  try {
    return { status: 200, body: route(`${method} ${path}`, text) };
  } catch (error) {
    if (!(error instanceof Unprocessable)) throw error;
    return { status: 422, body: { error: `${error.message} (request ${randomUUID()})` } };
  }
}

function route(asked, text) {
  switch (asked) {
    case 'GET /health':
      return { status: 'ok' };
    case 'GET /api/teas':
      return { teas: TEAS };
    case 'POST /api/quotes':
      return quoteFor(JSON.parse(text).items);
    case 'POST /api/orders':
      return order(JSON.parse(text));
    default:
      throw new Unprocessable(`nothing is at ${asked}`);
  }
}

function quoteFor(items) {
  let total = 0;
  for (const { sku, quantity } of items) {
    const tea = TEAS.find((it) => it.sku === sku);
    if (!tea) throw new Unprocessable(`no tea is called ${sku}`);
    if (!Number.isInteger(quantity)) throw new Unprocessable('quantity is missing');
    total += tea.price * quantity;
  }
  const quote = { id: randomUUID(), total: Math.round(total * 100) / 100 };
  quotes.set(quote.id, quote);
  return quote;
}

function order({ quoteId, name }) {
  const quote = quotes.get(quoteId);
  if (!quote) throw new Unprocessable('the quote is not known');
  if (!name) throw new Unprocessable('a name is missing');
  return { orderId: randomUUID(), total: quote.total, name };
}
