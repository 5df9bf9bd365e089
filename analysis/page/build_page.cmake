# Copies the sources of the page, installs its packages as the lock says, and builds.
# cmake -D FROM= -D TO= -D FILES= -D OUT= -D NODE= -D NPM= -D DEV=ON|OFF -P build_page.cmake
cmake_minimum_required(VERSION 3.25)
foreach(name IN LISTS FILES)
  configure_file(${FROM}/${name} ${TO}/${name} COPYONLY)
endforeach()
set(without_dev --omit=dev)
if(DEV)
  set(without_dev "")
endif()
# The registry is sometimes slow to answer: three tries.
foreach(try RANGE 1 3)
  execute_process(COMMAND ${NPM} ci --no-audit --no-fund ${without_dev} WORKING_DIRECTORY ${TO}
    RESULT_VARIABLE failed OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(NOT failed)
    break()
  endif()
endforeach()
if(failed)
  message(FATAL_ERROR "npm ci: ${said}")
endif()
execute_process(COMMAND ${NODE} build.mjs ${OUT} WORKING_DIRECTORY ${TO} COMMAND_ERROR_IS_FATAL ANY)
