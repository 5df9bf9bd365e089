# The engine of a live page (MUSTER_WASM): engine.wasm, the same packed, and NOTICES in build/page, where the
# program looks for what pages are made of. It needs emscripten and Debian's sources of what it is linked with.
# What is missing is said, and everything else is built.
set(engine_source ${PROJECT_SOURCE_DIR}/analysis/page/engine)
set(engine_build ${PROJECT_BINARY_DIR}/engine)
set(engine_out ${PROJECT_BINARY_DIR}/page)
set(MUSTER_WASM_SOURCES ${engine_build}/sources CACHE PATH
  "folder with the sources of gsl, libconfig, jansson and proj; fetched by apt when they are not there")
set(engine_lacks "")
if(MUSTER_SANITIZE)
  return() # the sanitizers are of the native build
endif()

find_program(MUSTER_EMCC emcc)
find_path(MUSTER_RANDOM123 Random123/philox.h)
if(NOT MUSTER_EMCC)
  set(engine_lacks "emcc is missing: apt-get install --no-install-recommends emscripten")
elseif(NOT MUSTER_RANDOM123)
  set(engine_lacks "Random123/philox.h is missing: apt-get install librandom123-dev")
elseif(NOT (EXISTS ${MUSTER_WASM_SOURCES}/gsl AND EXISTS ${MUSTER_WASM_SOURCES}/libconfig
    AND EXISTS ${MUSTER_WASM_SOURCES}/jansson AND EXISTS ${MUSTER_WASM_SOURCES}/proj))
  message(STATUS "Fetching the sources that the engine of a page is linked with")
  execute_process(COMMAND sh ${engine_source}/fetch.sh ${MUSTER_WASM_SOURCES}
    RESULT_VARIABLE failed OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(failed)
    set(engine_lacks "${said}    the sources may also be unpacked by hand as gsl, libconfig, jansson and proj
    in ${MUSTER_WASM_SOURCES} (MUSTER_WASM_SOURCES)")
  endif()
endif()
if(engine_lacks)
  message(WARNING "the engine of a live page is not built. ${engine_lacks}")
  return()
endif()

# What it is made of: libmuster, without its land and its pool of threads.
set(engine_files ${MUSTER_SOURCES})
list(FILTER engine_files EXCLUDE REGEX "/sim/batch/pool|/land_bytes\\.c$")
list(TRANSFORM engine_files REPLACE "^([^/])" "${PROJECT_BINARY_DIR}/\\1")
list(JOIN engine_files "\n" engine_list)
file(CONFIGURE OUTPUT ${engine_build}/files.txt CONTENT "@engine_list@\n" @ONLY)

execute_process(COMMAND em-config EMSCRIPTEN_ROOT OUTPUT_VARIABLE emscripten OUTPUT_STRIP_TRAILING_WHITESPACE)

set(engine_launcher "")
if(CMAKE_C_COMPILER_LAUNCHER)
  set(engine_launcher -DCMAKE_C_COMPILER_LAUNCHER=${CMAKE_C_COMPILER_LAUNCHER})
endif()
# As a page holds it; without pages nobody wants it so.
set(engine_pack "")
set(engine_packed ${engine_out}/engine.wasm.gz)
if(NOT MUSTER_PAGE)
  set(engine_packed "")
else()
  find_program(MUSTER_NODE node REQUIRED)
  set(page_work ${engine_out}/work) # where the page is built, with its packages
  set(engine_pack COMMAND ${MUSTER_NODE} ${page_work}/pack.mjs ${engine_out}/engine.wasm ${engine_packed})
endif()

add_custom_target(muster_engine ALL
  COMMAND ${CMAKE_COMMAND} -S ${engine_source} -B ${engine_build}/build -G ${CMAKE_GENERATOR}
    -DCMAKE_TOOLCHAIN_FILE=${engine_source}/toolchain.cmake -DMUSTER_ROOT=${PROJECT_SOURCE_DIR}
    -DMUSTER_WASM_LIST=${engine_build}/files.txt -DMUSTER_WASM_SOURCES=${MUSTER_WASM_SOURCES}
    -DMUSTER_WASM_OUT=${engine_out} -DEMSCRIPTEN=${emscripten} -DMUSTER_RANDOM123=${MUSTER_RANDOM123} ${engine_launcher}
  COMMAND ${CMAKE_COMMAND} --build ${engine_build}/build --parallel
  ${engine_pack}
  DEPENDS ${PROJECT_BINARY_DIR}/source_hash.c
  BYPRODUCTS ${engine_out}/engine.wasm ${engine_packed} ${engine_out}/NOTICES
  COMMENT "Building the engine of live pages" VERBATIM)
add_dependencies(muster_engine muster_objects) # makes source_hash.c, and has the processors to itself
if(MUSTER_PAGE)
  add_dependencies(muster_engine muster_page) # where what packs it is installed
endif()
install(FILES ${engine_packed} ${engine_out}/NOTICES
  DESTINATION ${CMAKE_INSTALL_DATADIR}/muster/page COMPONENT program)
