#!/bin/sh
# Prints what each applicant has to do this week. It sends no mail itself: cron mails what a job prints, and
# nothing when it prints nothing. For Mondays at seven, with `crontab -e` (PATH must lead to lorplan):
#
#   MAILTO=adviser@example.org
#   0 7 * * 1  PATH="$HOME/.local/bin:$PATH" "$HOME/bin/weekly-reminder.sh" "$HOME/students"
#
# Each argument is a plan file, or a folder with plan files (*.yaml, *.yml). What is wrong with a file is told
# on standard error, and the others are reported all the same. An applicant goes by the name of the file.
#
# Exit status: 0 nothing is due yet, 8 something is overdue or due, 1 a file has a problem, 2 wrong usage.

set -eu

worst=0

# report FILE: print what its applicant has to do; raise `worst`.
report() {
    status=0
    list=$(lorplan due --within 7d --plain --exit-code -- "$1") || status=$?
    case $status in
    0) ;;
    8) [ "$worst" -eq 1 ] || worst=8 ;;
    *) # lorplan has said on standard error what is wrong
        worst=1
        return
        ;;
    esac
    [ -n "$list" ] || return 0
    name=${1##*/}
    printf '%s\n' "${name%.*}"
    printf '%s\n' "$list" | awk -F '\t' '
        $1 == "overdue"  { print "  overdue since " $3 ": " $7 }
        $1 == "due"      { print "  due until " $3 ": " $7 }
        $1 == "upcoming" { print "  from " $2 " on: " $7 }'
    echo
}

# report_folder FOLDER: every plan file in it; a folder without any is a mistake in the crontab.
report_folder() {
    found=no
    for file in "$1"/*.yaml "$1"/*.yml; do
        [ -f "$file" ] || continue
        found=yes
        report "$file"
    done
    if [ "$found" = no ]; then
        echo "weekly-reminder.sh: no plan files in $1" >&2
        worst=1
    fi
}

if [ $# -eq 0 ]; then
    echo "usage: weekly-reminder.sh FILE-OR-FOLDER..." >&2
    exit 2
fi
if ! command -v lorplan >/dev/null; then
    echo "weekly-reminder.sh: lorplan is not on the PATH" >&2
    exit 1
fi

for place in "$@"; do
    if [ -d "$place" ]; then
        report_folder "$place"
    else
        report "$place"
    fi
done
exit "$worst"
