#!/bin/sh
# Debian's sources of the libraries that the engine of the page is linked with.
#
#   fetch.sh FOLDER       FOLDER/gsl, /libconfig, /jansson, /proj: as Debian builds them
#
# Works as any user and changes nothing of the system: apt is given a configuration, lists and a cache of
# its own in FOLDER/apt, in which every "deb" of the system's lists is a "deb-src". What is fetched is
# checked by apt against the lists, which are signed. Exit status: 0 all there, 1 not.
set -eu

folder=$1
say() { printf '%s\n' "$*"; }
for tool in apt-get apt-config dpkg-source; do
    command -v "$tool" >/dev/null 2>&1 || {
        say "$tool is missing (packages apt and dpkg-dev of Debian)"
        exit 1
    }
done

mkdir -p "$folder"
folder=$(CDPATH='' cd -- "$folder" && pwd -P)
apt=$folder/apt
rm -rf "$apt"
mkdir -p "$apt/parts" "$apt/none" "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/new"

eval "$(apt-config shell LIST Dir::Etc::sourcelist/f PARTS Dir::Etc::sourceparts/d)"
for list in "$LIST" "$PARTS"*.list; do
    [ -f "$list" ] || continue
    sed -n 's/^[[:space:]]*deb[[:space:]]/deb-src /p' "$list" >"$apt/parts/$(basename "$list" .list).list"
done
for list in "$PARTS"*.sources; do
    [ -f "$list" ] || continue
    sed 's/^[Tt]ypes:.*/Types: deb-src/' "$list" >"$apt/parts/$(basename "$list")"
done

# The system's own settings (a proxy, say), without what it does to itself after an update.
{
    apt-config dump | grep -v -i -E '^(APT::Update::|DPkg::|Dir::Etc::(main|parts|sourcelist|sourceparts)|Binary)' || true
    cat <<TEXT
Dir::Etc::main "$apt/none/main";
Dir::Etc::parts "$apt/none";
Dir::Etc::sourcelist "$apt/none/list";
Dir::Etc::sourceparts "$apt/parts";
Dir::State::lists "$apt/lists";
Dir::Cache "$apt/cache";
APT::Sandbox::User "$(id -un)";
Acquire::Languages "none";
Acquire::Retries "3";
TEXT
} >"$apt/apt.conf"
export APT_CONFIG=$apt/apt.conf

# A list without sources (of somebody else's packages) fails here, and is not needed.
cd "$apt/new"
apt-get -q update >"$apt/log" 2>&1 || true
# Of PROJ one file is compiled: its packaging, which is larger than itself, stays where it is.
if ! { apt-get -q source gsl libconfig jansson && apt-get -q --tar-only source proj; } >>"$apt/log" 2>&1; then
    say "apt-get source failed (is there a network?):"
    tail -n 5 "$apt/log"
    exit 1
fi
tar -xf proj_*.orig.tar.*
for name in gsl libconfig jansson proj; do
    for unpacked in "$name"-*/; do
        [ -d "$unpacked" ] || { say "no source of $name came"; exit 1; }
        rm -rf "${folder:?}/$name"
        mv "$unpacked" "$folder/$name"
    done
done
ls | sed -n -e 's/\.dsc$//p' -e 's/^\(proj_.*\)\.orig\.tar\..*$/\1/p' >"$folder/versions"
cd "$folder"
rm -rf "$apt"
