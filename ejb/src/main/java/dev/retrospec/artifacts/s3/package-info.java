/**
 * The object store over the S3 protocol: AWS, and the many stores that speak the same.
 *
 * <p>May use the AWS SDK. Never here: what a key means.
 */
@NullMarked
package dev.retrospec.artifacts.s3;

import org.jspecify.annotations.NullMarked;
