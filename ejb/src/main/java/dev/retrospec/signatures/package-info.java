/**
 * What a failure looks like, whoever reports it: a signature of its stack and words, and how alike
 * two signatures are. One set of rules for failures in CI and in production.
 *
 * <p>{@link dev.retrospec.signatures.Signatures} makes the signature, {@link
 * dev.retrospec.signatures.Terms} what a store finds candidates by, {@link
 * dev.retrospec.signatures.Scorer} compares, {@link dev.retrospec.signatures.Calibration} turns the
 * score into a probability. The rules are pure; {@code signatures.store} alone keeps signatures.
 * May use {@code ids}, {@code platform} and the JDK. Never here: {@code jakarta.*}, a clock, what a
 * test run or an issue is.
 */
@NullMarked
package dev.retrospec.signatures;

import org.jspecify.annotations.NullMarked;
