import { addToBasket, showCount } from './basket.js';
import { noticeButton } from './notice.js';
import { toast } from './toast.js';

const list = document.querySelector('[data-products]');

function buyButton(product) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Add to basket';
  button.addEventListener('click', () => {
    addToBasket(product);
    toast(`${product.name} is in your basket.`);
  });
  return button;
}

function card(product) {
  const item = document.createElement('li');
  item.dataset.product = product.id;
  item.innerHTML = `
    <div class="picture" style="--hue: ${product.hue}"></div>
    <h2>${product.name}</h2>
    <p class="price">€ ${product.price.toFixed(2)}</p>`;
  item.append(product.stock > 0 ? buyButton(product) : noticeButton(product));
  return item;
}

// The veil of a dialog that was closed stays, without a colour.
function leaveVeil() {
  const veil = document.createElement('div');
  veil.className = 'dialog-veil';
  veil.style.cssText = 'position: fixed; inset: 0; cursor: pointer; z-index: 10';
  document.body.append(veil);
}

const products = await (await fetch('/api/products')).json();
list.replaceChildren(...products.map(card));
showCount();
leaveVeil();
