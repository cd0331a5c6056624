#!/usr/bin/env bash
# Sets up what a command needs (restore, build, page), then runs it. ./run.sh --help tells the commands.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
logs=$root/artifacts/logs
host=$root/src/LowLatency.Host/bin/Release/net10.0/lowlatency.dll
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

fail() {
  printf '%s\n' "$1" >&2
  exit 1
}

check_sdk() {
  command -v dotnet >/dev/null || fail "dotnet is not installed: LowLatency needs the .NET 10 SDK (https://dot.net)."
  (cd "$root" && dotnet --version >"$logs/sdk.log" 2>&1) && return
  local found
  found=$(dotnet --list-sdks 2>>"$logs/sdk.log" | cut -d' ' -f1 | paste -sd' ' -) || found=none
  fail "The .NET 10 SDK is not installed (found: ${found:-none}); install it from https://dot.net."
}

# One line that says what went wrong and what to do; the whole log stays where the line says.
explain() {
  local step=$1 log=$2
  if grep -qE 'NU1301|NU1801|Unable to load the service index|Name or service not known|Connection refused' "$log"; then
    fail "$step failed: no package source can be reached. Connect to the network, or name a source that can be with 'dotnet nuget add source'; details: $log"
  fi
  if grep -qE 'NU1101|NU1102|NU1103' "$log"; then
    fail "$step failed: $(grep -oE 'NU110[123]: [^.]*' "$log" | head -1); the package source lacks it. Details: $log"
  fi
  fail "$step failed: $(grep -m1 -oE 'error [A-Z]+[0-9]+: .*' "$log" || tail -1 "$log"). Details: $log"
}

quietly() { # name, command …
  local step=$1 log
  log=$logs/$(printf '%s' "$1" | tr 'A-Z ' 'a-z-').log
  shift
  "$@" >"$log" 2>&1 || explain "$step" "$log"
}

# What the sources look like: nothing is built again while they look the same.
fingerprint() {
  (cd "$root" && find "$@" -type f \( -path '*/bin/*' -o -path '*/obj/*' -o -path '*/node_modules/*' -o -path '*/dist/*' \) -prune -o -type f -printf '%p %s %T@\n' | LC_ALL=C sort | cksum)
}

# The native library is built where cmake and a C compiler are there; where they are not, or fail, its managed twins do its work.
build_native() {
  local source=$root/native target=$root/artifacts/native stamp=$root/artifacts/stamps/native library=liblowlatency.so now
  [ -f "$source/CMakeLists.txt" ] && [ "$(uname -s)" = Linux ] || return 0
  now=$(fingerprint native)
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$now" ] && [ -f "$target/$library" ] && return
  if ! command -v cmake >/dev/null || ! { command -v "${CC:-cc}" || command -v gcc || command -v clang; } >/dev/null; then
    printf 'The native library is not built: it takes cmake and a C compiler. All else works.\n' >&2
    return
  fi
  printf 'Building the native library …\n' >&2
  rm -rf "$target/build"
  mkdir -p "$target/build" "$root/artifacts/stamps"
  if (cmake -S "$source" -B "$target/build" && cmake --build "$target/build") >"$logs/native.log" 2>&1; then
    # Put in place in one step: programs that run have the old one mapped.
    mv -f "$target/build/$library" "$target/$library"
    printf '%s\n' "$now" >"$stamp"
  else
    rm -f "$target/$library"
    printf 'The native library is not built: cmake failed (%s). All else works.\n' "$logs/native.log" >&2
  fi
}

build() { # project or solution
  local stamp=$root/artifacts/stamps/$1 library=artifacts/native/liblowlatency.so now done
  build_native
  [ -f "$root/$library" ] || library=
  # shellcheck disable=SC2086 # no library, no argument
  now=$(fingerprint src benchmarks tests configs Directory.Build.props Directory.Packages.props global.json .editorconfig LowLatency.sln $library)
  for done in "$stamp" "$root/artifacts/stamps/all"; do
    [ -f "$done" ] && [ "$(cat "$done")" = "$now" ] && [ -f "$host" ] && return
  done
  check_sdk
  printf 'Building (the first time takes a minute) …\n' >&2
  quietly "The restore" dotnet restore "$root/$2"
  quietly "The build" dotnet build "$root/$2" -c Release --no-restore
  mkdir -p "$(dirname "$stamp")"
  printf '%s\n' "$now" >"$stamp"
}

# The page is built where npm is there; where it is not, or fails, everything else works and the page says why.
build_page() {
  local source=$root/src/dashboard target stamp=$root/artifacts/stamps/dashboard now
  target=$(dirname "$host")/dashboard
  now=$(fingerprint src/dashboard)
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$now" ] && [ -f "$target/index.html" ] && return
  if ! command -v npm >/dev/null; then
    printf 'The page is not built: npm is not installed (Node.js 20 or later brings it). All else works.\n' >&2
    return
  fi
  printf 'Building the page …\n' >&2
  if (cd "$source" && npm ci --no-audit --no-fund && npm run build) >"$logs/dashboard.log" 2>&1; then
    rm -rf "$target"
    cp -R "$source/dist" "$target"
    mkdir -p "$(dirname "$stamp")"
    fingerprint src/dashboard >"$stamp"
  else
    printf 'The page is not built: npm failed (%s). All else works.\n' "$logs/dashboard.log" >&2
  fi
}

# Every test project prints its counts; the last line adds them up.
test_all() {
  local filter='Category!=Long' status=0 results=$root/artifacts/test-results
  [ "${1:-}" = --long ] && filter='Category=Long'
  [ $# -le 1 ] && [ -z "${1:-}" -o "${1:-}" = --long ] || fail "usage: ./run.sh test [--long]"
  build all LowLatency.sln
  build_page
  rm -rf "$results"
  dotnet test "$root/LowLatency.sln" -c Release --no-build --filter "$filter" -m:1 --logger 'console;verbosity=minimal' 2>&1 | tee "$logs/test.log" || status=1
  count() { sed -nE "s/.*$1: *([0-9]+).*/\1/p" "$logs/test.log" | awk '{n += $1} END {print n + 0}'; }
  local passed failed skipped
  passed=$(count Passed)
  failed=$(count Failed)
  skipped=$(count Skipped)
  [ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
  printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
  [ "$failed" -eq 0 ]
}

mkdir -p "$logs"
case "${1:-}" in
  test)
    shift
    test_all "$@"
    ;;
  bench)
    shift
    build all LowLatency.sln
    exec dotnet "$root/benchmarks/LowLatency.Benchmarks/bin/Release/net10.0/LowLatency.Benchmarks.dll" "$@"
    ;;
  pack)
    build all LowLatency.sln
    quietly "The packing" dotnet pack "$root/LowLatency.sln" -c Release --no-build
    ls "$root/artifacts/packages"
    ;;
  -h | --help)
    cat <<'TEXT'
./run.sh            runs everything: feed, pipeline, gateway and page; prints the URL; Ctrl-C stops it
./run.sh test       builds and runs the tests; --long runs the long ones instead
./run.sh bench      runs the benchmark suites: [core|aeron|analytics|storage|feeds|gateway …] [--quick] [--filter TEXT] [--list] [--json FILE] [--html FILE] [--compare FILE] [--repetitions N] [--seconds N]
./run.sh pack       packs the libraries into artifacts/packages
./run.sh engine     runs feed and pipeline alone, publishing over Aeron
./run.sh fanout     runs the gateway and the page alone, for an engine in another process: [--port N]
./run.sh writer     writes an engine's output journal to QuestDB, and follows it
./run.sh db init    makes QuestDB's tables, or says how they differ
./run.sh driver     runs the Aeron driver alone, for the roles above and any Aeron client
./run.sh replay     runs the whole pipeline over files; ./run.sh replay --help tells the options
./run.sh stat       shows the counters of running engines each second: [--once] [--json] [--errors] [--file FILE]
./run.sh doctor     tells what is installed and what the settings choose

What follows are the options of the program itself.

TEXT
    build host src/LowLatency.Host/LowLatency.Host.csproj
    exec dotnet "$host" --help
    ;;
  replay | stat | doctor | engine | fanout | writer | driver | db | --version | '-?')
    build host src/LowLatency.Host/LowLatency.Host.csproj
    case $1 in doctor | fanout) build_page ;; esac
    exec dotnet "$host" "$@"
    ;;
  '' | -*)
    build host src/LowLatency.Host/LowLatency.Host.csproj
    build_page
    exec dotnet "$host" "$@"
    ;;
  *)
    fail "There is no command '$1': ./run.sh [test|engine|fanout|writer|driver|db|replay|stat|bench|pack|doctor], or no command to run everything; ./run.sh --help tells more."
    ;;
esac
