import { basket } from './basket.js';

const form = document.querySelector('[data-order-form]');
const thanks = document.querySelector('[data-thanks]');

async function pay(event) {
  event.preventDefault();
  const order = Object.fromEntries(new FormData(form));
  const answer = await fetch('/api/orders', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...order, products: basket().map((product) => product.id) }),
  });
  // What is not ok is forgotten.
  if (answer.ok) {
    showThanks(await answer.json());
  }
}

function showThanks({ order }) {
  document.querySelector('[data-order-number]').textContent = order;
  form.hidden = true;
  thanks.hidden = false;
}

form.addEventListener('submit', pay);
