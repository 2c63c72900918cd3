#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The real window on a real X server: opens a sample, types a number format, undoes, looks, quits.
#   xvfb_smoke.sh PROGRAM SAMPLES [PICTURE]
# Exit 77 (skipped) where xvfb or xdotool are missing. PICTURE keeps what was seen.
set -euo pipefail
program=$1
samples=$2
picture=${3:-}

for tool in Xvfb xdotool; do
    command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done

work=$(mktemp -d)
server=''
window=''
finish() {
    [ -z "$window" ] || kill "$window" 2>/dev/null || true
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
fail() { echo "failed: $*" >&2; [ ! -s "$work/said" ] || cat "$work/said" >&2; exit 1; }
# Repeats a command until it succeeds, for as many tenths of a second.
within() { local tenths=$1; shift; for ((i = 0; i < tenths; ++i)); do "$@" && return; sleep 0.1; done; return 1; }

# The server chooses a free display and says which.
Xvfb -displayfd 3 -screen 0 1440x900x24 -nolisten tcp -fbdir "$work" 3>"$work/display" 2>"$work/server" &
server=$!
within 50 test -s "$work/display" || fail "the X server did not start: $(cat "$work/server")"
DISPLAY=:$(cat "$work/display")
export DISPLAY
mkdir -m 700 "$work/run"
export XDG_RUNTIME_DIR=$work/run QT_QPA_PLATFORM=xcb

start() {
    "$program" --config-dir "$work/config" --size 1440x900 --theme light "$@" >"$work/said" 2>&1 &
    window=$!
    within 100 shown || fail "no window appeared"
    xdotool windowmove --sync "$id" 0 0 2>/dev/null || true
    xdotool windowfocus --sync "$id"
}
shown() { id=$(xdotool search --all --onlyvisible --pid "$window" --name Bitwright 2>/dev/null | head -1) && [ -n "$id" ]; }
titled() { [[ $(xdotool getwindowname "$id" 2>/dev/null) == $1 ]]; }
journalled() { grep -qsF "$1" "$work"/config/recovery/*.journal; }

start --input "$samples/data/wine_x.npy" --labels "$samples/data/wine_y.npy" --select MatMul_0 "$samples/models/wine_mlp.onnx"
within 100 titled 'wine_mlp.onnx*' || fail "the sample did not open"

# Ctrl+P goes to the result format of the selected layer; the journal tells what the program understood.
sleep 0.3
xdotool key --clearmodifiers ctrl+p
sleep 0.3
xdotool key ctrl+a
xdotool type --delay 5 'fixed<11,4>'
xdotool key Return
within 50 journalled 'fixed<11,4>' || fail "the typed format did not arrive"
within 50 titled '*\**' || fail "an edit did not mark the design as modified"

# Killed as a crash would: the next start offers the edit, and opening it shows a modified design again.
kill -9 "$window"
wait "$window" 2>/dev/null || true
start
within 50 titled 'Bitwright' || fail "the second start did not show the welcome page"
sleep 0.3
xdotool key space # the button that opens it has the focus
within 100 titled 'wine_mlp.onnx*' || fail "the recovered design did not open"
within 50 titled '*\**' || fail "the recovered design is not marked as modified"

# A picture that shows something: the server keeps its screen in a file.
sleep 1
cp "$work/Xvfb_screen0" "$work/window.xwd"
colours=$(tail -c +4096 "$work/window.xwd" | od -An -v -tx4 -w4 | sort -u | wc -l)
[ "$colours" -gt 50 ] || fail "the picture is blank: $colours colours"
[ -z "$picture" ] || { command -v convert >/dev/null && convert "xwd:$work/window.xwd" "$picture"; }

# A second start opens in this window and ends at once.
timeout 10 "$program" --config-dir "$work/config" "$samples/models/digits_mlp.onnx" >"$work/second" || fail "the second start did not end"
grep -q running "$work/second" || fail "the second start opened a window of its own"

# The design has unsaved edits, so the question about them comes first: Alt+D discards.
asked() { question=$(xdotool search --all --onlyvisible --pid "$window" --name 'Save changes' 2>/dev/null | head -1) && [ -n "$question" ]; }
within 50 asked || fail "nothing asked about unsaved edits"
xdotool windowfocus --sync "$question"
xdotool key --clearmodifiers alt+d
within 100 titled 'digits_mlp.onnx*' || fail "what the second start named did not open"
xdotool windowfocus --sync "$id"
xdotool key --clearmodifiers ctrl+q
within 50 eval '! kill -0 "$window" 2>/dev/null' || fail "the window did not quit"
wait "$window" || fail "the window ended with exit code $?"
window=''
echo "passed: opened, edited, recovered after kill -9, $colours colours, single instance, quit"
