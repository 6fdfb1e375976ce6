/**
 * What is measured, one class for each page of results. May use the rest of this module,
 * RetroSpec's HTTP API, and its tables where figures or a large stock of sessions cannot be had
 * otherwise.
 */
@NullMarked
package dev.retrospec.bench.scenario;

import org.jspecify.annotations.NullMarked;
