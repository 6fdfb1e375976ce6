import axios from 'axios';
import { z } from 'zod';
import { configureStore, createSlice } from '@reduxjs/toolkit';

const Product = z.object({ id: z.number(), price: z.object({ amount: z.number() }) });
const Address = z.object({ street: z.string(), zip: z.string().min(5) });

const basket = createSlice({
  name: 'basket',
  initialState: { lines: null },
  reducers: {
    added: (state_, action_) => {
      state_.lines.push(action_.payload);
    },
    removed: (state_, action_) => {
      state_.lines = state_.lines.filter((line_) => line_.id !== action_.payload);
    },
  },
});

const store = configureStore({ reducer: { basket: basket.reducer } });

const client = axios.create({ baseURL: '/' });

async function loadProduct(id_) {
  const { data: data_ } = await client.get('api/products/' + id_);
  return Product.parse(data_);
}

async function loadOffers(id_) {
  const { data: data_ } = await client.get('api/offers/' + id_);
  return data_.list;
}

async function saveAddress(id_, address_) {
  await client.put('api/addresses/' + id_, Address.parse(address_));
}

async function loadAway(id_) {
  await axios.get('http://127.0.0.1:9/away/' + id_);
}

globalThis.faults = {
  'product-gone': (v) => loadProduct('404-' + v.n),
  'product-broken': (v) => loadProduct('500-' + v.n),
  'offers-gone': (v) => loadOffers('404-' + v.n),
  'product-of-other-shape': (v) => loadProduct('empty-' + v.n),
  'address-incomplete': (v) => saveAddress(v.n, { street: v.word }),
  'address-refused': (v) => saveAddress('422-' + v.n, { street: v.word, zip: '12345' }),
  'away-unreachable': (v) => loadAway(v.n),
  'add-to-no-basket': (v) => store.dispatch(basket.actions.added(v.n)),
  'remove-from-no-basket': (v) => store.dispatch(basket.actions.removed(v.n)),
  'action-without-type': () => store.dispatch({}),
  'action-is-a-function': () => store.dispatch('go'),
};
