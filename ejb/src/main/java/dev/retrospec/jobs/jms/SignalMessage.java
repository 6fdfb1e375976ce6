package dev.retrospec.jobs.jms;

import dev.retrospec.ids.JobId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a signal: {@code {"jobId":42}}. */
public final class SignalMessage {

  private static final Pattern FORM = Pattern.compile("\\{\"jobId\":(\\d{1,18})}");

  private SignalMessage() {}

  static String of(JobId id) {
    return "{\"jobId\":" + id.value() + "}";
  }

  /**
   * @throws IllegalArgumentException when it is not a signal of ours
   */
  public static JobId read(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("The message is no signal");
    }
    return new JobId(Long.parseLong(form.group(1)));
  }
}
