# Writes OUT, a C file that holds the bytes of IN as mst_land_bytes; without IN there are none.
#   cmake -DIN=land.bin -DOUT=land_bytes.c -P embed.cmake
set(bytes 00)
set(count 0)
if(IN)
  file(READ "${IN}" bytes HEX)
  file(SIZE "${IN}" count)
endif()
string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
file(WRITE "${OUT}" "/* Made by sim/world/land/embed.cmake from sim/world/land/land.bin. */
#include \"world/land.h\"

const unsigned char mst_land_bytes[] = {
${bytes}};
const size_t mst_land_byte_count = ${count};
")
