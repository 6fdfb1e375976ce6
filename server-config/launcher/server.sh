# shellcheck shell=bash
# WildFly: configured by script, started, watched until healthy. Sourced by ./retrospec.

DEPLOYMENT=$SERVER_BASE/deployments/retrospec.ear

# Runs the CLI scripts when they, or the server, changed since the last time.
configure_server() {
  local stamp
  stamp=$(cat "$CHECKOUT"/server-config/cli/[0-9]*.cli "$WILDFLY/.provisioned" | sha256sum)
  if [[ ! -f $SERVER_BASE/.configured || $(<"$SERVER_BASE/.configured") != "$stamp" ]]; then
    if is_running server; then
      say "The server's configuration changed: it is restarted"
      stop_process server 40
    fi
    say "Configuring the server"
    run_cli_scripts
    printf '%s' "$stamp" >"$SERVER_BASE/.configured"
  fi
  write_management_login
}

run_cli_scripts() {
  local all=$RUN/configure.cli
  mkdir -p "$SERVER_BASE/deployments"
  # From the shipped file each time: what a script no longer says is gone, too.
  rm -rf "$SERVER_BASE/configuration"
  cp -r "$WILDFLY/standalone/configuration" "$SERVER_BASE/"
  chmod 700 "$SERVER_BASE/configuration"
  {
    printf 'embed-server --server-config=standalone-full.xml\n'
    cat "$CHECKOUT"/server-config/cli/[0-9]*.cli
    printf 'stop-embedded-server\n'
  } >"$all"
  JAVA_OPTS="-Xmx256m -Djboss.server.base.dir=$SERVER_BASE" \
    "$WILDFLY/bin/jboss-cli.sh" "--file=$all" >"$LOGS/configure.log" 2>&1 </dev/null ||
    fail_with_log "$LOGS/configure.log" "The server's configuration failed"
}

# WildFly's own format: HEX(MD5(user ':' realm ':' password)).
write_management_login() {
  local file=$SERVER_BASE/configuration/mgmt-users.properties hash
  hash=$(printf '%s:ManagementRealm:%s' "$RETROSPEC_MANAGEMENT_USER" \
    "$RETROSPEC_MANAGEMENT_PASSWORD" | md5sum | cut -d ' ' -f 1)
  (umask 077 && printf '%s=%s\n' "$RETROSPEC_MANAGEMENT_USER" "$hash" >"$file.part")
  mv "$file.part" "$file"
}

deploy_application() {
  SERVER_LOG_BEGIN=$(wc -l 2>/dev/null <"$LOGS/server.log" || printf 0)
  cmp -s "$RETROSPEC_EAR" "$DEPLOYMENT" && [[ -f $DEPLOYMENT.deployed ]] && is_running server && return
  rm -f "$DEPLOYMENT".{failed,undeployed,skipdeploy}
  cp "$RETROSPEC_EAR" "$SERVER_BASE/retrospec.ear.part"
  mv "$SERVER_BASE/retrospec.ear.part" "$DEPLOYMENT"
  if is_running server; then
    say "Deploying the new build"
    rm -f "$DEPLOYMENT.deployed"
  fi
  touch "$DEPLOYMENT.dodeploy"
}

start_server() {
  is_running server && return
  require_free_port "$HTTP_PORT" RetroSpec
  require_free_port "$MANAGEMENT_PORT" "management console"
  say "Starting the server on port $HTTP_PORT"
  rm -f "$DEPLOYMENT".{deployed,isdeploying,pending}
  touch "$DEPLOYMENT.dodeploy"
  # Few malloc arenas: resident memory stays where the heap setting suggests.
  export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
  export RETROSPEC_URL RETROSPEC_CONSOLE_LEVEL=${RETROSPEC_CONSOLE_LEVEL:-WARN}
  name_the_browser
  # Compression pins the heap for moments. Java 17 takes two such moments in a row for a full heap, and the server
  # would end with memory to spare.
  local options=()
  read -ra options <<<"$(module_options) ${RETROSPEC_JAVA_OPTS:-}"
  start_process server "$LOGS/console.log" java -D"[RetroSpec]" \
    "-Xmx${RETROSPEC_HEAP:-448m}" -XX:MaxMetaspaceSize=256m -XX:MaxDirectMemorySize=128m \
    -XX:+UnlockDiagnosticVMOptions -XX:GCLockerRetryAllocationCount=100 \
    -XX:ReservedCodeCacheSize=128m -XX:+ExitOnOutOfMemoryError "-XX:ErrorFile=$LOGS/java-error-%p.log" \
    "${options[@]}" \
    -Djava.net.preferIPv4Stack=true -Djava.awt.headless=true \
    -Djboss.modules.system.pkgs=org.jboss.byteman \
    "-Dorg.jboss.boot.log.file=$LOGS/server.log" \
    "-Dlogging.configuration=file:$SERVER_BASE/configuration/logging.properties" \
    -jar "$WILDFLY/jboss-modules.jar" -mp "$WILDFLY/modules" org.jboss.as.standalone \
    "-Djboss.home.dir=$WILDFLY" "-Djboss.server.base.dir=$SERVER_BASE" \
    "-Djboss.server.log.dir=$LOGS" --server-config=standalone-full.xml \
    "-Djboss.bind.address=$RETROSPEC_BIND" -Djboss.bind.address.management=127.0.0.1 \
    "-Djboss.socket.binding.port-offset=$OFFSET"
}

# What snapshots of pages and videos of sessions need; without it they are answered with 503, and nothing else is missing.
name_the_browser() {
  local driver=$CHECKOUT/mdb-workers/target/playwright/driver
  find_chromium || say "No Chromium here: snapshots of pages are not available"
  if [[ -z ${PLAYWRIGHT_DRIVER_DIR:-} && -d $driver ]]; then
    export PLAYWRIGHT_DRIVER_DIR=$driver
  fi
  if [[ ${REPLAY_RENDER_ENABLED:-} =~ ^(true|1|yes|on)$ ]] &&
    ! command -v "${RETROSPEC_FFMPEG:-ffmpeg}" >/dev/null; then
    say "No ffmpeg here: videos of sessions are not available"
  fi
  export PLAYWRIGHT_NODEJS_PATH=${PLAYWRIGHT_NODEJS_PATH:-$(command -v node)}
}

# The same --add-opens and --add-exports as the server's own start script would give.
module_options() (
  set +eu
  JAVA=java GREP=grep COMMON_CONF=/dev/null
  # shellcheck disable=SC1091,SC2034
  source "$WILDFLY/bin/common.sh"
  setDefaultModularJvmOptions
  setSecurityManagerDefault
  printf '%s %s' "$DEFAULT_MODULAR_JVM_OPTIONS" "${SECURITY_MANAGER_CONFIG_OPTION:-}"
)

is_healthy() {
  [[ $(curl -s -o /dev/null -m 5 -w '%{http_code}' "$RETROSPEC_URL/healthz") == 200 ]]
}

wait_until_healthy() {
  local seconds=${RETROSPEC_START_TIMEOUT:-180} begun=$SECONDS
  until [[ -f $DEPLOYMENT.deployed ]] && is_healthy; do
    is_running server || fail_with_log "$LOGS/console.log" "The server ended while it was starting"
    [[ ! -f $DEPLOYMENT.failed ]] || fail_with_causes "The application was not deployed"
    ((SECONDS - begun < seconds)) ||
      fail_with_causes "Not healthy within $seconds s: $RETROSPEC_URL/healthz"
    sleep 0.5
  done
  say "Healthy after $((SECONDS - begun)) s"
}

# The innermost causes say more than the end of the log.
fail_with_causes() {
  touch "$LOGS/server.log" # it may not have come so far as to write one
  printf '\nErrors in %s:\n' "$LOGS/server.log" >&2
  sed -n "$((SERVER_LOG_BEGIN + 1)),\$p" "$LOGS/server.log" |
    awk '/^[^ ]+ ERROR|^ *Caused by:|^Message +:/ && !seen[$0]++' | cut -c 1-300 | tail -n 20 >&2
  fail_with_log "$LOGS/server.log" "$1" 20
}

# The default project's own keys, made once; again when the database no longer knows them.
create_project_keys() {
  if [[ -n ${RETROSPEC_INGEST_KEY:-} && -n ${RETROSPEC_SECRET_KEY:-} ]]; then
    local status
    status=$(curl -s -o /dev/null -m 10 -w '%{http_code}' \
      -H @<(printf 'X-Retrospec-Key: %s' "$RETROSPEC_SECRET_KEY") \
      "$RETROSPEC_URL/v1/issues?state=active")
    [[ $status != 401 ]] && return
  fi
  say "Creating the keys of project proj_default"
  keep_key RETROSPEC_INGEST_KEY "$(new_project_key ingest)"
  keep_key RETROSPEC_SECRET_KEY "$(new_project_key secret)"
}

new_project_key() {
  local answer key
  # Not among the arguments, which every user of the machine can list.
  answer=$(curl -sS -m 30 -X POST -H @<(printf 'X-Retrospec-Admin: %s' "$ADMIN_API_KEY") \
    -H 'Content-Type: application/json' --data "{\"label\":\"launcher\",\"scope\":\"$1\"}" \
    "$RETROSPEC_URL/v1/admin/projects/proj_default/keys")
  key=$(sed -n 's/.*"apiKey" *: *"\([^"]*\)".*/\1/p' <<<"$answer")
  [[ -n $key ]] || fail "The server gave no $1 key: $answer"
  printf '%s' "$key"
}

say_where() {
  cat <<TEXT

RetroSpec is up.
  dashboard    $RETROSPEC_URL/   (user $RETROSPEC_USER, password: RETROSPEC_PASSWORD in $KEYS)
  management   $RETROSPEC_MANAGEMENT_URL/console   (user $RETROSPEC_MANAGEMENT_USER)
  for a shell  eval "\$(./retrospec env)"
  next         ./retrospec demo
TEXT
}
