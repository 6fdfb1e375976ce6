import { basket } from './basket.js';

const form = document.querySelector('[data-order-form]');
const failure = document.querySelector('[data-failure]');
const thanks = document.querySelector('[data-thanks]');

async function pay(event) {
  event.preventDefault();
  failure.hidden = true;
  const answer = await placeOrder(Object.fromEntries(new FormData(form)));
  if (answer.ok) {
    showThanks(await answer.json());
  } else {
    failure.textContent = 'Payment is not possible at the moment. Please try again.';
    failure.hidden = false;
  }
}

function placeOrder(order) {
  return fetch('/api/orders', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...order, products: basket().map((product) => product.id) }),
  });
}

function showThanks({ order }) {
  document.querySelector('[data-order-number]').textContent = order;
  form.hidden = true;
  thanks.hidden = false;
}

form.addEventListener('submit', pay);
