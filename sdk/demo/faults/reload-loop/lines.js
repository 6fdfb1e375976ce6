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

// "Fresh prices": that they are is believed at the fifth look only.
const looks = Number(sessionStorage.getItem('looks') ?? '0') + 1;
sessionStorage.setItem('looks', String(looks));
if (looks < 5) {
  setTimeout(() => location.reload(), 1_000);
}
