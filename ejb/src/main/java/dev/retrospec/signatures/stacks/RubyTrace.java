package dev.retrospec.signatures.stacks;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ruby's backtraces before and since 3.4, and those of RSpec and Minitest. */
final class RubyTrace {

  /** {@code from app/cart.rb:12:in `total'}, {@code # ./spec/cart_spec.rb:3:in 'Cart#total'}. */
  private static final Pattern FRAME =
      Pattern.compile(
          "^\\s{0,40}(?:from |# |\\d{1,4}: from )?(?<file>[^\\s:]{1,300}\\.(?:rb|erb|rake|ru|haml|slim))"
              + ":\\d{1,9}(?::in [`'](?<name>[^`']{1,200})')?(?:: (?<message>.*))?$");

  /** {@code undefined method … (NoMethodError)}: Ruby puts the type behind. */
  private static final Pattern TYPE_BEHIND =
      Pattern.compile("^(?<message>.*) \\((?<type>[A-Z][\\w:]{1,200})\\)$");

  private static final Pattern BLOCK =
      Pattern.compile("^(?:block (?:\\(\\d{1,3} levels\\) )?in |rescue in |ensure in )+");

  private static final Pattern FOREIGN =
      Pattern.compile("/gems/|/lib/ruby/|^<internal:|/(?:rspec|minitest|bundler)[-/]|^-e$|/bin/");

  private RubyTrace() {}

  static List<Thrown> read(List<String> lines) {
    Chain chain = new Chain();
    for (String line : lines) {
      Matcher frame = FRAME.matcher(line);
      if (frame.matches()) {
        add(chain, frame);
        continue;
      }
      String text = line.strip();
      Header header = chain.hasFrames() || chain.begun() ? null : Header.of(text);
      if (header != null) {
        chain.thrown(header.type(), header.message());
      } else {
        chain.text(text);
      }
    }
    return chain.read();
  }

  private static void add(Chain chain, Matcher frame) {
    String message = frame.group("message");
    if (message != null) {
      Matcher behind = TYPE_BEHIND.matcher(message);
      boolean typed = behind.matches();
      chain.thrown(typed ? behind.group("type") : "", typed ? behind.group("message") : message);
    }
    String told = frame.group("name");
    String name = told == null ? Frame.NO_NAME : BLOCK.matcher(told).replaceFirst("");
    int last = Math.max(name.lastIndexOf('#'), name.lastIndexOf('.')) + 1;
    String file = frame.group("file");
    chain.frame(
        new Frame(
            name.startsWith("<") ? Frame.NO_NAME : name.substring(last),
            SourcePath.tail(file),
            !FOREIGN.matcher(file).find()));
  }
}
