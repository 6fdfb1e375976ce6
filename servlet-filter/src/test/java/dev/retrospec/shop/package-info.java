/** A customer's application, for the tests of the filter. */
package dev.retrospec.shop;
