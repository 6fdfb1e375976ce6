package dev.retrospec.patterns;

import dev.retrospec.ids.PatternId;
import dev.retrospec.ids.ProjectId;

/** A pattern is gone, and another one has all that was its. Fired in the merge's transaction. */
public record PatternMerged(ProjectId project, PatternId gone, PatternId into) {}
