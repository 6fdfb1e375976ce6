import { addToBasket, showCount } from './basket.js';

const list = document.querySelector('[data-products]');
const toast = document.querySelector('[data-toast]');

function card(product) {
  const item = document.createElement('li');
  item.dataset.product = product.id;
  item.innerHTML = `
    <div class="picture" style="--hue: ${product.hue}"></div>
    <h2>${product.name}</h2>
    <p class="price">€ ${product.price.toFixed(2)}</p>`;
  const button = document.createElement('button');
  button.type = 'button';
  if (product.stock > 0) {
    button.textContent = 'Add to basket';
    button.addEventListener('click', () => {
      addToBasket(product);
      toast.textContent = `${product.name} is in your basket.`;
      toast.hidden = false;
    });
  } else {
    // The third fault: nobody ever wrote the handler of this button.
    button.textContent = 'Notify me';
    button.className = 'quiet';
  }
  item.append(button);
  return item;
}

const products = await (await fetch('/api/products')).json();
list.replaceChildren(...products.map(card));
showCount();
