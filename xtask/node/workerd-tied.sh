#!/bin/sh
# Starts workerd so that it dies with the process that started it, even when that one is killed with
# SIGKILL and cannot clean up. Without setpriv (util-linux) workerd starts untied.
if command -v setpriv >/dev/null 2>&1; then
  exec setpriv --pdeathsig KILL -- "$TRELLIS_WORKERD_BIN" "$@"
fi
exec "$TRELLIS_WORKERD_BIN" "$@"
