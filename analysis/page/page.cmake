# Builds the halves of the pages in the build folder: needs Node.js and npm. The sources stay as they
# are; packages are installed beside a copy of them.
find_program(MUSTER_NODE node REQUIRED)
find_program(MUSTER_NPM npm REQUIRED)
set(page_source ${PROJECT_SOURCE_DIR}/analysis/page)
set(page_build ${PROJECT_BINARY_DIR}/page)
file(GLOB_RECURSE page_files CONFIGURE_DEPENDS RELATIVE ${page_source}
  ${page_source}/src/* ${page_source}/test/* ${page_source}/*.mjs ${page_source}/package*.json
  ${page_source}/.npmrc)
list(FILTER page_files EXCLUDE REGEX "node_modules/")
list(TRANSFORM page_files PREPEND ${page_source}/ OUTPUT_VARIABLE page_inputs)
set(page_halves report-head.html report-tail.html drill-head.html live-head.html drill-tail.html)
list(TRANSFORM page_halves PREPEND ${page_build}/)
add_custom_command(OUTPUT ${page_halves}
  COMMAND ${CMAKE_COMMAND} -DFROM=${page_source} -DTO=${page_build}/work "-DFILES=${page_files}"
    -DOUT=${page_build} -DNODE=${MUSTER_NODE} -DNPM=${MUSTER_NPM} -DDEV=${MUSTER_TEST_ALL}
    -P ${page_source}/build_page.cmake
  DEPENDS ${page_inputs} ${page_source}/build_page.cmake
  COMMENT "Building the page of reports" VERBATIM)
add_custom_target(muster_page ALL DEPENDS ${page_halves})
install(FILES ${page_halves}
  DESTINATION ${CMAKE_INSTALL_DATADIR}/muster/page COMPONENT program)
