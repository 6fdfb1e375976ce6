package dev.retrospec.shop;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;

/** The customer's own code, which fails. */
@Named
@RequestScoped
public class OrderDesk {

  public String order() {
    throw new IllegalStateException("the warehouse does not answer");
  }
}
