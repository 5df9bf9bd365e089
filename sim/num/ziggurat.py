#!/usr/bin/env python3
"""Writes ziggurat_table.h: layers of equal area under exp(-x) and exp(-x*x/2), x >= 0.

    python3 sim/num/ziggurat.py > sim/num/ziggurat_table.h

Marsaglia and Tsang 2000, "The ziggurat method for generating random variables", with 256 layers.
Layer 0 is the strip below f(r) with the tail, as wide as area / f(r). test_random works the same
figures out by itself.
"""
import math

LAYERS = 256


def edges(f, inverse, tail, low, high):
    """r from which layers of one area end exactly at f = 1."""
    def top(r):
        area = r * f(r) + tail(r)
        x = r
        for _ in range(LAYERS - 2):
            y = f(x) + area / x
            if y >= 1.0:
                return 1.0, area
            x = inverse(y)
        return f(x) + area / x - 1.0, area

    for _ in range(200):
        middle = 0.5 * (low + high)
        if top(middle)[0] > 0.0:
            low = middle
        else:
            high = middle
    r = high
    area = r * f(r) + tail(r)
    x = [area / f(r), r]
    while len(x) < LAYERS:
        x.append(inverse(f(x[-1]) + area / x[-1]))
    x.append(0.0)
    return x


def show(name, values):
    print(f"static const double {name}[{len(values)}] = {{")
    for i in range(0, len(values), 4):
        print("    " + " ".join(v.hex() + "," for v in values[i:i + 4]))
    print("};\n")


def main():
    print("/** @file ziggurat_table.h")
    print(" * Made by ziggurat.py: edges of the layers of equal area. Layer i lies between")
    print(" * heights f(x[i]) and f(x[i + 1]); x[0] is the width of the base with its tail, x[1] is r.")
    print(" */")
    print("#ifndef MST_NUM_ZIGGURAT_TABLE_H\n#define MST_NUM_ZIGGURAT_TABLE_H\n")
    print("/* clang-format off */")
    e = edges(lambda x: math.exp(-x), lambda y: -math.log(y), lambda r: math.exp(-r), 5.0, 10.0)
    n = edges(lambda x: math.exp(-0.5 * x * x), lambda y: math.sqrt(-2.0 * math.log(y)),
              lambda r: math.sqrt(math.pi / 2.0) * math.erfc(r / math.sqrt(2.0)), 2.0, 5.0)
    show("exponential_x", e)
    show("normal_x", n)
    print("/* clang-format on */\n\n#endif")


main()
