# Writes manual pages and completions, made by the program itself, below a folder.
# Run: cmake -D MUSTER=<program> -D OUT=<folder> [-D EMULATOR=<command>] -P pages.cmake
cmake_minimum_required(VERSION 3.25)

function(made file)
  execute_process(COMMAND ${EMULATOR} "${MUSTER}" help ${ARGN} OUTPUT_FILE "${OUT}/${file}" COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# Nothing of an earlier program may stay: a verb may have gone.
file(REMOVE_RECURSE "${OUT}")
file(MAKE_DIRECTORY "${OUT}/man" "${OUT}/bash" "${OUT}/zsh" "${OUT}/fish")
execute_process(COMMAND ${EMULATOR} "${MUSTER}" help --ids OUTPUT_VARIABLE verbs OUTPUT_STRIP_TRAILING_WHITESPACE
  COMMAND_ERROR_IS_FATAL ANY)
string(REPLACE "\n" ";" verbs "${verbs}")
made(man/muster.1 --man)
foreach(verb IN LISTS verbs)
  made(man/muster-${verb}.1 --man ${verb})
endforeach()
made(bash/muster --completion bash)
made(zsh/_muster --completion zsh)
made(fish/muster.fish --completion fish)
