// Norm, rotation, activation, sums and copies. Sections 6, 9, 10, 12 and 13.

// One work-group a row, of at least 16 work-items.
kernel void rms_norm(
    global const float *x, int columns, global const float *weight, float epsilon, global float *out,
    global int *poison) {
    local float partial[16];
    local float factor;
    int lane = get_local_id(0);
    size_t start = (size_t)get_group_id(0) * columns;
    if (lane < 16) {
        float acc = 0.0f;
        for (int i = lane; i < columns; i += 16) {
            float v = x[start + i];
            acc = fma(v, v, acc);
        }
        partial[lane] = acc;
    }
    fold(partial, lane);
    if (lane == 0) {
        float squares = partial[0];
        expect(sound(squares), poison, POISON_NORM);
        factor = 1.0f / sqrt(squares / (float)columns + epsilon);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int i = lane; i < columns; i += get_local_size(0)) {
        float v = x[start + i] * factor * weight[i];
        expect(sound(v), poison, POISON_NORM);
        out[start + i] = v;
    }
}

// One work-item a pair. first/second: distance of a pair's elements and of pairs, by layout.
kernel void rope(
    global float *x, int rows, int heads, int head_dim, int half_dimensions, int interleaved,
    global const float *cosines, global const float *sines, global const int *positions, global int *poison) {
    int id = get_global_id(0);
    if (id >= rows * heads * half_dimensions) {
        return;
    }
    int pair = id % half_dimensions;
    int head = id / half_dimensions;
    size_t start = (size_t)head * head_dim;
    size_t first = start + (interleaved ? 2 * pair : pair);
    size_t second = start + (interleaved ? 2 * pair + 1 : pair + half_dimensions);
    size_t angle = (size_t)positions[head / heads] * half_dimensions + pair;
    float cosine = cosines[angle];
    float sine = sines[angle];
    float a = x[first];
    float b = x[second];
    float bs = b * sine;
    float bc = b * cosine;
    float u = fma(a, cosine, -bs);
    float v = fma(a, sine, bc);
    expect(sound(u) && sound(v), poison, POISON_ROTATED);
    x[first] = u;
    x[second] = v;
}

kernel void gated(global const float *gate, global const float *up, global float *out, int length, global int *poison) {
    int i = get_global_id(0);
    if (i >= length) {
        return;
    }
    float g = gate[i];
    float v = g / (1.0f + exponential(-g)) * up[i];
    expect(sound(g) && sound(v), poison, POISON_GATED);
    out[i] = v;
}

kernel void add(global const float *a, global const float *b, global float *out, int length, global int *poison) {
    int i = get_global_id(0);
    if (i >= length) {
        return;
    }
    float v = a[i] + b[i];
    expect(sound(v), poison, POISON_RESIDUAL);
    out[i] = v;
}

kernel void add_bias(global float *x, int length, global const float *bias, int columns, global int *poison) {
    int i = get_global_id(0);
    if (i >= length) {
        return;
    }
    float v = x[i] + bias[i % columns];
    expect(sound(v), poison, POISON_RESIDUAL);
    x[i] = v;
}

kernel void gather(global const float *x, global const int *rows, int width, int length, global float *out) {
    int i = get_global_id(0);
    if (i < length) {
        out[i] = x[(size_t)rows[i / width] * width + i % width];
    }
}

// Weights that are not quantised meet the vectors as they are.
kernel void check(global const float *x, int length, global int *poison) {
    int i = get_global_id(0);
    if (i < length) {
        expect(sound(x[i]), poison, POISON_ACTIVATION);
    }
}

// One work-item a block of 32. The quants stay floats: that is what the block dots multiply.
kernel void quantize(
    global const float *x, int blocks, global float *quants, global float *scales, global float *sums,
    global int *poison) {
    int b = get_global_id(0);
    if (b >= blocks) {
        return;
    }
    float16 low = vload16(2 * b, x);
    float16 high = vload16(2 * b + 1, x);
    int whole = all(isless(fabs(low), (float16)LIMIT)) && all(isless(fabs(high), (float16)LIMIT));
    expect(whole, poison, POISON_ACTIVATION);
    float16 m16 = fmax(fabs(low), fabs(high));
    float8 m8 = fmax(m16.lo, m16.hi);
    float4 m4 = fmax(m8.lo, m8.hi);
    float2 m2 = fmax(m4.lo, m4.hi);
    float scale = fmax(m2.lo, m2.hi) / 127.0f;
    int zero = scale < 0x1p-126f;
    float inverse = zero ? 0.0f : 1.0f / scale;
    // By way of int: it leaves no negative zeros.
    int16 q_low = convert_int16(clamp(rint(low * inverse), -127.0f, 127.0f));
    int16 q_high = convert_int16(clamp(rint(high * inverse), -127.0f, 127.0f));
    vstore16(convert_float16(q_low), 2 * b, quants);
    vstore16(convert_float16(q_high), 2 * b + 1, quants);
    scales[b] = zero ? 0.0f : scale;
    int16 s16 = q_low + q_high;
    int8 s8 = s16.lo + s16.hi;
    int4 s4 = s8.lo + s8.hi;
    sums[b] = (float)(s4.x + s4.y + s4.z + s4.w);
}
