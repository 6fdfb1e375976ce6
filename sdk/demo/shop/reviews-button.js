// Reviews are a part of their own that is loaded when somebody asks for it.
const button = document.querySelector('[data-reviews-button]');

async function showReviews() {
  const { reviews } = await import('./reviews.js');
  document.querySelector('[data-reviews]').replaceChildren(...reviews());
}

button.addEventListener('click', showReviews);
