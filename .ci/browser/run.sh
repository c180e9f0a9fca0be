#!/usr/bin/env bash
# The review's page in headless Chromium. Installs what is missing: Debian's browser, and the driver from npm as locked.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."

if [ ! -x "${CHROMIUM:-/usr/bin/chromium}" ]; then
  as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium
fi
command -v node >/dev/null || { echo "Node 20 or newer is missing" >&2; exit 2; }
(cd "$here" && npm ci --no-audit --no-fund --silent)

cargo run --quiet -p xtask --example sample_review -- target/browser
cd "$here" && npm test --silent
