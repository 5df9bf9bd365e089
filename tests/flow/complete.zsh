#!/usr/bin/env -S zsh -f
# What zsh offers at the end of a line: complete.zsh PAGES LINE. Completion runs only in a line editor,
# so a second zsh is given a terminal; there, what the functions hand to compadd is written down.
zmodload zsh/zpty || exit 1
local said
zpty -b inner zsh -f -i || exit 1
zpty -w inner "PS1= PS2= RPS1=; unsetopt zle_bracketed_paste prompt_cr prompt_sp 2>/dev/null; fpath=(${(q)1}/zsh \$fpath)"
zpty -w inner 'autoload -Uz compinit; compinit -C -u -d '${(q)1}'.zsh-dump; zstyle ":completion:*" completer _complete
offered=$(mktemp)
compadd() {
    local -a hits
    builtin compadd -O hits "$@" 2>/dev/null; print -rl -- $hits >>$offered
    builtin compadd "$@"
}
tell() { zle complete-word; BUFFER=; print -r -- "<OFFERED"; cat $offered; print -r -- "OFFERED>"; rm -f $offered; }
zle -N tell; bindkey "^X" tell; print "REA""DY"'
zpty -r inner said '*READY*' || exit 1
zpty -w -n inner "$2"$'\C-x'
zpty -r inner said '*OFFERED>*' || exit 1
zpty -d inner
said=${said#*<OFFERED}
said=${said%OFFERED>*}
print -r -- "${said//$'\r'/}"
