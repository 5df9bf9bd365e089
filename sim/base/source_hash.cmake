# Writes OUT, a C file with one hash of all files that LIST names (seen from ROOT, sorted): their names
# and contents.
file(STRINGS ${LIST} names)
set(all "")
foreach(name IN LISTS names)
  file(SHA256 ${ROOT}/${name} hash)
  string(APPEND all "${name} ${hash}\n")
endforeach()
string(SHA256 hash "${all}")
string(SUBSTRING ${hash} 0 16 hash)
file(WRITE ${OUT} "/* Made by source_hash.cmake. */
#include \"muster/base.h\"

const char *muster_source_hash(void)
{
    return \"${hash}\";
}
")
