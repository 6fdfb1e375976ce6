// Angular compiles the component in the browser: a page of its build tool is not needed here.
import '@angular/compiler';
import { Component } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { injectRetrospec, provideRetrospec } from '../../adapters/angular/src/index';

function cart() {
  const retrospec = injectRetrospec();
  return {
    pay() {
      retrospec.addCustomEvent('cart.opened', { items: 2 });
      throw new TypeError('no price in the cart');
    },
  };
}

const Shop = Component({
  selector: 'app-shop',
  template: '<button id="go" (click)="cart.pay()">Pay</button>',
})(
  class {
    readonly cart = cart();
  },
);

const options = JSON.parse(document.body.dataset.options ?? '{}');
void bootstrapApplication(Shop, { providers: [provideRetrospec(options)] });
