// Weights times vectors, section 7. Compiled once for each format (FORMAT_...) and number of vectors (VECTORS).
//
// A tile of TILE rows is one stream of memory: the blocks of GGUF with rows side by side, so that neighbouring work-items
// (or lanes) read neighbouring words. A block is its 32-bit words, [word][TILE], and then its 16 bits that are no word
// (the scale), if there are any, [TILE]. Formats without blocks: [column][TILE] values.
//
// The integers are multiplied as floats: sums of 32 products stay below 2^24, so every order gives them exactly. Only the
// sum over blocks has an order. On GPUs the work-items of a row share its blocks (SLICES of them at a time), hand the dots
// over in local memory, and one of them adds them up in order.

// BLOCK: bytes of a block. SUPER: parts of 32 columns in it.
#if defined(FORMAT_Q8_0)
#define SUPER 1
#define BLOCK 34
#define WORDS 8
#elif defined(FORMAT_Q4_0)
#define SUPER 1
#define BLOCK 18
#define WORDS 4
#elif defined(FORMAT_Q4_K)
#define SUPER 8
#define BLOCK 144
#define WORDS 36
#define MINIMUM
#elif defined(FORMAT_Q5_K)
#define SUPER 8
#define BLOCK 176
#define WORDS 44
#define MINIMUM
#elif defined(FORMAT_Q6_K)
#define SUPER 8
#define BLOCK 210
#define WORDS 52
#endif

#define WORD(i) LOAD_UINT(words, (i) * TILE + lane)

inline void store(
    FV sums, global float *out, size_t start, int row, int from_row, int to_row, global int *poison) {
#if WIDTH == 1
    if (row >= from_row && row < to_row) {
        expect(sound(sums), poison, POISON_MATRIX_ROW);
        out[start + row] = sums;
    }
#else
    IV rows = row + LANE_NUMBERS;
    IV mine = (rows >= from_row) & (rows < to_row);
    expect(!any(mine & ~isless(fabs(sums), (FV)LIMIT)), poison, POISON_MATRIX_ROW);
    if (all(mine)) {
        vstore16(sums, 0, out + start + row);
    } else {
        float each[WIDTH];
        vstore16(sums, 0, each);
        for (int i = max(0, from_row - row); i < min(WIDTH, to_row - row); i++) {
            out[start + row + i] = each[i];
        }
    }
#endif
}

#ifdef BLOCK

// The value of finite fp16 bits: exponent and fraction in place, the bias made up for by an exact product.
inline FV half_value(UV bits) {
    FV magnitude = BITS_TO_FLOAT((bits & (UV)0x7FFF) << (UV)13) * 0x1p112f;
    return BITS_TO_FLOAT(TO_UINT(magnitude) | (bits & (UV)0x8000) << (UV)16);
}

// Columns 4j to 4j + 3 of part `sub` of a block as numbers.
inline void quad(global const uint *words, int lane, int sub, int j, FV *w) {
#if defined(FORMAT_Q8_0)
    IV u = TO_INT(WORD(j));
    w[0] = TO_FLOAT((u << 24) >> 24);
    w[1] = TO_FLOAT((u << 16) >> 24);
    w[2] = TO_FLOAT((u << 8) >> 24);
    w[3] = TO_FLOAT(u >> 24);
#else
#if defined(FORMAT_Q4_0)
    // Low nibbles are columns 0 to 15, high nibbles 16 to 31.
    UV u = WORD(j & 3) >> (UV)(4 * (j >> 2));
#elif defined(FORMAT_Q4_K)
    // Words: d and dmin; 3 of scales; 32 of nibbles, eight for two parts.
    UV u = WORD(4 + sub / 2 * 8 + j) >> (UV)(4 * (sub % 2));
#elif defined(FORMAT_Q5_K)
    // Words: d and dmin; 3 of scales; 8 of fifth bits, one for each part in a byte; 32 of nibbles.
    UV u = WORD(12 + sub / 2 * 8 + j) >> (UV)(4 * (sub % 2));
    UV upper = WORD(4 + j) >> (UV)sub;
#elif defined(FORMAT_Q6_K)
    // Words: 32 of low nibbles; 16 of upper bits, two for each of four parts in a byte; 4 of scales.
    UV u = WORD(sub / 4 * 16 + sub % 2 * 8 + j) >> (UV)(4 * (sub % 4 / 2));
    UV upper = WORD(32 + sub / 4 * 8 + j) >> (UV)(2 * (sub % 4));
#endif
#pragma unroll
    for (int i = 0; i < 4; i++) {
        UV q = (u >> (UV)(8 * i)) & (UV)15;
#if defined(FORMAT_Q4_0)
        w[i] = TO_FLOAT(TO_INT(q) - 8);
#elif defined(FORMAT_Q4_K)
        w[i] = TO_FLOAT(TO_INT(q));
#elif defined(FORMAT_Q5_K)
        w[i] = TO_FLOAT(TO_INT(q | (upper >> (UV)(8 * i) & (UV)1) << (UV)4));
#else
        w[i] = TO_FLOAT(TO_INT(q | (upper >> (UV)(8 * i) & (UV)3) << (UV)4) - 32);
#endif
    }
#endif
}

inline void four(const FV *w, global const float *q, FV *dot) {
    FV sum = *dot;
    sum = fma(w[0], (FV)q[0], sum);
    sum = fma(w[1], (FV)q[1], sum);
    sum = fma(w[2], (FV)q[2], sum);
    sum = fma(w[3], (FV)q[3], sum);
    *dot = sum;
}

// The 32 columns from 32b: their dots with VECTORS vectors, whose quants start at x[v], and their scales.
inline void block_dots(
    global const uchar *tile, int lane, int b, global const float *const *x, FV *dots, FV *scale, FV *minimum) {
    global const uint *words = (global const uint *)(tile + (size_t)(b / SUPER) * BLOCK * TILE);
    int sub = b % SUPER;
#pragma unroll
    for (int v = 0; v < VECTORS; v++) {
        dots[v] = (FV)0.0f;
    }
#if defined(FORMAT_Q6_K)
    // Sixteen columns share an int8 scale; their dot times it is an exact integer too.
    UV pair = WORD(48 + sub / 2) >> (UV)(16 * (sub % 2));
    FV scales[2];
    scales[0] = TO_FLOAT((TO_INT(pair) << 24) >> 24);
    scales[1] = TO_FLOAT((TO_INT(pair) << 16) >> 24);
#pragma unroll
    for (int h = 0; h < 2; h++) {
        FV part[VECTORS];
#pragma unroll
        for (int v = 0; v < VECTORS; v++) {
            part[v] = (FV)0.0f;
        }
#pragma unroll
        for (int j = 4 * h; j < 4 * h + 4; j++) {
            FV w[4];
            quad(words, lane, sub, j, w);
#pragma unroll
            for (int v = 0; v < VECTORS; v++) {
                four(w, x[v] + 32 * b + 4 * j, part + v);
            }
        }
#pragma unroll
        for (int v = 0; v < VECTORS; v++) {
            dots[v] = fma(part[v], scales[h], dots[v]);
        }
    }
#else
#pragma unroll
    for (int j = 0; j < 8; j++) {
        FV w[4];
        quad(words, lane, sub, j, w);
#pragma unroll
        for (int v = 0; v < VECTORS; v++) {
            four(w, x[v] + 32 * b + 4 * j, dots + v);
        }
    }
#endif
#if defined(MINIMUM)
    // Scales and minimums of 6 bits: of parts 0 to 3 in the low bits of words 1 and 2, of 4 to 7 in nibbles of word 3 with
    // their upper bits on top of words 1 and 2.
    UV d = WORD(0);
    UV byte = (UV)(8 * (sub % 4));
    UV a = WORD(1) >> byte & (UV)255;
    UV m = WORD(2) >> byte & (UV)255;
    if (sub < 4) {
        a = a & (UV)63;
        m = m & (UV)63;
    } else {
        UV both = WORD(3) >> byte & (UV)255;
        a = (both & (UV)15) | a >> (UV)6 << (UV)4;
        m = both >> (UV)4 | m >> (UV)6 << (UV)4;
    }
    *scale = half_value(d) * TO_FLOAT(a);
    *minimum = half_value(d >> (UV)16) * TO_FLOAT(m);
#else
    *scale = LOAD_HALF((global const half *)(words + WORDS * TILE), lane);
#endif
}

inline FV add_block(FV acc, FV dot, FV scale, FV minimum, float x_scale, float x_sum) {
    FV product = scale * x_scale;
    acc = fma(dot, product, acc);
#if defined(MINIMUM)
    product = minimum * x_scale;
    acc = fma((FV)(-x_sum), product, acc);
#endif
    return acc;
}

// Work-group: TILE / WIDTH by SLICES; groups: vectors / VECTORS by tiles.
kernel void matmul(
    global const uchar *weights, ulong tile_bytes, int rows, int columns, global const float *quants,
    global const float *scales, global const float *sums, int batch, global float *out, int from_row, int to_row,
    global int *poison) {
    int tile = from_row / TILE + get_group_id(1);
    int lane = get_local_id(0) * WIDTH;
    int first = get_group_id(0) * VECTORS;
    int blocks = columns / 32;
    global const uchar *start = weights + tile * tile_bytes;
    global const float *x[VECTORS];
    int at[VECTORS];
    FV acc[VECTORS];
    FV dots[VECTORS];
    FV scale;
    FV minimum = (FV)0.0f;
    for (int v = 0; v < VECTORS; v++) {
        // Past the end: the last vector once more, whose result is not stored.
        int vector = min(first + v, batch - 1);
        x[v] = quants + (size_t)vector * columns;
        at[v] = vector * blocks;
        acc[v] = (FV)0.0f;
    }
#if SLICES == 1
    for (int b = 0; b < blocks; b++) {
        block_dots(start, lane, b, x, dots, &scale, &minimum);
        for (int v = 0; v < VECTORS; v++) {
            acc[v] = add_block(acc[v], dots[v], scale, minimum, scales[at[v] + b], sums[at[v] + b]);
        }
    }
#else
    local float shared_dots[SLICES][VECTORS][TILE];
    local float shared_scales[SLICES][TILE];
    local float shared_minimums[SLICES][TILE];
    int slice = get_local_id(1);
    for (int from = 0; from < blocks; from += SLICES) {
        if (from + slice < blocks) {
            block_dots(start, lane, from + slice, x, dots, &scale, &minimum);
            for (int v = 0; v < VECTORS; v++) {
                shared_dots[slice][v][lane] = dots[v];
            }
            shared_scales[slice][lane] = scale;
            shared_minimums[slice][lane] = minimum;
        }
        barrier(CLK_LOCAL_MEM_FENCE);
        int count = min(SLICES, blocks - from);
        for (int v = slice; v < VECTORS; v += SLICES) {
            for (int s = 0; s < count; s++) {
                acc[v] = add_block(
                    acc[v], shared_dots[s][v][lane], shared_scales[s][lane], shared_minimums[s][lane],
                    scales[at[v] + from + s], sums[at[v] + from + s]);
            }
        }
        barrier(CLK_LOCAL_MEM_FENCE);
    }
#endif
    for (int v = get_local_id(1); v < VECTORS; v += SLICES) {
        if (first + v < batch) {
            store(acc[v], out, (size_t)(first + v) * rows, tile * TILE + lane, from_row, to_row, poison);
        }
    }
}

#else

// Columns in order, for weights that are not quantised; SLICES work-items of a row would have nothing to share.
kernel void matmul(
    global const uchar *weights, ulong tile_bytes, int rows, int columns, global const float *x, int batch,
    global float *out, int from_row, int to_row, global int *poison) {
    int tile = from_row / TILE + get_group_id(1);
    int lane = get_local_id(0) * WIDTH;
    int first = get_group_id(0) * VECTORS;
    global const uchar *start = weights + tile * tile_bytes;
    size_t at[VECTORS];
    FV acc[VECTORS];
    for (int v = 0; v < VECTORS; v++) {
        at[v] = (size_t)min(first + v, batch - 1) * columns;
        acc[v] = (FV)0.0f;
    }
    for (int k = 0; k < columns; k++) {
#if defined(FORMAT_F32)
        FV w = LOAD_FLOAT((global const float *)start, (size_t)k * TILE + lane);
#elif defined(FORMAT_F16)
        FV w = LOAD_HALF((global const half *)start, (size_t)k * TILE + lane);
#else
        UV bits = LOAD_USHORT((global const ushort *)start, (size_t)k * TILE + lane) << (UV)16;
        FV w = BITS_TO_FLOAT(bits);
#endif
        for (int v = 0; v < VECTORS; v++) {
            acc[v] = fma(w, (FV)x[at[v] + k], acc[v]);
        }
    }
    for (int v = 0; v < VECTORS; v++) {
        if (first + v < batch) {
            store(acc[v], out, (size_t)(first + v) * rows, tile * TILE + lane, from_row, to_row, poison);
        }
    }
}

#endif
