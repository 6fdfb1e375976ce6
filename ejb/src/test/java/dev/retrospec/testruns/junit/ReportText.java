package dev.retrospec.testruns.junit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reports that tests write down as text. */
final class ReportText {

  private ReportText() {}

  static JUnitReport read(String xml) throws IOException {
    JUnitReader reader = new JUnitReader();
    reader.read(bytes(xml));
    return reader.report();
  }

  static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
