# shellcheck shell=sh
# Sourced by the tests of the program: starts it and looks at what it says. The script that sources
# this has set $muster, and $out and $err, the files for stdout and stderr; it ends with $faults.
: "${muster:?}" "${out:?}" "${err:?}"
faults=0

fault() {
    faults=$((faults + 1))
    echo "FAULT: $*"
    sed 's/^/    stdout: /' "$out" | head -n 5
    sed 's/^/    stderr: /' "$err" | head -n 5
}

# try STATUS ARGUMENT...: runs it, output in $out and $err
try() {
    wanted=$1
    shift
    "$muster" "$@" >"$out" 2>"$err" </dev/null
    got=$?
    [ "$got" -eq "$wanted" ] || fault "status $got, not $wanted: muster $*"
}
out_has() { grep -q -e "$1" "$out" || fault "stdout lacks '$1'"; }
out_lacks() { ! grep -q -e "$1" "$out" || fault "stdout has '$1'"; }
out_empty() { [ ! -s "$out" ] || fault "stdout should be empty"; }
err_has() { grep -q -e "$1" "$err" || fault "stderr lacks '$1'"; }
err_lacks() { ! grep -q -e "$1" "$err" || fault "stderr has '$1'"; }
err_empty() { [ ! -s "$err" ] || fault "stderr should be empty"; }
