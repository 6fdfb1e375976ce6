# shellcheck shell=bash
# PostgreSQL and the object store beside the server, unless the operator names others. Sourced by
# ./retrospec.

is_external() {
  case $1 in
    postgresql) [[ -n ${DATABASE_URL:-} ]] ;;
    s3) [[ -n ${S3_ENDPOINT:-} ]] ;;
    *) return 1 ;;
  esac
}

# Sets DATABASE_URL (as the documents name it) and what the server's datasource reads.
database_settings() {
  if [[ -z ${DATABASE_URL:-} ]]; then
    DATABASE_URL=postgresql://retrospec:$EMBEDDED_POSTGRESQL_PASSWORD@127.0.0.1:$POSTGRESQL_PORT/retrospec
  fi
  local rest credentials=''
  rest=${DATABASE_URL#*://}
  if [[ $rest == *@* ]]; then
    credentials=${rest%@*}
    rest=${rest##*@}
  fi
  RETROSPEC_JDBC_URL=jdbc:postgresql://$rest
  RETROSPEC_DB_USER=$(url_decoded "${credentials%%:*}")
  RETROSPEC_DB_PASSWORD=''
  [[ $credentials == *:* ]] && RETROSPEC_DB_PASSWORD=$(url_decoded "${credentials#*:}")
  export DATABASE_URL RETROSPEC_JDBC_URL RETROSPEC_DB_USER RETROSPEC_DB_PASSWORD
}

url_decoded() {
  local text=${1//\\/\\\\}
  printf '%b' "${text//%/\\x}"
}

object_store_settings() {
  S3_REGION=${S3_REGION:-${AWS_REGION:-us-east-1}}
  S3_BUCKET=${S3_BUCKET:-${S3_BUCKET_NAME:-retrospec}}
  if [[ -z ${S3_ENDPOINT:-} ]]; then
    S3_ENDPOINT=http://127.0.0.1:$S3_PORT
    S3_ACCESS_KEY=$EMBEDDED_S3_ACCESS_KEY
    S3_SECRET_KEY=$EMBEDDED_S3_SECRET_KEY
  fi
  export S3_ENDPOINT S3_REGION S3_BUCKET S3_ACCESS_KEY S3_SECRET_KEY
}

start_postgresql() {
  if is_external postgresql; then
    say "PostgreSQL: the one of DATABASE_URL"
    database_settings
    return
  fi
  database_settings
  is_running postgresql && return
  stop_leftover_postmaster
  require_free_port "$POSTGRESQL_PORT" PostgreSQL
  say "Starting PostgreSQL on port $POSTGRESQL_PORT"
  EMBEDDED_POSTGRESQL_PORT=$POSTGRESQL_PORT \
    EMBEDDED_POSTGRESQL_DIRECTORY=$DATA/postgresql \
    EMBEDDED_POSTGRESQL_LOG=$LOGS/postgresql.log \
    EMBEDDED_POSTGRESQL_DATABASE=retrospec \
    EMBEDDED_POSTGRESQL_USER=retrospec \
    EMBEDDED_POSTGRESQL_PASSWORD=$EMBEDDED_POSTGRESQL_PASSWORD \
    start_embedded postgresql -Xmx256m
}

start_object_store() {
  if is_external s3; then
    say "Object store: $S3_ENDPOINT"
    object_store_settings
    return
  fi
  object_store_settings
  is_running s3 && return
  require_free_port "$S3_PORT" "object store"
  say "Starting the object store on port $S3_PORT"
  # A signed upload of 64 MB is held whole while its signature is checked: room for four at once.
  EMBEDDED_S3_PORT=$S3_PORT EMBEDDED_S3_DIRECTORY=$DATA/s3 start_embedded s3 -Xmx768m
}

# start_embedded name java-options…: one process per service, so that one can fail without the other.
start_embedded() {
  local name=$1 classes=$CHECKOUT/server-config/target
  shift
  rm -f "$RUN/$name.ready"
  EMBEDDED_READY_FILE=$RUN/$name.ready start_process "$name" "$LOGS/$name.log" \
    java -XX:+UseSerialGC -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40 \
    -XX:TieredStopAtLevel=1 "$@" \
    -cp "$classes/classes:$classes/embedded/*" dev.retrospec.embedded.EmbeddedServices
  local tries=600
  until [[ -f $RUN/$name.ready ]]; do
    is_running "$name" || fail_with_log "$LOGS/$name.log" "$name did not start"
    ((tries-- > 0)) || fail_with_log "$LOGS/$name.log" "$name did not start within 120 s"
    sleep 0.2
  done
}

stop_postgresql() {
  stop_process postgresql 30
  stop_leftover_postmaster
}

# When the process around it was killed, PostgreSQL itself lives on and holds its data directory.
stop_leftover_postmaster() {
  local file=$DATA/postgresql/data/postmaster.pid pid
  [[ -f $file ]] || return 0
  read -r pid <"$file"
  tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF "$DATA/postgresql/data" || return 0
  say "Stopping PostgreSQL (process $pid), left from before"
  remember_process postmaster "$pid"
  # SIGINT is its fast shutdown: it does not wait for clients.
  kill -INT "$pid" 2>/dev/null || true
  wait_until_gone postmaster 20 || stop_process postmaster 5
  rm -f "$RUN/postmaster.pid"
}
