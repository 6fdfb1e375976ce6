package dev.retrospec.jobs;

import dev.retrospec.ids.JobId;

/** Tells the workers of a kind that a job waits. */
public record JobSignal(JobKind kind, JobId id) {}
