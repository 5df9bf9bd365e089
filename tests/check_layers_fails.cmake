# Proves that the layers check can fail: writes small made-up trees, each with one fault, and wants
# the check to refuse it with the right words; and one tree without a fault that it must accept.
# Run: cmake -D CHECK=<check_layers.cmake> -D WORK=<scratch folder> -P tests/check_layers_fails.cmake
cmake_minimum_required(VERSION 3.25)

set(failed "")

# Writes WORK/tree with the table, clean files, and FILE holding TEXT; runs the check.
function(run_on file text)
  file(REMOVE_RECURSE "${WORK}/tree")
  file(WRITE "${WORK}/tree/sim/README.md" "# made up
| rank | folder | owns | libraries |
|---|---|---|---|
| 0 | sim/base | a | C only |
| 1 | sim/num | b | GSL, PROJ |
| 5 | sim/red, sim/blue | c | GSL (red) |
| 8 | sim/tell | d | jansson |
| 9 | sim/batch | d | threads |
| 10 | analysis | e | SQLite, GSL |
| 11 | sim/cli | f | |
")
  file(WRITE "${WORK}/tree/include/muster/a.h" "#include <stdint.h>\n")
  file(WRITE "${WORK}/tree/sim/base/a.h" "#include \"muster/a.h\"\n#include <stdio.h>\n")
  file(WRITE "${WORK}/tree/sim/red/a.c" "#include \"base/a.h\"\n#include <gsl/gsl_math.h>
/* a comment may say printf(\"x\") or exit(1);
   over lines: #include \"cli/a.h\" */ // and fopen(
static const char *text = \"time(\\\"now\\\"); [;]\"; char quote = '\"';
int x = snprintf(buffer, 3, \"%d\", m.clock(1));\n")
  file(WRITE "${WORK}/tree/sim/cli/a.c" "#include \"red/a.h\"\n#include <time.h>\nint main(void) { exit(printf(text)); }\n")
  file(WRITE "${WORK}/tree/analysis/a.c" "#include \"a.h\"\n#include <sqlite3.h>\n")
  if(file)
    file(WRITE "${WORK}/tree/${file}" "${text}")
  endif()
  execute_process(COMMAND ${CMAKE_COMMAND} -D ROOT=${WORK}/tree -P ${CHECK}
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  # CMake wraps its messages; the words are compared without line breaks.
  string(REGEX REPLACE "[ \n]+" " " output "${output}")
  set(status "${status}" PARENT_SCOPE)
  set(output "${output}" PARENT_SCOPE)
endfunction()

function(refuses file text words)
  run_on("${file}" "${text}")
  string(FIND "${output}" "${words}" at)
  if(status EQUAL 0)
    message(SEND_ERROR "accepted: ${file}: ${text}")
  elseif(at LESS 0 OR NOT output MATCHES "1 of the layers' rules broken")
    message(SEND_ERROR "refused, but not with '${words}' alone: ${file}: ${text}\n${output}")
  endif()
endfunction()

run_on("" "")
if(NOT status EQUAL 0)
  message(SEND_ERROR "the tree without a fault was refused: ${output}")
endif()

refuses(sim/base/b.c "int a;\n#include \"num/x.h\"\n" "sim/base/b.c:2: sim/base (rank 0) includes sim/num (rank 1)")
refuses(sim/red/b.c "#  include \"blue/x.h\"\n" "sim/red (rank 5) includes sim/blue (rank 5)")
refuses(sim/red/deep/b.h "/* two\nlines */\n#include \"cli/x.h\"\n" "sim/red/deep/b.h:3: sim/red (rank 5) includes sim/cli")
refuses(sim/base/b.c "#include \"a.h\"\n" "is not written from sim/")
refuses(sim/green/b.c "int a;\n" "sim/green/b.c: lies in no folder of the table")
refuses(analysis/b.c "#include \"base/a.h\"\n" "may use include/muster only")
refuses(sim/blue/b.c "#include <gsl/gsl_rng.h>\n" "(GSL) does not belong in sim/blue")
refuses(sim/cli/b.c "#include <libconfig.h>\n" "(libconfig) does not belong in sim/cli")
refuses(sim/num/b.c "#include <geodesic.h>\n" "only sim/num/geodesic.c may")
refuses(sim/tell/b.c "#include <jansson.h>\n#include <jansson.h>\n#include <pthread.h>\n" "(threads) does not belong in sim/tell")
refuses(sim/base/b.c "#include <unistd.h>\n" "ranks 0 to 9 use plain C")
refuses(sim/batch/b.c "#include <pthread.h>\n#include <time.h>\n" "sim/batch/b.c:2: <time.h> in rank 9")
refuses(sim/base/b.c "void f(void) { x = 1;printf (\"a\"); }\n" "calls printf()")
refuses(sim/base/b.c "char c = '\"'; /* \" */ void f(void) { exit(1); } // \"\n" "sim/base/b.c:1: calls exit()")
refuses(sim/base/b.c "#define SAY(x) \\\n  fputs(x, o)\n" "sim/base/b.c:2: calls fputs()")
refuses(sim/num/b.c "FILE *f;\n" "names FILE")
refuses(sim/num/b.c "long t = time(0);\n" "calls time()")
refuses(sim/num/b.c "long t = clock();\n" "calls clock()")
refuses(sim/num/b.c "void *f = fopen(\"x\", \"r\");\n" "calls fopen()")
refuses(include/muster/b.h "#include <stdio.h>\n" "a public header includes <stdio.h>")
refuses(include/muster/b.h "#include \"base/a.h\"\n" "a public header includes \"base/a.h\"")

# Two files for a library that may stand in one.
run_on(sim/tell/b.c "#include <jansson.h>\n")
file(WRITE "${WORK}/tree/sim/tell/c.c" "#include <jansson.h>\n")
execute_process(COMMAND ${CMAKE_COMMAND} -D ROOT=${WORK}/tree -P ${CHECK}
  RESULT_VARIABLE second OUTPUT_QUIET ERROR_VARIABLE output)
if(NOT status EQUAL 0 OR second EQUAL 0 OR NOT output MATCHES "included by 2 files")
  message(SEND_ERROR "jansson in one file must pass and in two must not: ${output}")
endif()

# A table that is gone or misspelt must not pass for an empty one.
foreach(table "nothing here\n" "| 0 | sim/base | a | GLS |\n| 1 | sim/num | b | |\n")
  run_on(sim/README.md "${table}")
  if(status EQUAL 0)
    message(SEND_ERROR "accepted a table it cannot have understood: ${table}")
  endif()
endforeach()
file(REMOVE_RECURSE "${WORK}/tree")
