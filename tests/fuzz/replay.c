/* Every file of a folder through a harness, without libFuzzer: the corpus as a test. */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    fuzz_expect(file != NULL, path, NULL);
    uint8_t *const bytes = malloc(1U << 20);
    fuzz_expect(bytes != NULL, "memory", NULL);
    const size_t size = fread(bytes, 1, 1U << 20, file);
    fclose(file);
    uint8_t *const exact = malloc(size + (size == 0)); /* so that a sanitizer sees its end */
    fuzz_expect(exact != NULL, "memory", NULL);
    memcpy(exact, bytes, size);
    free(bytes);
    (void)LLVMFuzzerTestOneInput(exact, size);
    free(exact);
}

int main(int argc, char **argv)
{
    int count = 0;
    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        fuzz_expect(folder != NULL, argv[i], NULL);
        for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
            char path[4096];
            if (entry->d_name[0] == '.')
                continue;
            snprintf(path, sizeof path, "%s/%s", argv[i], entry->d_name);
            printf("%s\n", path); /* the last one named is the one that failed */
            fflush(stdout);
            replay(path);
            count++;
        }
        closedir(folder);
    }
    printf("%d inputs\n", count);
    return count > 0 ? 0 : 1;
}
