import { basket } from './basket.js';
import { addLine } from './lines.js';

const WRAP_PRICE = 2.5;

// A basket has no card yet, and its price is read all the same.
function addGiftWrap() {
  const card = basket().find((product) => product.id === 'greeting-card');
  addLine(`Gift wrap · € ${(WRAP_PRICE + card.price).toFixed(2)}`);
}

document.querySelector('[data-gift-wrap]').addEventListener('click', addGiftWrap);
