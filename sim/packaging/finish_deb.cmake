# Run by CPack on the trees it is about to pack, one below CPACK_TEMPORARY_DIRECTORY for each part.
# gzip -n: no name and no time inside, so that equal builds make equal packages.
foreach(component IN LISTS CPACK_COMPONENTS_ALL)
  set(tree "${CPACK_TEMPORARY_DIRECTORY}/${component}${CPACK_PACKAGING_INSTALL_PREFIX}")
  string(TOUPPER ${component} upper)
  set(doc "${tree}/share/doc/${CPACK_DEBIAN_${upper}_PACKAGE_NAME}")
  file(MAKE_DIRECTORY "${doc}")
  file(COPY_FILE "${CPACK_MUSTER_PACKAGING}/copyright" "${doc}/copyright")
  file(REMOVE "${doc}/LICENSE") # Debian has it once for all packages
  file(GLOB pages "${tree}/share/man/man1/*.1")
  if(pages)
    execute_process(COMMAND gzip -9n ${pages} COMMAND_ERROR_IS_FATAL ANY)
  endif()
  # Debian's zsh looks here, and leaves site-functions to the machine's owner.
  if(EXISTS "${tree}/share/zsh/site-functions")
    file(RENAME "${tree}/share/zsh/site-functions" "${tree}/share/zsh/vendor-completions")
  endif()
endforeach()
