import { priceOf, teas } from './client.js';

const BASKET = [
  { sku: 'assam', count: 2 },
  { sku: 'darjeeling', count: 1 },
];

function show(id, text, failed = false) {
  const element = document.getElementById(id);
  element.textContent = text;
  element.classList.toggle('failed', failed);
}

try {
  for (const tea of await teas('')) {
    const item = document.createElement('li');
    item.textContent = `${tea.name}, ${tea.price.toFixed(2)}`;
    document.getElementById('teas').append(item);
  }
  const quote = await priceOf('', BASKET);
  show('price', `Together ${quote.total.toFixed(2)}`);
} catch (error) {
  console.error(error);
  show('price', `No price: ${error.message}`, true);
}
const loaded = document.createElement('span');
loaded.id = 'app-loaded';
loaded.textContent = '\u00a0';
document.querySelector('main').append(loaded);
