package dev.retrospec.ingest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client's report about a session and what failed in it, as it was sent: nothing is checked. */
public record IngestRequest(
    @Nullable SessionFields session, @Nullable List<@Nullable MarkerFields> markers) {}
