/**
 * The one way to a server that speaks OpenAI's protocol: a bounded JSON request with a deadline.
 *
 * <p>May use {@code platform} and the JDK. Never here: what is asked, and what follows when there
 * is no answer.
 */
@NullMarked
package dev.retrospec.platform.openai;

import org.jspecify.annotations.NullMarked;
