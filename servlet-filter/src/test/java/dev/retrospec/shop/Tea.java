package dev.retrospec.shop;

import java.io.Serializable;

/** What the shop sells; no record, because EL 5 reads properties by their getters alone. */
public final class Tea implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String name;
  private final int cents;

  Tea(String name, int cents) {
    this.name = name;
    this.cents = cents;
  }

  public String getName() {
    return name;
  }

  public int getCents() {
    return cents;
  }
}
