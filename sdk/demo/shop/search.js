// Finds teas by a word.
const form = document.querySelector('[data-search]');
const found = document.querySelector('[data-found]');

async function search(event) {
  event.preventDefault();
  const word = new FormData(form).get('word');
  const answer = await fetch(`/api/search?word=${encodeURIComponent(word)}`);
  // Not answer.json(): Chromium tells nobody when that fails and is not awaited with a catch.
  showFound(answer.ok ? JSON.parse(await answer.text()) : []);
}

function showFound(products) {
  found.textContent =
    products.length === 0
      ? 'Nothing found.'
      : `Found: ${products.map((product) => product.name).join(', ')}.`;
}

form.addEventListener('submit', search);
