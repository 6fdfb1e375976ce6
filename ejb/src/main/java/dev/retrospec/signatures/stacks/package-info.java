/**
 * Reads stack traces as the runtimes and test runners print them: Java, JavaScript and TypeScript,
 * Python, Go, Ruby, .NET, Rust. One class per language, each a line reader over bounded lines.
 *
 * <p>The result is a chain of what was thrown, the cause first, with frames topmost first, without
 * lines, columns, machines and builds. May use {@code signatures.text} and the JDK. Never here:
 * scores, hashes.
 */
@NullMarked
package dev.retrospec.signatures.stacks;

import org.jspecify.annotations.NullMarked;
