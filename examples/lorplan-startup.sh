# shellcheck shell=sh
# Says what is due today whenever you open a shell, and nothing on a day when nothing is.
# Paste this into ~/.bashrc or ~/.profile, below the lines that set PATH, or source this file from there.
# Your plan file is $LORPLAN_FILE, or else the one named below. Without it, or without lorplan, all is quiet.

case $- in *i*) (
    file=${LORPLAN_FILE:-$HOME/rotations.yaml}
    [ -f "$file" ] && command -v lorplan >/dev/null || exit 0
    lorplan due --today --plain -- "$file" |
        awk -F '\t' '{ print "lorplan: " $1 ($1 == "overdue" ? " since " : " until ") $3 ": " $7 }'
) || : ;; esac
