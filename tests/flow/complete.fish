#!/usr/bin/env -S fish -N
# What fish offers at the end of a line: complete.fish PAGES LINE
source $argv[1]/fish/muster.fish
complete -C $argv[2] | string replace -r '\t.*' ''
true
