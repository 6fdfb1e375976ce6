# shellcheck shell=bash
# The server and the application, made when missing or out of date. Sourced by ./retrospec.

WILDFLY_VERSION=$(sed -n 's|.*<wildfly.version>\(.*\)</wildfly.version>.*|\1|p' "$CHECKOUT/pom.xml")
# Shared by every RETROSPEC_HOME of this checkout; nothing writes there after provisioning.
WILDFLY=$CHECKOUT/.retrospec/wildfly-$WILDFLY_VERSION
BUILT_EAR=$CHECKOUT/ear/target/retrospec.ear

maven() { (cd "$CHECKOUT" && exec ./mvnw -B "$@"); }

provision_server() {
  local stamp
  stamp=$(cd "$CHECKOUT" && {
    grep -E '<(wildfly|eclipselink|postgresql)\.version>' pom.xml
    find server-config/modules -name module.xml -exec cat {} +
  } | sha256sum)
  [[ -f $WILDFLY/.provisioned && $(<"$WILDFLY/.provisioned") == "$stamp" ]] && return
  mkdir -p "$CHECKOUT/.retrospec"
  exec 8>"$CHECKOUT/.retrospec/provision.lock"
  flock 8
  if [[ ! -f $WILDFLY/.provisioned || $(<"$WILDFLY/.provisioned") != "$stamp" ]]; then
    unpack_server "$stamp"
  fi
  exec 8>&-
}

unpack_server() {
  local work=$CHECKOUT/.retrospec/provisioning
  say "Preparing WildFly $WILDFLY_VERSION (a download of 261 MB, once)"
  rm -rf "$work"
  mkdir -p "$work"
  work_visibly "$LOGS/provision.log" server_download_progress \
    "$CHECKOUT/mvnw" -B -ntp -f "$CHECKOUT/pom.xml" -pl server-config \
    dependency:unpack@server dependency:copy@server-modules "-Dprovision.directory=$work" ||
    fail_with_log "$LOGS/provision.log" "WildFly could not be prepared"
  install_modules "$work" "$work/wildfly-$WILDFLY_VERSION/modules"
  rm -rf "$WILDFLY"
  mv "$work/wildfly-$WILDFLY_VERSION" "$WILDFLY"
  rm -rf "$work"
  printf '%s' "$1" >"$WILDFLY/.provisioned"
}

server_download_progress() {
  local repository=$HOME/.m2/repository/org/wildfly/wildfly-dist/$WILDFLY_VERSION size
  size=$(du -sm "$repository" 2>/dev/null | cut -f 1)
  [[ ${size:-0} -gt 0 ]] && printf 'WildFly: %s of 261 MB' "$size"
}

install_modules() {
  local jars=$1 modules=$2 own=$CHECKOUT/server-config/modules
  local persistence=$modules/system/layers/base/org/eclipse/persistence/main
  local driver=$modules/org/postgresql/main
  mkdir -p "$driver"
  sed "s/@wildfly.version@/$WILDFLY_VERSION/" \
    "$own/org/eclipse/persistence/main/module.xml" >"$persistence/module.xml"
  cp "$own/org/postgresql/main/module.xml" "$driver/module.xml"
  mv "$jars/eclipselink.jar" "$persistence/eclipselink.jar"
  mv "$jars/postgresql.jar" "$driver/postgresql.jar"
}

# RETROSPEC_EAR names an EAR that is ready: nothing is built.
build_application() {
  if [[ -n ${RETROSPEC_EAR:-} ]]; then
    [[ -f $RETROSPEC_EAR ]] || fail "RETROSPEC_EAR does not exist: $RETROSPEC_EAR"
    return
  fi
  RETROSPEC_EAR=$BUILT_EAR
  is_built && return
  local begun=$RUN/build-begun
  touch "$begun"
  say "Building RetroSpec (the first time downloads libraries; details: $LOGS/build.log)"
  work_visibly "$LOGS/build.log" build_progress \
    "$CHECKOUT/mvnw" -B -f "$CHECKOUT/pom.xml" -pl server-config,ear -am \
    -DskipTests -DskipSystemTests package ||
    fail_with_log "$LOGS/build.log" "The build failed"
  # Sources that changed while it was built count as newer.
  touch -r "$begun" "$CHECKOUT/ear/target/built"
}

is_built() {
  local stamp=$CHECKOUT/ear/target/built newer
  [[ -f $BUILT_EAR && -f $stamp ]] || return 1
  newer=$(cd "$CHECKOUT" && find pom.xml ejb web mdb-workers sdk servlet-filter ear server-config -type f \
    -newer "$stamp" -not -path '*/target/*' -not -path '*/node_modules/*' -not -path '*/dist/*' \
    -not -path '*/src/test/*' -not -path 'server-config/cli/*' \
    -not -path 'server-config/launcher/*' -print -quit)
  [[ -z $newer ]]
}

# "RetroSpec :: domain core, 120 files downloaded": the module, and every 20th download.
build_progress() {
  awk '/Building RetroSpec :: / { sub(/.*Building /, ""); sub(/ [0-9][^ ]*-SNAPSHOT.*/, ""); module = $0 }
    /Downloaded from/ { downloaded++ }
    END {
      step = int(downloaded / 20) * 20
      if (module != "" || step > 0)
        print (module == "" ? "preparing" : module) (step > 0 ? ", " step " files downloaded" : "")
    }' "$1"
}

fail_with_log() {
  printf '\nLast lines of %s:\n' "$1" >&2
  awk '!/Download(ing|ed) from/' "$1" | tail -n "${3:-40}" >&2
  fail "$2"
}
