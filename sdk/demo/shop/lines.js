// What is about to be paid for.
import { basket, showCount } from './basket.js';

const lines = document.querySelector('[data-lines]');

export function addLine(text) {
  const line = document.createElement('li');
  line.textContent = text;
  lines.append(line);
}

for (const product of basket()) {
  addLine(`${product.name} · € ${product.price.toFixed(2)}`);
}
showCount();
