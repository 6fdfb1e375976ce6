// A line at the foot of the page that says what came of a click.
const line = document.querySelector('[data-toast]');

export function toast(text) {
  line.textContent = text;
  line.hidden = false;
}
