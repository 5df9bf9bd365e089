#!/bin/sh
# Remakes land.bin in DIR from the published source and compares it with the one kept here.
#   check.sh DIR      DIR is made if need be; needs node and npm
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
work=${1:?usage: check.sh DIR}
mkdir -p "$work"
cp "$here/package.json" "$here/package-lock.json" "$here/make_land.mjs" "$work/"
cd "$work"
npm ci --ignore-scripts --no-audit --no-fund
node make_land.mjs made
for file in land.bin land.txt; do
    cmp "$here/$file" "made/$file" || { echo "$file differs from its source" >&2; exit 1; }
done
echo "land.bin and land.txt are what make_land.mjs makes"
