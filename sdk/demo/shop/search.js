// Finds teas by a word.
const form = document.querySelector('[data-search]');
const found = document.querySelector('[data-found]');

async function search(event) {
  event.preventDefault();
  const word = new FormData(form).get('word');
  const answer = await fetch(`/api/search?word=${encodeURIComponent(word)}`);
  showFound(answer.ok ? await answer.json() : []);
}

function showFound(products) {
  found.textContent =
    products.length === 0
      ? 'Nothing found.'
      : `Found: ${products.map((product) => product.name).join(', ')}.`;
}

form.addEventListener('submit', search);
