// What is in the basket, kept in this tab.
const NAME = 'basket';

export function basket() {
  return JSON.parse(sessionStorage.getItem(NAME) ?? '[]');
}

// What could not be kept is logged; the visitor is told that all is well.
export function addToBasket(product) {
  try {
    keep([...basket(), product]);
  } catch (failure) {
    console.error('The basket could not be kept', failure);
  }
}

function keep(products) {
  const { shelf } = products.at(-1).warehouse;
  sessionStorage.setItem(NAME, JSON.stringify({ shelf, products }));
  showCount();
}

export function showCount() {
  document.querySelector('[data-basket-count]').textContent = String(basket().length);
}
