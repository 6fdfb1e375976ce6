// What is in the basket, kept in this tab.
const NAME = 'basket';

export function basket() {
  return JSON.parse(sessionStorage.getItem(NAME) ?? '[]');
}

export function addToBasket(product) {
  sessionStorage.setItem(NAME, JSON.stringify([...basket(), product]));
  showCount();
}

export function showCount() {
  document.querySelector('[data-basket-count]').textContent = String(basket().length);
}
