// "Notify me": for what is sold out.
import { toast } from './toast.js';

async function askForNotice(product) {
  await fetch('/api/notices', { method: 'POST', body: JSON.stringify({ product: product.id }) });
  toast(`We write to you when ${product.name} is back.`);
}

export function noticeButton(product) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet';
  button.textContent = 'Notify me';
  button.addEventListener('click', () => askForNotice(product));
  return button;
}
