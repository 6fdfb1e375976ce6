package dev.retrospec.sourcemaps.symbols;

/** Stacks with the same key have the same original, as 32 hexadecimal digits. */
public record StackKey(String hex) {

  @Override
  public String toString() {
    return hex;
  }
}
