# Installs into a scratch folder and uses what lies there: builds programs that know nothing but
# pkg-config, runs them and the installed program, looks for pages and completions.
# Run: cmake -D BUILD=<build> -D SOURCE=<source> -D WORK=<scratch> -D CC=cc -D PKG_CONFIG=pkg-config
#        -D VERSION=x.y.z -D LIBDIR=lib -D SHARED=ON|OFF -P check_install.cmake
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE "${WORK}")
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/first OUTPUT_QUIET
  COMMAND_ERROR_IS_FATAL ANY)
# Moved after it was installed: nothing may know the folder by heart.
file(RENAME "${WORK}/first" "${WORK}/root")
set(root "${WORK}/root")

# ---- the library ----------------------------------------------------------------------------------
set(ENV{PKG_CONFIG_PATH} "${root}/${LIBDIR}/pkgconfig")
function(ask_pkg_config out)
  execute_process(COMMAND ${PKG_CONFIG} ${ARGN} muster OUTPUT_VARIABLE said
    OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  separate_arguments(words UNIX_COMMAND "${said}")
  set(${out} "${words}" PARENT_SCOPE)
endfunction()
ask_pkg_config(version --modversion)
if(NOT version STREQUAL VERSION)
  message(FATAL_ERROR "pkg-config says version ${version}, the project is ${VERSION}")
endif()
ask_pkg_config(flags --cflags --libs)
# The static library with the shared ones that it needs itself: "pkg-config --static" would name those
# behind them too, which few systems have installed.
execute_process(COMMAND ${PKG_CONFIG} --print-requires --print-requires-private muster
  OUTPUT_VARIABLE requires OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
string(REPLACE "\n" ";" requires "${requires}")
execute_process(COMMAND ${PKG_CONFIG} --libs ${requires} OUTPUT_VARIABLE libraries
  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
separate_arguments(libraries UNIX_COMMAND "${libraries}")
ask_pkg_config(static_flags --cflags)
list(APPEND static_flags ${root}/${LIBDIR}/libmuster.a ${libraries} -pthread)
if(SHARED)
  set(ENV{LD_LIBRARY_PATH} "${root}/${LIBDIR}")
  if("-lgsl" IN_LIST flags)
    message(FATAL_ERROR "with a shared library, its own libraries are no business of its users: ${flags}")
  endif()
endif()

# use NAME SOURCE OUT FLAG...: builds and runs a program; what it prints
function(use name source out)
  execute_process(COMMAND ${CC} -std=c11 -Wall -Wextra -Wpedantic -Werror -o ${WORK}/${name} ${source}
    ${ARGN} -lm COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND ${WORK}/${name} WORKING_DIRECTORY ${WORK} OUTPUT_VARIABLE said OUTPUT_STRIP_TRAILING_WHITESPACE
    COMMAND_ERROR_IS_FATAL ANY)
  if(said STREQUAL "")
    message(FATAL_ERROR "${name} prints nothing")
  endif()
  set(${out} "${said}" PARENT_SCOPE)
endfunction()

file(GLOB headers RELATIVE "${root}/include" "${root}/include/muster/*.h")
if(NOT headers)
  message(FATAL_ERROR "no header was installed")
endif()
set(program "")
foreach(header IN LISTS headers)
  string(APPEND program "#include <${header}>\n")
endforeach()
file(WRITE "${WORK}/use.c" "${program}#include <stdio.h>\nint main(void)\n{\n    puts(muster_version());\n    return 0;\n}\n")
use(use ${WORK}/use.c said ${flags})
if(NOT said STREQUAL VERSION)
  message(FATAL_ERROR "the installed library says version '${said}', the project is ${VERSION}")
endif()

# Every example of the source.
file(GLOB examples "${SOURCE}/tests/flow/example*.c")
if(NOT examples)
  message(FATAL_ERROR "no example under ${SOURCE}/tests/flow")
endif()
execute_process(COMMAND ${PKG_CONFIG} --cflags --libs muster-analysis OUTPUT_VARIABLE analysis_flags
  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
separate_arguments(analysis_flags UNIX_COMMAND "${analysis_flags}")
foreach(example IN LISTS examples)
  get_filename_component(name ${example} NAME_WE)
  if(name MATCHES "experiment") # of the library on top
    use(${name} ${example} said ${analysis_flags})
  else()
    use(${name} ${example} said ${flags})
  endif()
  message(STATUS "${name}: ${said}")
  set(said_${name} "${said}")
endforeach()
# The first of them with the static library too: the same words.
use(example_static ${SOURCE}/tests/flow/example.c said ${static_flags})
if(NOT said STREQUAL said_example)
  message(FATAL_ERROR "example: '${said_example}', with the static library '${said}'")
endif()

if(SHARED)
  execute_process(COMMAND readelf -d ${WORK}/use OUTPUT_VARIABLE needs COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX MATCH "^[0-9]+\\.[0-9]+" soversion "${VERSION}")
  if(NOT needs MATCHES "NEEDED[^\n]*\\[libmuster\\.so\\.${soversion}\\]")
    message(FATAL_ERROR "a program built with pkg-config does not ask for libmuster.so.${soversion}:\n${needs}")
  endif()
endif()

# ---- the program ----------------------------------------------------------------------------------
set(muster "${root}/bin/muster")
if(NOT EXISTS "${muster}")
  return()
endif()
unset(ENV{MUSTER_SCENARIOS})
unset(ENV{LD_LIBRARY_PATH})
foreach(file share/muster/scenarios/hello.cfg share/muster/scenarios/library/ships.cfg)
  if(NOT EXISTS "${root}/${file}")
    message(FATAL_ERROR "not installed: ${file}")
  endif()
endforeach()
execute_process(COMMAND ${muster} run ${root}/share/muster/scenarios/northern-interaction-2023.cfg
  WORKING_DIRECTORY / OUTPUT_VARIABLE said COMMAND_ERROR_IS_FATAL ANY)
if(NOT said MATCHES "DID NOT COME: *North Korea")
  message(FATAL_ERROR "the installed program, on the installed scenario, says:\n${said}")
endif()
# The library of classes is that of the installed tree, although the source still lies where it was:
# a class that only the former has is found.
file(APPEND "${root}/share/muster/scenarios/library/ships.cfg"
  "only-installed = { like = \"najin\"; name = \"A ship of the installed library\"; };\n")
execute_process(COMMAND ${muster} list classes --ids WORKING_DIRECTORY / OUTPUT_VARIABLE said
  COMMAND_ERROR_IS_FATAL ANY)
if(NOT "\n${said}" MATCHES "\nonly-installed\n")
  message(FATAL_ERROR "the installed program does not read the library installed with it")
endif()

execute_process(COMMAND ${muster} help --ids OUTPUT_VARIABLE verbs OUTPUT_STRIP_TRAILING_WHITESPACE
  COMMAND_ERROR_IS_FATAL ANY)
string(REPLACE "\n" ";" verbs "${verbs}")
list(TRANSFORM verbs PREPEND share/man/man1/muster- OUTPUT_VARIABLE wanted)
list(TRANSFORM wanted APPEND .1)
list(APPEND wanted share/man/man1/muster.1 share/bash-completion/completions/muster
  share/zsh/site-functions/_muster share/fish/vendor_completions.d/muster.fish
  share/doc/muster/LICENSE share/doc/muster/README.md)
foreach(file IN LISTS wanted)
  if(NOT EXISTS "${root}/${file}")
    message(FATAL_ERROR "not installed: ${file}")
  endif()
endforeach()
file(REMOVE_RECURSE "${WORK}")
