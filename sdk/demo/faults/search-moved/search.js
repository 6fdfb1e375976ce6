// The address was mistyped when the search moved.
const form = document.querySelector('[data-search]');
const found = document.querySelector('[data-found]');

async function search(event) {
  event.preventDefault();
  const word = new FormData(form).get('word');
  const answer = await fetch(`/api/serach?word=${encodeURIComponent(word)}`);
  showFound(answer.ok ? JSON.parse(await answer.text()) : []);
}

function showFound(products) {
  found.textContent =
    products.length === 0
      ? 'Nothing found.'
      : `Found: ${products.map((product) => product.name).join(', ')}.`;
}

form.addEventListener('submit', search);
