# Proves that the symbols check can fail: compiles a few lines of C and compares them with lists that
# they break. Run: cmake -D CHECK=... -D WORK=<scratch folder> -D CC=cc -D NM=nm -P check_symbols_fails.cmake
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE "${WORK}")
file(WRITE "${WORK}/a.c" "#include <stdio.h>\n#include <stdlib.h>\n#include <math.h>
int mst_other(int);
__attribute__((visibility(\"default\"))) double muster_a(double x) { return x > 1 ? cosh(x) : mst_other(3); }
void *muster_b(void); void *muster_b(void) { return fopen(\"x\", \"r\"); }\n")
file(WRITE "${WORK}/b.c" "int mst_other(int); int mst_other(int x) { return x + 1; }\n")
foreach(command
    "${CC} -fPIC -c -o a.o a.c" "${CC} -fPIC -c -o b.o b.c" "${CC} -r -nostdlib -o core.o a.o b.o"
    "${CC} -shared -o lib.so a.o b.o -lm")
  separate_arguments(command UNIX_COMMAND "${command}")
  execute_process(COMMAND ${command} WORKING_DIRECTORY "${WORK}" COMMAND_ERROR_IS_FATAL ANY)
endforeach()

# expects MODE FILE LIST-TEXT WORDS: WORDS empty means that the check must pass.
function(expects mode library list words)
  file(WRITE "${WORK}/list.txt" "${list}")
  execute_process(COMMAND ${CMAKE_COMMAND} -D MODE=${mode} -D NM=${NM} -D LIBRARY=${WORK}/${library}
    -D LIST=${WORK}/list.txt -D BLESS=${BLESS} -P ${CHECK}
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  string(REGEX REPLACE "[ \n]+" " " output "${output}")
  string(FIND "${output}" "${words}" at)
  if("${words}" STREQUAL "" AND NOT status EQUAL 0)
    message(SEND_ERROR "${mode} with '${list}' must pass: ${output}")
  elseif(NOT "${words}" STREQUAL "" AND (status EQUAL 0 OR at LESS 0))
    message(SEND_ERROR "${mode} with '${list}' must fail with '${words}': ${output}")
  endif()
endfunction()

set(BLESS OFF)
expects(imports core.o "cosh fopen" "")
expects(imports core.o "# words: cosh\nc*h\nf?pen fopen" "")
expects(imports core.o "cosh" "fopen is not on the list")
expects(imports core.o "cos fopen" "cosh is not on the list")
expects(imports core.o "* !f*n" "fopen is refused")
expects(imports a.o "cosh fopen" "mst_other is not on the list; used by")
expects(exports lib.so "muster_a\nmuster_b\nmst_other" "mst_other is exported but does not begin with muster_")
set(BLESS ON)
expects(imports core.o "!fopen" "fopen is refused")
expects(imports core.o "# head\ncosh\n" "")
file(READ "${WORK}/list.txt" blessed)
if(NOT blessed STREQUAL "# head\ncosh\nfopen\n")
  message(SEND_ERROR "bless must add what is missing and keep the rest: ${blessed}")
endif()
file(REMOVE "${WORK}/b.o")
file(WRITE "${WORK}/b.c" "__attribute__((visibility(\"hidden\"))) int mst_other(int x); int mst_other(int x) { return x + 1; }\n")
execute_process(COMMAND ${CC} -fPIC -shared -o lib.so a.c b.c -lm WORKING_DIRECTORY "${WORK}" COMMAND_ERROR_IS_FATAL ANY)
set(BLESS OFF)
expects(exports lib.so "muster_a\nmuster_b" "")
expects(exports lib.so "muster_a" "muster_b is new")
expects(exports lib.so "muster_a muster_b muster_c" "muster_c is on the list but no longer exported")
file(REMOVE_RECURSE "${WORK}")
