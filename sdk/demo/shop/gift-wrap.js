import { addLine } from './lines.js';

const WRAP_PRICE = 2.5;

function addGiftWrap() {
  addLine(`Gift wrap · € ${WRAP_PRICE.toFixed(2)}`);
}

document.querySelector('[data-gift-wrap]').addEventListener('click', addGiftWrap);
