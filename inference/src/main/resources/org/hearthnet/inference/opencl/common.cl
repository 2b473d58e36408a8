// Shared by all kernels of the canonical arithmetic (docs/arithmetic.md). Nothing may be contracted: every fma is written.
#pragma OPENCL FP_CONTRACT OFF

// Numbers that a work-item handles side by side: 16 on CPUs, whose units are wide, 1 on GPUs, whose work-items are lanes.
#ifndef WIDTH
#define WIDTH 1
#endif

#if WIDTH == 1
typedef float FV;
typedef int IV;
typedef uint UV;
#define LANE_NUMBERS (0)
#define LOAD_UINT(p, i) ((p)[i])
#define LOAD_USHORT(p, i) ((uint)(p)[i])
#define LOAD_FLOAT(p, i) ((p)[i])
#define LOAD_HALF(p, i) vload_half((i), (p))
#define STORE_FLOAT(v, p, i) ((p)[i] = (v))
#define TO_FLOAT(v) ((float)(v))
#define TO_INT(v) as_int(v)
#define TO_UINT(v) as_uint(v)
#define BITS_TO_FLOAT(v) as_float(v)
#define ANY(c) (c)
#else
typedef float16 FV;
typedef int16 IV;
typedef uint16 UV;
#define LANE_NUMBERS ((int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15))
#define LOAD_UINT(p, i) vload16(0, (p) + (i))
#define LOAD_USHORT(p, i) convert_uint16(vload16(0, (p) + (i)))
#define LOAD_FLOAT(p, i) vload16(0, (p) + (i))
#define LOAD_HALF(p, i) vload_half16(0, (p) + (i))
#define STORE_FLOAT(v, p, i) vstore16((v), 0, (p) + (i))
#define TO_FLOAT(v) convert_float16(v)
#define TO_INT(v) as_int16(v)
#define TO_UINT(v) as_uint16(v)
#define BITS_TO_FLOAT(v) as_float16(v)
#define ANY(c) any(c)
#endif

#define LIMIT 1e30f
#define CHUNK 256

// Where poison was met; the host turns it into an exception when it next waits.
#define POISON_ACTIVATION 1
#define POISON_MATRIX_ROW 2
#define POISON_NORM 3
#define POISON_ROTATED 4
#define POISON_CACHE 5
#define POISON_SCORE 6
#define POISON_MIX 7
#define POISON_GATED 8
#define POISON_RESIDUAL 9

inline int sound(float v) {
    return fabs(v) < LIMIT;
}

inline void expect(int condition, global int *poison, int what) {
    if (!condition) {
        *poison = what;
    }
}

// Section 4. NaN gives something else; callers have refused it before.
inline float exponential(float x) {
    float a = fmax(fmin(x, 88.0f), -87.0f);
    float n = fma(a, 0x1.715476p0f, 0x1.8p23f) - 0x1.8p23f;
    float r = fma(n, -0x1.62e4p-1f, a);
    r = fma(n, -0x1.7f7d1cp-20f, r);
    float p = fma(1.0f / 5040.0f, r, 1.0f / 720.0f);
    p = fma(p, r, 1.0f / 120.0f);
    p = fma(p, r, 1.0f / 24.0f);
    p = fma(p, r, 1.0f / 6.0f);
    p = fma(p, r, 0.5f);
    p = fma(p, r, 1.0f);
    p = fma(p, r, 1.0f);
    return x < -87.0f ? 0.0f : p * as_float(((int)n + 127) << 23);
}

// Section 3: sixteen partial sums in local memory, folded in halves by the first eight work-items of their group.
inline void fold(local float *partial, int lane) {
    for (int half_count = 8; half_count > 0; half_count /= 2) {
        barrier(CLK_LOCAL_MEM_FENCE);
        if (lane < half_count) {
            partial[lane] = partial[lane] + partial[lane + half_count];
        }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
}
