# shellcheck shell=bash
# pgvector for the tests. Sourced by ./retrospec.

# Sets RETROSPEC_PGVECTOR, or says why the tests that need it are skipped.
find_pgvector() {
  if [[ -n ${RETROSPEC_PGVECTOR:-} ]]; then
    return 0
  fi
  local built=$RETROSPEC_HOME/pgvector/built tool
  if [[ ! -f $built/vector.so ]]; then
    for tool in apt-get dpkg-deb gcc tar; do
      if ! command -v "$tool" >/dev/null; then
        say "Skipped: the tests with pgvector ($tool is missing)"
        return 0
      fi
    done
    say "Building pgvector for the tests"
    if ! "$LAUNCHER/build-pgvector" "$RETROSPEC_HOME/pgvector" >"$LOGS/pgvector.log" 2>&1; then
      tail -n 3 "$LOGS/pgvector.log" >&2
      say "Skipped: the tests with pgvector (it could not be built: $LOGS/pgvector.log)"
      return 0
    fi
  fi
  export RETROSPEC_PGVECTOR=$built
}
