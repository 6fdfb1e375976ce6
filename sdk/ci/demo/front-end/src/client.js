// How the shop speaks with the back end. Its tests use this very file.

export class QuoteRefused extends Error {
  name = 'QuoteRefused';
}

async function ask(base, path, body) {
  const response = await fetch(base + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, answer: await response.json() };
}

export async function teas(base) {
  const { answer } = await ask(base, '/api/teas');
  return answer.teas;
}

export async function priceOf(base, basket) {
  const items = basket.map((item) => ({ sku: item.sku, quantity: item.count }));
  const { status, answer } = await ask(base, '/api/quotes', { items });
  if (status !== 200) {
    throw new QuoteRefused(`the quote was refused: ${status} ${answer.error}`);
  }
  return answer;
}

export async function placeOrder(base, basket, name) {
  const quote = await priceOf(base, basket);
  const { answer } = await ask(base, '/api/orders', { quoteId: quote.id, name });
  return answer;
}
