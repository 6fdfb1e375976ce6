import { createApp, defineComponent, h } from 'vue';
import { createRetrospec, useRetrospec } from '../../adapters/vue/src/index';

const Cart = defineComponent({
  name: 'Cart',
  setup() {
    const retrospec = useRetrospec();
    return () =>
      h(
        'button',
        {
          id: 'go',
          onClick() {
            retrospec.addCustomEvent('cart.opened', { items: 2 });
            throw new TypeError('no price in the cart');
          },
        },
        'Pay',
      );
  },
});

const options = JSON.parse(document.body.dataset.options ?? '{}');
createApp({ name: 'Shop', render: () => h(Cart) })
  .use(createRetrospec(options))
  .mount('#app');
