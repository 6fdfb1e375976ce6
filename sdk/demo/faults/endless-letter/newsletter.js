// The answer is waited for without end, and nobody takes the spinner away.
const button = document.querySelector('[data-newsletter]');

async function subscribe() {
  button.setAttribute('aria-busy', 'true');
  button.textContent = 'One moment…';
  await fetch('/api/newsletter', { method: 'POST', body: '{}' });
  button.removeAttribute('aria-busy');
  button.textContent = 'Welcome to the letter';
}

button.addEventListener('click', subscribe);
