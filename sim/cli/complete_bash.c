/* Completions for bash: a table of verbs in its language, and one walk over the words. */
#include "cli/syntax.h"

static const char head[] =
    "# Completions of muster(1) for bash, made by \"muster help --completion bash\"; do not edit.\n"
    "\n"
    "# Names from lists of the library, or of the scenario on the line.\n"
    "_muster_names()\n"
    "{\n"
    "    local list\n"
    "    for list in $1; do\n"
    "        \"$muster\" list \"$list\" ${file:+\"$file\"} --ids 2>/dev/null </dev/null\n"
    "    done\n"
    "}\n"
    "\n"
    "# A word without its quotes, so that a file can be opened; nothing in it is carried out.\n"
    "_muster_plain()\n"
    "{\n"
    "    plain=${1//[\\\\\\'\\\"]/}\n"
    "    [[ $plain != '~/'* ]] || plain=$HOME/${plain#'~/'}\n"
    "}\n"
    "\n"
    "# Sets options, those with a value, and where (kind, words, lists) for a verb and a place.\n"
    "_muster_table()\n"
    "{\n"
    "    kind='' words='' lists=''\n"
    "    case $verb in\n";

static const char tail[] =
    "    esac\n"
    "}\n"
    "\n"
    "_muster()\n"
    "{\n"
    "    local cur=${COMP_WORDS[COMP_CWORD]} muster plain verb='' file='' option='' place=1 "
    "only=''\n"
    "    local options='' valued='' kind='' words='' lists='' i word\n"
    "    COMPREPLY=()\n"
    "    _muster_plain \"${COMP_WORDS[0]}\"\n"
    "    muster=$plain\n"
    "    if ((COMP_CWORD == 1)); then\n"
    "        _muster_table ''\n"
    "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n"
    "        return\n"
    "    fi\n"
    "    verb=${COMP_WORDS[1]}\n"
    "    _muster_table ''\n"
    "    # The words between: values of options, which may be written --option=value, and "
    "arguments.\n"
    "    for ((i = 2; i < COMP_CWORD; i++)); do\n"
    "        word=${COMP_WORDS[i]}\n"
    "        if [[ $word == '=' ]]; then # bash splits words there; the rest belongs to the last\n"
    "            [[ -n $option ]] || ((i++))\n"
    "        elif [[ -n $option ]]; then\n"
    "            option=''\n"
    "        elif [[ -z $only && $word == -- ]]; then\n"
    "            only=1\n"
    "        elif [[ -z $only && $word == -?* ]]; then\n"
    "            [[ \" $valued \" != *\" $word \"* ]] || option=$word\n"
    "        else\n"
    "            _muster_table \"$place\"\n"
    "            _muster_plain \"$word\"\n"
    "            [[ $kind != *files* || -n $file || ! -f $plain ]] || file=$plain\n"
    "            ((place++))\n"
    "        fi\n"
    "    done\n"
    "    if [[ $cur == '=' && -n $option ]]; then\n"
    "        cur=''\n"
    "    fi\n"
    "    if [[ -z $option && -z $only && $cur == -* ]]; then\n"
    "        mapfile -t COMPREPLY < <(compgen -W \"$options --help\" -- \"$cur\")\n"
    "        return\n"
    "    fi\n"
    "    _muster_table \"${option:-$place}\"\n"
    "    [[ -z $words ]] || mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n"
    "    if [[ -n $lists ]]; then\n"
    "        while IFS= read -r word; do\n"
    "            [[ $word != \"$cur\"* || $word == *' '* ]] || COMPREPLY+=(\"$word\")\n"
    "        done < <(_muster_names \"$lists\")\n"
    "    fi\n"
    "    if [[ $kind == *files* || $kind == *folders* ]]; then\n"
    "        compopt -o filenames 2>/dev/null\n"
    "        [[ $kind == *files* ]] && i=-f || i=-d\n"
    "        while IFS= read -r word; do\n"
    "            COMPREPLY+=(\"$word\")\n"
    "        done < <(compgen $i -- \"$cur\")\n"
    "    fi\n"
    "}\n"
    "\n"
    "complete -F _muster muster\n";

static void add_offer(mst_text *out, const cli_offer *offer)
{
    mst_text_printf(out, " kind='%s%s' words='%s' lists='%s' ;;\n", offer->files ? "files" : "",
                    offer->folders ? "folders" : "", offer->words, offer->lists);
}

static void add_verb(mst_text *out, const cli_verb *verb)
{
    cli_place place[CLI_PLACES_MAX];
    cli_offer offer;
    const int count = cli_places(verb, place);
    mst_text_printf(out, "        %s)\n            options='", verb->name);
    for (const cli_option *o = verb->options; o && o->name; o++)
        mst_text_printf(out, "%s%s", o == verb->options ? "" : " ", o->name);
    mst_text_add(out, "' valued='");
    for (const cli_option *o = verb->options; o && o->name; o++)
        mst_text_printf(out, "%s%s", o->argument ? " " : "", o->argument ? o->name : "");
    mst_text_add(out, "'\n            case $1 in\n");
    for (const cli_option *o = verb->options; o && o->name; o++)
        if (o->argument) {
            cli_option_offer(o, &offer);
            mst_text_printf(out, "                %s)", o->name);
            add_offer(out, &offer);
        }
    for (int i = 0; i < count; i++) {
        if (place[i].repeats)
            mst_text_add(out, "                *)");
        else
            mst_text_printf(out, "                %d)", i + 1);
        add_offer(out, &place[i].offer);
    }
    mst_text_add(out, "            esac ;;\n");
}

void cli_complete_bash(mst_text *out)
{
    mst_text_add(out, head);
    mst_text_add(out, "        '')\n            words='--help --version");
    for (int i = 0; cli_verbs[i]; i++)
        mst_text_printf(out, " %s", cli_verbs[i]->name);
    mst_text_add(out, "' ;;\n");
    for (int i = 0; cli_verbs[i]; i++)
        add_verb(out, cli_verbs[i]);
    mst_text_add(out, tail);
}
