#!/bin/bash
# What bash offers at the end of a line: complete.bash PAGES LINE. Words are split as bash does it, at
# blanks and at '=' outside of quotes.
set -u
source "$1/bash/muster"
line=$2
COMP_WORDS=() word='' quote=''
for ((at = 0; at < ${#line}; at++)); do
    c=${line:at:1}
    if [[ -n $quote ]]; then
        word+=$c
        [[ $c != "$quote" ]] || quote=''
    elif [[ $c == "'" ]]; then
        word+=$c quote=$c
    elif [[ $c == '\' ]]; then
        word+=$c${line:++at:1}
    elif [[ $c == ' ' ]]; then
        [[ -z $word ]] || COMP_WORDS+=("$word")
        word=''
    elif [[ $c == '=' ]]; then
        [[ -z $word ]] || COMP_WORDS+=("$word")
        COMP_WORDS+=('=')
        word=''
    else
        word+=$c
    fi
done
# Right behind '=' it is this sign that bash completes.
[[ -z $word && ${line: -1} == '=' ]] || COMP_WORDS+=("$word")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$line COMP_POINT=${#line}
[[ $(complete -p muster) == *'-F _muster muster' ]] || echo "not bound to muster" >&2
_muster muster "${COMP_WORDS[COMP_CWORD]}" ''
printf '%s\n' "${COMPREPLY[@]}"
