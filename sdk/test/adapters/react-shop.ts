import { createElement, useState } from 'react';
import { createRoot } from 'react-dom/client';
import {
  RetrospecErrorBoundary,
  RetrospecProvider,
  useRetrospec,
} from '../../adapters/react/src/index';

function Cart() {
  const [broken, setBroken] = useState(false);
  const retrospec = useRetrospec();
  if (broken) throw new TypeError('no price in the cart');
  return createElement(
    'button',
    {
      id: 'go',
      onClick: () => {
        retrospec.addCustomEvent('cart.opened', { items: 2 });
        setBroken(true);
      },
    },
    'Pay',
  );
}

const options = JSON.parse(document.body.dataset.options ?? '{}');
createRoot(document.querySelector('#app') as Element).render(
  createElement(
    RetrospecProvider,
    { options },
    createElement(
      RetrospecErrorBoundary,
      {
        fallback: ({ error, sessionUrl, reset }) =>
          createElement(
            'p',
            { id: 'fallback', onClick: reset },
            `${String(error)} ${String(sessionUrl)}`,
          ),
      },
      createElement(Cart),
    ),
  ),
);
