# shellcheck shell=bash
# Where things are, which ports they use, and the generated keys. Sourced by ./retrospec.
# shellcheck disable=SC2034  # the other parts use these names

RETROSPEC_HOME=${RETROSPEC_HOME:-$CHECKOUT/.retrospec}
mkdir -p "$RETROSPEC_HOME"
RETROSPEC_HOME=$(cd "$RETROSPEC_HOME" && pwd)
RUN=$RETROSPEC_HOME/run
LOGS=$RETROSPEC_HOME/logs
DATA=$RETROSPEC_HOME/data
SERVER_BASE=$RETROSPEC_HOME/server
KEYS=$RETROSPEC_HOME/keys
mkdir -p "$RUN" "$LOGS" "$DATA" "$SERVER_BASE"
# Recordings, logs and the broker's journal are nobody else's business.
chmod 700 "$RUN" "$LOGS" "$DATA" "$SERVER_BASE"

# A running instance is found again without repeating its offset.
if [[ -z ${RETROSPEC_PORT_OFFSET:-} && -f $RUN/offset ]]; then
  RETROSPEC_PORT_OFFSET=$(<"$RUN/offset")
fi
OFFSET=${RETROSPEC_PORT_OFFSET:-0}
HTTP_PORT=$((8080 + OFFSET))
MANAGEMENT_PORT=$((9990 + OFFSET))
POSTGRESQL_PORT=$((15432 + OFFSET))
S3_PORT=$((19000 + OFFSET))

RETROSPEC_BIND=${RETROSPEC_BIND:-127.0.0.1}
RETROSPEC_URL=http://127.0.0.1:$HTTP_PORT
RETROSPEC_MANAGEMENT_URL=http://127.0.0.1:$MANAGEMENT_PORT

say() { printf '%s\n' "$*"; }

fail() {
  printf 'retrospec: %s\n' "$*" >&2
  exit 1
}

require_tools() {
  local tool version
  # WildFly's own scripts split their options at blanks.
  [[ "$CHECKOUT$RETROSPEC_HOME" != *[[:space:]]* ]] ||
    fail "The paths of the checkout and of RETROSPEC_HOME must not contain blanks"
  for tool in java curl flock setsid; do
    command -v "$tool" >/dev/null || fail "$tool is needed and was not found"
  done
  version=$(java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
  [[ ${version:-0} -ge 17 ]] || fail "Java 17 or newer is needed; 'java' is ${version:-of unknown version}"
  command -v javac >/dev/null || fail "A JDK is needed, this is a Java runtime only (javac is missing)"
  version=$(node --version 2>/dev/null | sed -n 's/^v\([0-9]*\).*/\1/p')
  [[ ${version:-0} -ge 20 ]] && command -v npm >/dev/null ||
    fail "Node.js 20 or newer with npm is needed for the SDK"
}

remember_offset() {
  if is_running server && [[ -f $RUN/offset && $(<"$RUN/offset") != "$OFFSET" ]]; then
    fail "Already running with port offset $(<"$RUN/offset"); ./retrospec down first"
  fi
  printf '%s\n' "$OFFSET" >"$RUN/offset"
}

# Keys are generated once. A variable that the operator sets wins over the file.
load_keys() {
  local name value
  [[ -f $KEYS ]] || return 0
  while IFS='=' read -r name value; do
    [[ -n $name && -z ${!name:-} ]] && declare -gx "$name=$value"
  done <"$KEYS"
  forget_own_exports
}

# In a shell that evaluated "./retrospec env", our own addresses are not the operator's choice.
forget_own_exports() {
  if [[ ${DATABASE_URL:-} == "postgresql://retrospec:$EMBEDDED_POSTGRESQL_PASSWORD@127.0.0.1:"* ]]; then
    unset DATABASE_URL
  fi
  if [[ ${S3_ACCESS_KEY:-} == "$EMBEDDED_S3_ACCESS_KEY" ]]; then
    unset S3_ENDPOINT S3_REGION S3_BUCKET S3_ACCESS_KEY S3_SECRET_KEY
  fi
}

generate_keys() {
  say "Generating keys in $KEYS"
  (
    umask 077
    {
      printf 'ADMIN_API_KEY=rsa_%s\n' "$(random_text 32)"
      printf 'INTERNAL_API_KEY=rsi_%s\n' "$(random_text 32)"
      printf 'ARTIFACT_TOKEN_SECRET=%s\n' "$(random_text 43)"
      printf 'RETROSPEC_MASTER_KEY=%s\n' "$(head -c 32 /dev/urandom | base64 -w 0)"
      printf 'RETROSPEC_USER=admin\n'
      printf 'RETROSPEC_PASSWORD=%s\n' "$(random_text 20)"
      printf 'RETROSPEC_MANAGEMENT_USER=operator\n'
      printf 'RETROSPEC_MANAGEMENT_PASSWORD=%s\n' "$(random_text 24)"
      printf 'EMBEDDED_POSTGRESQL_PASSWORD=%s\n' "$(random_text 32)"
      printf 'EMBEDDED_S3_ACCESS_KEY=%s\n' "$(random_text 20)"
      printf 'EMBEDDED_S3_SECRET_KEY=%s\n' "$(random_text 40)"
    } >"$KEYS.part"
  )
  mv "$KEYS.part" "$KEYS"
}

keep_key() {
  local kept
  kept=$(grep -v "^$1=" "$KEYS" || true)
  (umask 077 && printf '%s\n%s=%s\n' "$kept" "$1" "$2" >"$KEYS.part")
  mv "$KEYS.part" "$KEYS"
  declare -gx "$1=$2"
}

random_text() {
  local text
  text=$(head -c "$(($1 * 4))" /dev/urandom | base64 -w 0 | tr -dc 'A-Za-z0-9')
  printf '%s' "${text:0:$1}"
}
