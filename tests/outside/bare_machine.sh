#!/usr/bin/env bash
# Prove both commands on a machine that has Python, make and a package index, and nothing else of ours.
#
#   tests/outside/bare_machine.sh FOLDER [base] [run] [test]
#
# base  makes a bare Debian in FOLDER/machine and puts this checkout, as it is committed, into its /root
# run   make run, until the page answers; and again, to see that it starts in seconds
# test  make test
# Without a step, all three. It needs root, debootstrap and git. FOLDER can be deleted afterwards, and must be for a
# machine as bare as the first time: `make test` may have installed a browser in it.
#
# The machine is reached by chroot in namespaces of its own: whatever is started in it ends with it. /root is closed to
# every user but root, which is the hard case for a database that never runs as root.
set -euo pipefail

SUITE=bookworm
PACKAGES=python3,python3-venv,make,ca-certificates
WHERE=/root/kept
PAGE=http://127.0.0.1:8000/
FIRST_START_SECONDS=900
NEXT_START_SECONDS=60

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# The mirror that this machine itself uses, unless DEBIAN_MIRROR names one.
mirror() {
    if [ -n "${DEBIAN_MIRROR:-}" ]; then
        printf '%s\n' "$DEBIAN_MIRROR"
        return
    fi
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null |
        sed -nE 's/^(URIs:|deb( \[[^]]*\])?)[[:space:]]+([^[:space:]]+).*/\3/p' | grep -m1 -E '/debian/?$' || true
}

# What lets this machine reach an index: its pip settings, certificates, names and proxies, whatever they are.
furnish() {
    local machine=$1
    rm -f "$machine/etc/resolv.conf"
    cp -L /etc/resolv.conf /etc/hosts "$machine/etc/"
    if [ -e /etc/pip.conf ]; then cp -L /etc/pip.conf "$machine/etc/pip.conf"; fi
    mkdir -p "$machine/etc/ssl/certs"
    cp -RL /etc/ssl/certs/. "$machine/etc/ssl/certs/" 2>/dev/null || true
    if command -v apt-config >/dev/null; then
        apt-config dump Acquire | grep -iE '::(proxy|https?::)' >"$machine/etc/apt/apt.conf.d/90-as-outside" || true
    fi
}

make_base() {
    local machine=$1 from
    from=$(mirror)
    if [ ! -e "$machine/made" ]; then
        rm -rf "$machine"
        mkdir -p "$machine"
        say "Making a bare Debian in $machine."
        debootstrap --variant=minbase --include="$PACKAGES" "$SUITE" "$machine" ${from:+"$from"} >"$machine.log" 2>&1 ||
            fail "debootstrap failed. The end of $machine.log says why: $(tail -n 3 "$machine.log")"
        touch "$machine/made"
    fi
    furnish "$machine"
    rm -rf "${machine:?}$WHERE"
    git clone --quiet --no-hardlinks "$CHECKOUT" "$machine$WHERE"
}

# Run a command in the machine: its own mounts, its own processes, and of the settings only what reaches an index.
inside() {
    local machine=$1 name
    shift
    local settings=()
    for name in $(compgen -e); do
        case $name in
        PIP_FIND_LINKS) ;; # a folder of this machine, not of that one
        PIP_* | *_proxy | *_PROXY | SSL_CERT_FILE | SSL_CERT_DIR | REQUESTS_CA_BUNDLE | NODE_EXTRA_CA_CERTS | PLAYWRIGHT_*)
            settings+=("$name=${!name}") ;;
        esac
    done
    # shellcheck disable=SC2016  # the inner shell expands these
    unshare --mount --pid --fork --kill-child bash -c '
        set -e
        machine=$1; where=$2; shift 2
        mount --make-rprivate /
        mount --rbind /dev "$machine/dev"
        mount -t proc proc "$machine/proc"
        mount -t sysfs -o ro sysfs "$machine/sys"
        mount -t tmpfs -o mode=1777 tmpfs "$machine/tmp"
        exec chroot "$machine" /usr/bin/env -i HOME=/root LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
    ' bash "$machine" "$WHERE" "${settings[@]}" bash -c "cd $WHERE && $*"
}

# Start, wait for the page, stop as a person does (Ctrl-C), and say how long it took.
RUN='
    python3 - "$SECONDS_ALLOWED" "$PAGE" <<"PROGRAM"
import os, signal, subprocess, sys, time, urllib.error, urllib.request

allowed, page = float(sys.argv[1]), sys.argv[2]
began = time.monotonic()
served = subprocess.Popen(["make", "run"], start_new_session=True)
answer = ""
while not answer and served.poll() is None and time.monotonic() - began < allowed:
    try:
        with urllib.request.urlopen(page, timeout=5) as response:
            answer = response.read().decode()
    except (urllib.error.URLError, OSError):
        time.sleep(0.2)
took = time.monotonic() - began
time.sleep(1)
if served.poll() is None:
    os.killpg(served.pid, signal.SIGINT)
    try:
        served.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(served.pid, signal.SIGKILL)
if "<html" not in answer.lower():
    sys.exit(f"make run: no page after {took:.0f} seconds.")
print(f"make run: the page answered after {took:.1f} seconds.")
PROGRAM
'

run_in() {
    local machine=$1
    if (exec 3<>/dev/tcp/127.0.0.1/8000) 2>/dev/null; then fail "Something else listens on port 8000. Stop it first."; fi
    say "make run, for the first time."
    inside "$machine" "SECONDS_ALLOWED=$FIRST_START_SECONDS PAGE=$PAGE; $RUN"
    say "make run, again."
    inside "$machine" "SECONDS_ALLOWED=$NEXT_START_SECONDS PAGE=$PAGE; $RUN"
}

test_in() {
    say "make test."
    inside "$1" "time make test"
}

[ $# -ge 1 ] || fail "Name a folder: tests/outside/bare_machine.sh FOLDER [base] [run] [test]"
[ "$(id -u)" = 0 ] || fail "This makes a machine inside a folder, which only root may."
for needed in debootstrap git unshare chroot; do
    command -v "$needed" >/dev/null || fail "This needs $needed. On Debian: apt-get install debootstrap git util-linux"
done
CHECKOUT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
mkdir -p "$1"
MACHINE=$(cd "$1" && pwd)/machine
shift
[ $# -gt 0 ] || set -- base run test
for step in "$@"; do
    case $step in
    base) make_base "$MACHINE" ;;
    run) run_in "$MACHINE" ;;
    test) test_in "$MACHINE" ;;
    *) fail "There is no step $step: base, run or test." ;;
    esac
done
