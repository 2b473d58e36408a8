// The cache and attention, sections 5 and 11. A page holds CHUNK positions of one layer: keys [kvHead][headDim][CHUNK],
// so that work-items beside each other take positions, then values [kvHead][CHUNK][stride], so that they take dimensions;
// stride is headDim rounded up to 16. Pages lie in slabs; an entry of a page table is slab << 24 | page in the slab.

#define SLABS \
    global half *slab0, global half *slab1, global half *slab2, global half *slab3, global half *slab4, \
    global half *slab5, global half *slab6, global half *slab7

#define PAGE(entry) page(entry, page_halves, slab0, slab1, slab2, slab3, slab4, slab5, slab6, slab7)

inline global half *page(int entry, int page_halves, SLABS) {
    global half *slab = slab0;
    switch (entry >> 24) {
        case 1: slab = slab1; break;
        case 2: slab = slab2; break;
        case 3: slab = slab3; break;
        case 4: slab = slab4; break;
        case 5: slab = slab5; break;
        case 6: slab = slab6; break;
        case 7: slab = slab7; break;
    }
    return slab + (size_t)(entry & 0xFFFFFF) * page_halves;
}

inline int fits_half(float v) {
    return fabs(v) < 65520.0f;
}

// One work-item an element of a row's keys and values.
kernel void cache_store(
    global const float *keys, global const float *values, int rows, int kv_heads, int head_dim, int stride,
    global const int *positions, global const int *cache_of_row, global const int *tables, int table_width,
    int page_halves, global int *poison, SLABS) {
    int id = get_global_id(0);
    int width = kv_heads * head_dim;
    if (id >= rows * width) {
        return;
    }
    int row = id / width;
    int head = id % width / head_dim;
    int d = id % head_dim;
    int position = positions[row];
    global half *to = PAGE(tables[cache_of_row[row] * table_width + position / CHUNK]);
    int in_page = position % CHUNK;
    float k = keys[id];
    float v = values[id];
    expect(fits_half(k) && fits_half(v), poison, POISON_CACHE);
    vstore_half_rte(k, (size_t)(head * head_dim + d) * CHUNK + in_page, to);
    vstore_half_rte(v, (size_t)width * CHUNK + (size_t)(head * CHUNK + in_page) * stride + d, to);
}

// Groups: positions from the first that any row attends to; (row, head). scores: [row][head][score_width].
kernel void attention_scores(
    global const float *q, int heads, int kv_heads, int head_dim, int window, float scale, global const int *positions,
    global const int *cache_of_row, global const int *tables, int table_width, int page_halves, int row_offset,
    int score_width, int first_position, global float *scores_out, global int *poison, SLABS) {
    int row = row_offset + get_global_id(1) / heads;
    int head = get_global_id(1) % heads;
    int position = positions[row];
    int first = window == 0 ? 0 : max(0, position - window + 1);
    int p = first_position + get_global_id(0) * WIDTH;
    if (p > position || p + WIDTH <= first) {
        return;
    }
    global const half *keys = PAGE(tables[cache_of_row[row] * table_width + p / CHUNK]);
    keys += (size_t)(head / (heads / kv_heads)) * head_dim * CHUNK + p % CHUNK;
    global const float *query = q + ((size_t)row * heads + head) * head_dim;
    FV acc = (FV)0.0f;
    for (int d = 0; d < head_dim; d++) {
        acc = fma((FV)query[d], LOAD_HALF(keys, d * CHUNK), acc);
    }
    acc = acc * scale;
    IV at = p + LANE_NUMBERS;
#if WIDTH == 1
    expect(sound(acc), poison, POISON_SCORE);
#else
    expect(!any((at >= first) & (at <= position) & ~isless(fabs(acc), (FV)LIMIT)), poison, POISON_SCORE);
#endif
    STORE_FLOAT(acc, scores_out, (size_t)get_global_id(1) * score_width + p);
}

#define SOFTMAX_CHUNKS 4

// One work-group of 64 a (row, head): sixteen work-items add up a chunk, four chunks at a time.
kernel void attention_softmax(
    int heads, int window, global const int *positions, int row_offset, int score_width, global float *scores_io) {
    local float shared[16 * SOFTMAX_CHUNKS];
    int lane = get_local_id(0);
    int position = positions[row_offset + get_group_id(0) / heads];
    int first = window == 0 ? 0 : max(0, position - window + 1);
    global float *s = scores_io + (size_t)get_group_id(0) * score_width;
    float most = -INFINITY;
    for (int i = first + lane; i <= position; i += 64) {
        most = fmax(most, s[i]);
    }
    shared[lane] = most;
    for (int count = 32; count > 0; count /= 2) {
        barrier(CLK_LOCAL_MEM_FENCE);
        if (lane < count) {
            shared[lane] = fmax(shared[lane], shared[lane + count]);
        }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    most = shared[0];
    barrier(CLK_LOCAL_MEM_FENCE);
    // Chunks that are masked altogether would add +0 to a sum of +0.
    int first_chunk = first / CHUNK;
    int chunks = position / CHUNK + 1;
    float total = 0.0f;
    for (int c = first_chunk; c < chunks; c += SOFTMAX_CHUNKS) {
        int chunk = c + lane / 16;
        float acc = 0.0f;
        if (chunk < chunks) {
            int end = min((chunk + 1) * CHUNK, position + 1);
            for (int i = chunk * CHUNK + lane % 16; i < end; i += 16) {
                float e = i < first ? 0.0f : exponential(s[i] - most);
                s[i] = e;
                acc = acc + e;
            }
        }
        shared[lane] = acc;
        fold(shared + lane / 16 * 16, lane % 16);
        for (int k = 0; k < min(SOFTMAX_CHUNKS, chunks - c); k++) {
            total = total + shared[16 * k];
        }
        barrier(CLK_LOCAL_MEM_FENCE);
    }
    barrier(CLK_GLOBAL_MEM_FENCE);
    for (int i = first_chunk * CHUNK + lane; i <= position; i += 64) {
        s[i] = s[i] / total;
    }
}

// Groups: dimensions; (row, head).
kernel void attention_mix(
    global const float *weights, int heads, int kv_heads, int head_dim, int stride, int window,
    global const int *positions, global const int *cache_of_row, global const int *tables, int table_width,
    int page_halves, int row_offset, int score_width, global float *out, global int *poison, SLABS) {
    int row = row_offset + get_global_id(1) / heads;
    int head = get_global_id(1) % heads;
    int d = get_global_id(0) * WIDTH;
    if (d >= head_dim) {
        return;
    }
    int position = positions[row];
    int first = window == 0 ? 0 : max(0, position - window + 1);
    int kv_head = head / (heads / kv_heads);
    global const float *w = weights + (size_t)get_global_id(1) * score_width;
    FV total = (FV)0.0f;
    for (int from = first / CHUNK * CHUNK; from <= position; from += CHUNK) {
        global const half *values = PAGE(tables[cache_of_row[row] * table_width + from / CHUNK]);
        values += (size_t)kv_heads * head_dim * CHUNK + (size_t)kv_head * CHUNK * stride + d;
        int count = min(CHUNK, position + 1 - from);
        FV acc = (FV)0.0f;
        for (int p = 0; p < count; p++) {
            acc = fma((FV)w[from + p], LOAD_HALF(values, (size_t)p * stride), acc);
        }
        total = total + acc;
    }
    size_t to = ((size_t)row * heads + head) * head_dim + d;
#if WIDTH == 1
    expect(sound(total), poison, POISON_MIX);
    out[to] = total;
#else
    float each[WIDTH];
    vstore16(total, 0, each);
    for (int i = 0; i < min(WIDTH, head_dim - d); i++) {
        expect(sound(each[i]), poison, POISON_MIX);
        out[to + i] = each[i];
    }
#endif
}
