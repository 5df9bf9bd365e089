/* What is random in a scenario: keys, distributions, values of the plan run. */
#include "tell/random.h"

#include "model/random_inputs.h"
#include "tell/chance.h"

static void add_row(mst_page *page, const char *path, const char *what, const char *draws,
                    const char *plan)
{
    const mst_page_cell cells[] = {{path, 0, 28}, {what, 29, 24}, {draws, 54, 15}, {plan, 70, 10}};
    mst_page_row(&page->text, cells, 4);
}

static void add_rows(mst_page *page, const mst_random_input *input, int32_t count)
{
    bool any = false;
    mst_page_words(page, 0, NULL, "Random inputs of %s, master seed %llu", page->model->id,
                   (unsigned long long)page->model->chance.seed);
    add_row(page, "Key", "What it is", "Drawn from", "Plan run");
    for (int32_t i = 0; i < count; i++) {
        any = any || input[i].varies;
        add_row(page, input[i].path, input[i].what, input[i].draws, input[i].plan);
    }
    mst_page_words(page, 0, NULL, "%s",
                   any ? "Each draws from a stream of its own, by the id of what it belongs to: "
                         "muster run FILE --reps 2000."
                       : "Nothing in this scenario is random: every replication would be the plan "
                         "run.");
}

static void add_json(mst_json *json, const mst_page *page, const mst_random_input *input,
                     int32_t count)
{
    mst_json_object(json, NULL);
    mst_json_text(json, "format", "muster-list");
    mst_json_whole(json, "version", 1);
    mst_json_text(json, "list", "random");
    mst_json_seed(json, "seed", page->model->chance.seed);
    mst_json_array(json, "rows");
    for (int32_t i = 0; i < count; i++) {
        mst_json_object(json, NULL);
        mst_json_text(json, "id", input[i].path);
        mst_json_text(json, "name", input[i].what);
        mst_json_text(json, "more", input[i].draws);
        mst_json_text(json, "plan", input[i].plan);
        mst_json_bool(json, "varies", input[i].varies);
        mst_json_end(json);
    }
    mst_json_end(json);
    mst_json_end(json);
}

char *mst_tell_random(const muster_tell *tell, bool as_json, muster_diags *diags)
{
    mst_page page;
    mst_random_input *input = NULL;
    mst_page_begin(&page, tell);
    const int32_t count = mst_random_inputs(page.model, &page.arena, &input);
    if (!as_json) {
        add_rows(&page, input, count);
        return mst_page_end(&page, diags);
    }
    mst_json *json = mst_json_create(tell->memory);
    add_json(json, &page, input, count);
    mst_text_clear(&page.text);
    char *out = mst_page_document(&page, json, tell->memory, diags);
    mst_arena_clear(&page.arena);
    return out;
}
