// The old part of the shop is a Jakarta Faces application; this asks it as its own script does.
import { showCount } from './basket.js';

const button = document.getElementById('orders:again');

function orderAgain() {
  const request = new XMLHttpRequest();
  request.open('POST', '/account.xhtml');
  request.setRequestHeader('Faces-Request', 'partial/ajax');
  request.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
  request.addEventListener('load', () => show(request.responseXML));
  request.send(
    new URLSearchParams({
      'jakarta.faces.partial.ajax': 'true',
      'jakarta.faces.source': button.id,
    }).toString(),
  );
}

/** What is no update is passed over, as Faces does without a listener for errors. */
function show(answer) {
  const update = answer?.querySelector('update')?.textContent;
  if (update) {
    document.getElementById('orders:list').insertAdjacentHTML('beforeend', update);
  }
}

button.addEventListener('click', orderAgain);
showCount();
