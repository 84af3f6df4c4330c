#include "demo.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    static World world;
    if (argc != 2) {
        fputs("usage: demo-data DIRECTORY\n", stderr);
        return 2;
    }
    world_make(&world, 20240331);
    world_write(&world, argv[1]);
    return 0;
}
