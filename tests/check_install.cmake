# Installs into a scratch folder, then builds and runs a program that knows nothing but pkg-config.
# Run: cmake -D BUILD=<build> -D WORK=<scratch> -D CC=cc -D PKG_CONFIG=pkg-config -D VERSION=x.y.z
#        -D LIBDIR=lib -P check_install.cmake
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE "${WORK}")
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/root OUTPUT_QUIET
  COMMAND_ERROR_IS_FATAL ANY)

set(ENV{PKG_CONFIG_PATH} "${WORK}/root/${LIBDIR}/pkgconfig")
execute_process(COMMAND ${PKG_CONFIG} --modversion muster OUTPUT_VARIABLE version
  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
if(NOT version STREQUAL VERSION)
  message(FATAL_ERROR "pkg-config says version ${version}, the project is ${VERSION}")
endif()
execute_process(COMMAND ${PKG_CONFIG} --cflags --libs muster
  OUTPUT_VARIABLE flags OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
separate_arguments(flags UNIX_COMMAND "${flags}")

file(GLOB headers RELATIVE "${WORK}/root/include" "${WORK}/root/include/muster/*.h")
if(NOT headers)
  message(FATAL_ERROR "no header was installed")
endif()
set(program "")
foreach(header IN LISTS headers)
  string(APPEND program "#include <${header}>\n")
endforeach()
file(WRITE "${WORK}/use.c" "${program}#include <stdio.h>\nint main(void)\n{\n    puts(muster_version());\n    return 0;\n}\n")
execute_process(COMMAND ${CC} -std=c11 -Wall -Wextra -Wpedantic -Werror -o ${WORK}/use ${WORK}/use.c ${flags}
  COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${WORK}/use OUTPUT_VARIABLE said OUTPUT_STRIP_TRAILING_WHITESPACE
  COMMAND_ERROR_IS_FATAL ANY)
if(NOT said STREQUAL VERSION)
  message(FATAL_ERROR "the installed library says version '${said}', the project is ${VERSION}")
endif()
file(GLOB scenarios "${WORK}/root/share/muster/scenarios/*")
if(EXISTS "${WORK}/root/bin/muster" AND NOT scenarios)
  message(FATAL_ERROR "the program was installed without scenarios")
endif()
file(REMOVE_RECURSE "${WORK}")
