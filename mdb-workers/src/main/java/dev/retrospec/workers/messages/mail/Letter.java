package dev.retrospec.workers.messages.mail;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A letter as it is to be sent.
 *
 * @param number the same when it is sent twice, so that mail programs show it once
 * @param subject one line
 * @param headers beside the usual ones
 */
public record Letter(
    String number,
    List<String> recipients,
    String subject,
    Instant writtenAt,
    Map<String, String> headers,
    String text,
    String html) {}
