/**
 * Taking in what browsers send: chunks from our SDK, whole uploads and reports from any rrweb
 * client. Both ways end in the same tables, in one transaction each.
 *
 * <p>A body is inflated, validated, scrubbed and compressed before the transaction begins; in it
 * stand session, chunk, markers, clusters, promotion and job rows. May use everything below. Never
 * here: HTTP, how markers are grouped, what workers do later.
 */
@NullMarked
package dev.retrospec.ingest;

import org.jspecify.annotations.NullMarked;
