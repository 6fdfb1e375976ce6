# shellcheck shell=bash
# Starting, finding and stopping exactly our own processes. Sourced by ./retrospec.
#
# A process is remembered as "pid start-time", because a pid alone may belong to someone else by now.

STARTED=()
WORKING_CHILD=

take_lock() {
  exec 9>"$RUN/lock"
  flock --nonblock 9 && return
  say "Waiting for another ./retrospec on $RETROSPEC_HOME"
  flock 9
}

# Field 22 of /proc/<pid>/stat; the name in field 2 may contain blanks.
start_time() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  # shellcheck disable=SC2086  # split on purpose
  set -- ${stat##*) }
  [[ $1 != Z ]] && printf '%s' "${20}"
}

remember_process() { printf '%s %s\n' "$2" "$(start_time "$2")" >"$RUN/$1.pid"; }

process_id() { cut -d ' ' -f 1 "$RUN/$1.pid"; }

is_running() {
  local pid started
  [[ -f $RUN/$1.pid ]] || return 1
  read -r pid started <"$RUN/$1.pid"
  [[ -n $started && $(start_time "$pid") == "$started" ]]
}

# start_process name log command…: in a session of its own, so that a closed terminal does not end it.
start_process() {
  local name=$1 log=$2
  shift 2
  setsid "$@" >>"$log" 2>&1 </dev/null 9>&- &
  remember_process "$name" $!
  disown $!
  STARTED+=("$name")
}

# stop_process name seconds: asks, waits, then ends it.
stop_process() {
  local name=$1 seconds=$2 pid
  if is_running "$name"; then
    pid=$(process_id "$name")
    say "Stopping $name (process $pid)"
    kill -TERM "$pid" 2>/dev/null || true
    if ! wait_until_gone "$name" "$seconds"; then
      say "$name did not stop within $seconds s: killing it"
      kill -KILL "$pid" 2>/dev/null || true
      wait_until_gone "$name" 10 || say "$name (process $pid) is still there"
    fi
  fi
  rm -f "$RUN/$name.pid" "$RUN/$name.ready"
}

wait_until_gone() {
  local tries=$(($2 * 5))
  while is_running "$1"; do
    ((tries-- > 0)) || return 1
    sleep 0.2
  done
}

stop_what_was_started_on_failure() {
  trap 'undo_start $?' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  # "up | head" closes our output.
  trap 'exit 141' PIPE
}

keep_what_was_started() { STARTED=(); }

undo_start() {
  local status=$1 index
  trap - EXIT
  trap '' PIPE
  set +e
  if [[ -n $WORKING_CHILD ]]; then
    kill -TERM -- "-$WORKING_CHILD" 2>/dev/null || true
  fi
  if [[ $status != 0 && ${#STARTED[@]} -gt 0 ]]; then
    say "Not started; stopping what was."
    for ((index = ${#STARTED[@]} - 1; index >= 0; index--)); do
      case ${STARTED[index]} in
        postgresql) stop_postgresql ;;
        *) stop_process "${STARTED[index]}" 30 ;;
      esac
    done
  fi
  is_running server || rm -f "$RUN/offset"
  exit "$status"
}

# work_visibly log progress-function command…: runs it and prints the progress line when it changes.
work_visibly() {
  local log=$1 progress=$2 last='' line
  shift 2
  # Its own process group, so that an interrupt ends Maven's children as well.
  setsid "$@" >"$log" 2>&1 </dev/null 9>&- &
  WORKING_CHILD=$!
  while kill -0 "$WORKING_CHILD" 2>/dev/null; do
    line=$("$progress" "$log" || true)
    if [[ -n $line && $line != "$last" ]]; then
      say "  $line"
      last=$line
    fi
    sleep 1
  done
  local child=$WORKING_CHILD
  WORKING_CHILD=
  wait "$child"
}

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

require_free_port() {
  port_is_free "$1" || fail "Port $1 ($2) is in use; choose another RETROSPEC_PORT_OFFSET (now $OFFSET)"
}
