# shellcheck shell=bash
# Tests and the demonstration. Sourced by ./retrospec.

export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1

run_tests() {
  require_tools
  install_test_tools
  find_chromium || true
  find_pgvector
  maven -ntp verify "$@"
}

# Chromium draws, ffmpeg makes videos. Installed where that is possible, named where it is not.
install_test_tools() {
  local missing=()
  find_chromium || missing+=(chromium)
  command -v ffmpeg >/dev/null || missing+=(ffmpeg)
  [[ ${#missing[@]} -gt 0 ]] || return 0
  if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
    say "Installing ${missing[*]} with apt-get"
    if apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y \
      --no-install-recommends "${missing[@]}" >"$LOGS/apt.log" 2>&1; then
      return 0
    fi
    tail -n 5 "$LOGS/apt.log" >&2
  fi
  say "Missing, and not installable from here: ${missing[*]}. The tests that need it are skipped."
}

# Playwright drives the system's Chromium; it never downloads one.
find_chromium() {
  local candidate
  for candidate in "${RETROSPEC_CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [[ -n $candidate ]] && command -v "$candidate" >/dev/null; then
      RETROSPEC_CHROMIUM=$(command -v "$candidate")
      export RETROSPEC_CHROMIUM
      return 0
    fi
  done
  return 1
}

run_demo() {
  find_chromium || fail "The demonstration drives a real browser: install chromium first"
  (up)
  if [[ ! -d $CHECKOUT/sdk/node_modules/playwright-core ]]; then
    say "Installing the SDK's tools"
    (cd "$CHECKOUT/sdk" && npm ci --no-audit --no-fund) >"$LOGS/npm.log" 2>&1 ||
      fail_with_log "$LOGS/npm.log" "npm ci failed"
  fi
  local exports
  exports=$(env_exports)
  eval "$exports"
  (cd "$CHECKOUT/sdk" && exec node demo/run.mjs "$@")
}
