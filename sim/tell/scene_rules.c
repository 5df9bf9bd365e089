/* The rules of the scene in words: who says so, on what source, and what no rule holds. */
#include "tell/scene.h"

#include "model/lookup.h"

static void add_voice(mst_json *json, const mst_voice_def *voice)
{
    mst_json_text(json, "voice", voice->kind || voice->country ? mst_page_voice(voice) : NULL);
    mst_json_text(json, "voice_country", voice->country);
}

static void add_rule(mst_json *json, const mst_rule_row *rule)
{
    const mst_rule_def *def = rule->def;
    mst_json_object(json, NULL);
    mst_json_text(json, "id", rule->id);
    mst_json_text(json, "stage", mst_stage_names[rule->stage]);
    mst_json_text(json, "label", rule->label ? rule->label : rule->id);
    mst_json_text(json, "says", def->says);
    mst_json_texts(json, "about", &def->about);
    add_voice(json, &def->voice);
    mst_json_text(json, "source", def->item.source);
    mst_json_text(json, "confidence", mst_confidence_names[def->item.confidence]);
    mst_json_text(json, "note", def->item.note);
    mst_json_bool(json, "off", rule->is_off);
    mst_json_real(json, "weight", rule->weight);
    mst_json_text(json, "form", mst_rule_forms[rule->form]);
    mst_json_texts(json, "terms", &def->terms);
    mst_json_end(json);
}

void mst_json_scene_rules(mst_json *json, const mst_page *page)
{
    const mst_list *left_out = &page->spec->alignment.not_modelled;
    mst_json_array(json, "rules");
    for (int32_t i = 0; i < page->model->rule_count; i++)
        add_rule(json, &page->model->rule[i]);
    mst_json_end(json);
    mst_json_array(json, "not_modelled");
    for (int32_t i = 0; i < left_out->count; i++) {
        const mst_not_modelled_def *one = MST_AT(const mst_not_modelled_def, left_out, i);
        mst_json_object(json, NULL);
        mst_json_text(json, "what", one->what);
        mst_json_text(json, "says", one->says);
        mst_json_text(json, "reason", one->reason);
        mst_json_text(json, "carried_by", one->carried_by);
        add_voice(json, &one->voice);
        mst_json_text(json, "source", one->item.source);
        mst_json_end(json);
    }
    mst_json_end(json);
}
