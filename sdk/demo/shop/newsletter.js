// A letter each month, for those who want one.
const button = document.querySelector('[data-newsletter]');

async function subscribe() {
  button.setAttribute('aria-busy', 'true');
  button.textContent = 'One moment…';
  await fetch('/api/newsletter', { method: 'POST', body: '{}' });
  button.removeAttribute('aria-busy');
  button.textContent = 'Welcome to the letter';
  button.disabled = true;
}

button.addEventListener('click', subscribe);
