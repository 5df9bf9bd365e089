# emscripten's compiler without its wrapper: clang with the flags that emcc says it gives (--cflags). The
# wrapper takes a second to start, five times what a file takes. Linking is emcc's.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

find_program(MUSTER_EMCC emcc REQUIRED)
execute_process(COMMAND em-config LLVM_ROOT OUTPUT_VARIABLE llvm OUTPUT_STRIP_TRAILING_WHITESPACE
  COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND em-config CLANG_ADD_VERSION OUTPUT_VARIABLE version
  OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
find_program(MUSTER_WASM_CLANG NAMES clang-${version} clang PATHS ${llvm} NO_DEFAULT_PATH REQUIRED)
find_program(MUSTER_WASM_AR NAMES llvm-ar-${version} llvm-ar PATHS ${llvm} NO_DEFAULT_PATH REQUIRED)
find_program(MUSTER_WASM_RANLIB NAMES llvm-ranlib-${version} llvm-ranlib PATHS ${llvm} NO_DEFAULT_PATH REQUIRED)
if(NOT MUSTER_WASM_CFLAGS)
  execute_process(COMMAND ${MUSTER_EMCC} --cflags OUTPUT_VARIABLE flags OUTPUT_STRIP_TRAILING_WHITESPACE
    COMMAND_ERROR_IS_FATAL ANY)
  set(MUSTER_WASM_CFLAGS "${flags}" CACHE STRING "what emcc gives clang")
endif()

set(CMAKE_C_COMPILER ${MUSTER_WASM_CLANG})
set(CMAKE_AR ${MUSTER_WASM_AR} CACHE FILEPATH "")
set(CMAKE_RANLIB ${MUSTER_WASM_RANLIB} CACHE FILEPATH "")
set(CMAKE_C_FLAGS_INIT "${MUSTER_WASM_CFLAGS}")
# emcc needs a module of Debian's Node.js also where another Node.js runs it.
find_path(MUSTER_NODE_MODULES acorn/package.json PATHS /usr/share/nodejs)
set(CMAKE_C_LINK_EXECUTABLE
  "${CMAKE_COMMAND} -E env NODE_PATH=${MUSTER_NODE_MODULES} ${MUSTER_EMCC} <LINK_FLAGS> <OBJECTS> -o <TARGET> <LINK_LIBRARIES>")
set(CMAKE_EXECUTABLE_SUFFIX_C .wasm)
