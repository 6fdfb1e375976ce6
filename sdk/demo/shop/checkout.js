import { basket, showCount } from './basket.js';

const lines = document.querySelector('[data-lines]');
const form = document.querySelector('[data-order-form]');
const failure = document.querySelector('[data-failure]');
const thanks = document.querySelector('[data-thanks]');

function showLines() {
  lines.replaceChildren(
    ...basket().map((product) => {
      const line = document.createElement('li');
      line.textContent = `${product.name} · € ${product.price.toFixed(2)}`;
      return line;
    }),
  );
}

// The second fault: a basket has no card yet, and its price is read all the same.
function addGiftWrap() {
  const card = basket().find((product) => product.id === 'greeting-card');
  const line = document.createElement('li');
  line.textContent = `Gift wrap · € ${(2.5 + card.price).toFixed(2)}`;
  lines.append(line);
}

async function pay(event) {
  event.preventDefault();
  failure.hidden = true;
  const order = Object.fromEntries(new FormData(form));
  const answer = await fetch('/api/orders', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...order, products: basket().map((product) => product.id) }),
  });
  if (answer.ok) {
    document.querySelector('[data-order-number]').textContent = (await answer.json()).order;
    form.hidden = true;
    thanks.hidden = false;
  } else {
    failure.textContent = 'Payment is not possible at the moment. Please try again.';
    failure.hidden = false;
  }
}

document.querySelector('[data-gift-wrap]').addEventListener('click', addGiftWrap);
form.addEventListener('submit', pay);
showLines();
showCount();
