package dev.retrospec.sessions;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Where else a session is spoken of, such as a support ticket or the visitor's account.
 *
 * @param url of http or https
 * @param title as it is shown; null for the address itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SessionLink(String url, @Nullable String title) {}
