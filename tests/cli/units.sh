#!/bin/bash
# Not under sanitizers: systemd reads the README.
# The systemd units that README.md shows are ones that systemd understands.
. "$(dirname "$0")/tap.sh.inc"
if ! command -v systemd-analyze >/dev/null; then
    echo "1..0 # SKIP systemd-analyze is missing"
    exit 0
fi
mkdir "$work/units"
# The first two blocks of ini, as files.
awk -v dir="$work/units" '/^```ini$/ { name = dir "/peerline@" (++n == 1 ? ".service" : ".timer"); next }
     /^```$/ { name = ""; next }
     name && n <= 2 { print >name }' "$root/README.md"
[ -s "$work/units/peerline@.service" ] && [ -s "$work/units/peerline@.timer" ]
ok $? "README.md shows a service and a timer"
# What does not exist on this machine, such as the program, is no fault of the unit.
sed -i 's,^ExecStart=[^ ]*,ExecStart=/bin/true,' "$work/units/peerline@.service"
cp "$work/units/peerline@.service" "$work/units/peerline@x.service"
cp "$work/units/peerline@.timer" "$work/units/peerline@x.timer"
said=$(cd "$work/units" && systemd-analyze verify --man=no ./peerline@x.service ./peerline@x.timer 2>&1 | grep 'peerline@')
is "$said" "" "systemd finds no fault with them"
command=$(sed -n 's,^ExecStart=[^ ]*peerline ,,p' "$root/README.md" | sed 's/%i/demo/g')
for option in $(printf '%s\n' $command | grep '^--'); do
    case $("$program" help run) in *"$option"*) ok 0 "there is an option $option" ;; *) ok 1 "there is an option $option" ;; esac
done
finish
