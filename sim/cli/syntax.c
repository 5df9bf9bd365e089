/* What may stand where on a command line, read out of the tables. */
#include "cli/syntax.h"

#include <ctype.h>
#include <string.h>

/* What "muster show" knows, of the library and of a scenario. */
static const char items[] = "classes bases straits measures states units groups drills serials "
                            "rules observations variants levers";
static const char library_items[] = "classes bases straits";

static void add_word(char words[CLI_WORD_BYTES], const char *word)
{
    const size_t length = strlen(words);
    if (*word && length + strlen(word) + 2 <= CLI_WORD_BYTES)
        snprintf(words + length, CLI_WORD_BYTES - length, "%s%s", length ? " " : "", word);
}

/* STATE is in the list "states": the list that is called so in the plural, if there is one. */
static bool offer_list(const char *name, cli_offer *out)
{
    char plural[48];
    size_t length = 0;
    const cli_verb *list = cli_verb_named("list");
    for (; length < sizeof plural - 2 && name[length]; length++)
        plural[length] = (char)tolower((unsigned char)name[length]);
    snprintf(plural + length, sizeof plural - length, "s");
    for (int i = 0; list && list->word && list->word(i); i++)
        if (strcmp(list->word(i), plural) == 0) {
            add_word(out->lists, plural);
            return true;
        }
    return false;
}

static void offer_choices(const char *choices, cli_offer *out)
{
    char one[64];
    while (*choices) {
        const size_t length = strcspn(choices, "|");
        snprintf(one, sizeof one, "%.*s", (int)length, choices);
        add_word(out->words, one);
        choices += length + (choices[length] == '|');
    }
}

static void offer_name(const cli_verb *verb, const char *name, bool is_first, cli_offer *out)
{
    if (strcmp(name, "FILE") == 0)
        out->files = true;
    else if (strcmp(name, "FOLDER") == 0 || strcmp(name, "DIR") == 0)
        out->folders = true;
    else if (strchr(name, '|'))
        offer_choices(name, out);
    else if (verb && verb->word && is_first)
        for (int i = 0; verb->word(i); i++)
            add_word(out->words, verb->word(i));
    else if (!offer_list(name, out) && strcmp(name, "ID") == 0)
        add_word(out->lists, items);
}

void cli_option_offer(const cli_option *option, cli_offer *out)
{
    *out = (cli_offer){.files = false};
    if (option->argument && !offer_list(option->name + strspn(option->name, "-"), out))
        offer_name(NULL, option->argument, false, out);
}

/* The next word of a usage without brackets and points; null at its end. */
static const char *next_word(const char *usage, cli_place *out, bool *is_optional)
{
    usage += strspn(usage, " ");
    if (!*usage)
        return NULL;
    size_t length = strcspn(usage, " ");
    const char *end = usage + length;
    *is_optional = usage[0] == '[';
    *out = (cli_place){.repeats = length >= 3 && strstr(usage, "...") &&
                                  strstr(usage, "...") < end && usage[0] != '.'};
    if (usage[0] == '.') { /* a word of its own */
        snprintf(out->name, sizeof out->name, "...");
        return end;
    }
    usage += *is_optional;
    length = strcspn(usage, " ].");
    snprintf(out->name, sizeof out->name, "%.*s", (int)length, usage);
    return end;
}

static void follow_on(cli_place *place, int *count)
{
    cli_place *last = &place[*count - 1];
    if (strcmp(last->name, "FILE") == 0) {
        last->repeats = true;
    } else if (*count < CLI_PLACES_MAX) {
        place[*count] = (cli_place){.name = "...", .repeats = true};
        add_word(place[*count].offer.lists, library_items);
        ++*count;
    }
}

int cli_places(const cli_verb *verb, cli_place place[CLI_PLACES_MAX])
{
    int count = 0;
    bool is_optional[CLI_PLACES_MAX + 1] = {false};
    const char *usage = verb->usage;
    cli_place next;
    while (count < CLI_PLACES_MAX && (usage = next_word(usage, &next, &is_optional[count]))) {
        if (strcmp(next.name, "...") != 0) {
            offer_name(verb, next.name, count == 0, &next.offer);
            place[count++] = next;
        } else if (count > 0) {
            follow_on(place, &count);
        }
    }
    for (int i = 0; i + 1 < count; i++)
        if (is_optional[i] && !is_optional[i + 1] && strcmp(place[i + 1].name, "...") != 0) {
            place[i].offer.files = place[i].offer.files || place[i + 1].offer.files;
            add_word(place[i].offer.words, place[i + 1].offer.words);
            add_word(place[i].offer.lists, place[i + 1].offer.lists);
        }
    return count;
}

bool cli_completion(mst_text *out, const char *shell)
{
    static const struct {
        const char *name;
        void (*make)(mst_text *out);
    } shells[] = {
        {"bash", cli_complete_bash}, {"zsh", cli_complete_zsh}, {"fish", cli_complete_fish}};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        if (strcmp(shells[i].name, shell) == 0) {
            shells[i].make(out);
            return true;
        }
    return false;
}
