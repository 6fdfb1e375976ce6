package dev.retrospec.projects;

import dev.retrospec.ids.ApiKeyId;
import dev.retrospec.ids.ProjectId;

/** Who showed a valid key, and what it opens. */
public record KeyHolder(ProjectId projectId, ApiKeyId keyId, KeyScope scope) {}
