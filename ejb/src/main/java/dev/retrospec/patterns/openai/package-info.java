/**
 * Vectors of a model behind OpenAI's embeddings protocol, where one is set. Only {@link
 * dev.retrospec.patterns.openai.RedactedText} leaves the house.
 *
 * <p>May use {@code privacy}, {@code signatures.text} and {@code platform}. Never here: what is
 * kept in the memory, and what a nearness means.
 */
@NullMarked
package dev.retrospec.patterns.openai;

import org.jspecify.annotations.NullMarked;
